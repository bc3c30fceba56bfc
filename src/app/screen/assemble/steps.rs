//! What the keys of the Assemble screen do to the draft and to the focus.

use super::{Assemble, PreviewMode};
use crate::app::effect::{Effect, Request};
use crate::app::overlay::Overlay;
use crate::app::overlay::history::History;
use crate::app::overlay::reader::{Reader, Subject};
use crate::app::overlay::users::Users;
use crate::app::remote::Listing;
use crate::app::screen::{Screen, Transition, review::Review};
use crate::app::session::Session;
use crate::app::work::Work;
use crate::domain::{DefinitionKind, Draft};

/// A step that needs no highlighted version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Empty,
    Reset,
    Undo,
    Redo,
}

impl Assemble {
    /// Picks the highlighted version; the search that found it is over.
    pub(super) fn pick(&mut self, session: &mut Session, goes_on: bool) {
        let draft = session.work.as_ref().and_then(Work::draft);
        let (Some(arn), Some(draft)) = (self.highlighted().cloned(), draft) else {
            return;
        };
        let is_held = draft.slots().version(self.focus) == Some(&arn);
        let is_last = Some(&self.focus) == DefinitionKind::ALL.last();
        if let Some(work) = &mut session.work {
            work.change(|draft| draft.pick(arn));
        }
        self.pane_mut().picker.end_search();
        if goes_on && !is_last {
            self.go_to_neighbour(1);
        } else if is_held {
            session.notify("The slot holds this version already.");
        }
    }

    /// Empties or resets the slot of the open pane, or takes a step back or forth.
    pub(super) fn change(&mut self, change: Change, session: &mut Session) {
        let kind = self.focus;
        let Some(draft) = session.work.as_ref().and_then(Work::draft) else {
            return;
        };
        let before = draft.clone();
        let mut after = draft.clone();
        let nothing = match change {
            Change::Empty => {
                after.empty(kind);
                "The slot is empty already."
            }
            Change::Reset => {
                after.reset(kind);
                "The slot holds what its base holds."
            }
            Change::Undo => {
                after.undo();
                "There is nothing to undo."
            }
            Change::Redo => {
                after.redo();
                "There is nothing to redo."
            }
        };
        if after == before {
            session.notify(nothing);
            return;
        }
        if let Some(changed) = first_difference(&before, &after) {
            self.go_to(changed);
            if let Some(arn) = after.slots().version(changed) {
                self.pane_mut().picker.select(arn.clone());
            }
        }
        if let Some(work) = session.work.as_mut() {
            work.change(|draft| *draft = after);
        }
    }

    /// Goes to the next pane, `step` panes further each time, whose slot is changed or has a finding.
    pub(super) fn go_to_mark(&mut self, session: &mut Session, step: usize) {
        let Some(work) = &session.work else { return };
        let is_marked = |kind: DefinitionKind| {
            work.draft()
                .is_some_and(|draft| draft.state(kind).is_change())
                || work.findings().count(kind) > 0
        };
        let mut kind = self.focus;
        for _ in DefinitionKind::ALL {
            kind = neighbour(kind, step);
            if is_marked(kind) && kind != self.focus {
                self.go_to(kind);
                return;
            }
        }
        let nothing = if is_marked(self.focus) {
            "No other slot is changed or has a finding."
        } else {
            "No slot is changed and the checks have nothing to say."
        };
        session.notify(nothing);
    }

    pub(super) fn read_older(&mut self, session: &mut Session) {
        let Some(arn) = self.highlighted() else {
            return;
        };
        let definition = arn.definition_id();
        let name = session
            .catalog
            .definition_of(arn)
            .and_then(|definition| definition.name.clone());
        if session
            .catalog
            .versions(&definition)
            .is_some_and(Listing::is_complete)
        {
            session.notify("All versions of this definition are listed.");
            return;
        }
        session.notify(format!(
            "Reading the older versions of {}",
            name.as_deref().unwrap_or(definition.as_str())
        ));
        let older = (self.focus, definition);
        if !self.older.contains(&older) {
            self.older.push(older);
        }
    }

    pub(super) fn show(&mut self, mode: PreviewMode, session: &Session) -> Transition {
        if session.size.has_side_preview() {
            self.preview = (self.preview != Some(mode)).then_some(mode);
            self.preview_top = 0;
            return Transition::Stay;
        }
        self.open_reader(mode, session)
    }

    /// The side preview over the whole screen.
    pub(super) fn read_preview(&self, session: &Session) -> Transition {
        self.open_reader(self.preview.unwrap_or(PreviewMode::Content), session)
    }

    fn open_reader(&self, mode: PreviewMode, session: &Session) -> Transition {
        let Some(subject) = self.preview_subject(mode, session) else {
            return Transition::Stay;
        };
        Transition::Open(Overlay::Reader(Box::new(Reader::new(subject, session))))
    }

    /// Makes the highlighted version the one that differences are shown to; once more, and the base is again.
    pub(super) fn compare(&mut self, session: &mut Session) {
        let Some(arn) = self.highlighted().cloned() else {
            return;
        };
        if self.compared.as_ref() == Some(&arn) {
            self.compared = None;
            session.notify("Differences are shown to the base again.");
            return;
        }
        session.notify(format!(
            "Go to another version and press d: the difference to {} is shown.",
            arn.short()
        ));
        self.compared = Some(arn);
    }

    /// What a preview shows: the highlighted version, or how it differs from the one that was marked
    /// for comparison, or else from what the base holds.
    pub fn preview_subject(&self, mode: PreviewMode, session: &Session) -> Option<Subject> {
        let arn = self.highlighted().cloned();
        match mode {
            PreviewMode::Content => arn.map(Subject::Content),
            PreviewMode::Diff => {
                let draft = session.work.as_ref().and_then(Work::draft)?;
                let compared = self
                    .compared
                    .clone()
                    .filter(|compared| compared.kind() == self.focus);
                let before = compared.or_else(|| draft.base().slots.version(self.focus).cloned());
                (before.is_some() || arn.is_some()).then_some(Subject::Diff { before, after: arn })
            }
        }
    }

    pub(super) fn copy(&mut self, session: &mut Session) {
        if let Some(arn) = self.highlighted() {
            session.effect(Effect::Copy(arn.to_string()));
        }
    }

    pub(super) fn where_used(&self) -> Transition {
        match self.highlighted() {
            Some(arn) => Transition::Open(Overlay::Users(Users::new(arn.clone()))),
            None => Transition::Stay,
        }
    }

    pub(super) fn history(session: &Session) -> Transition {
        match &session.work {
            Some(work) => Transition::Open(Overlay::History(History::new(work))),
            None => Transition::Stay,
        }
    }

    pub(super) fn review(session: &mut Session) -> Transition {
        session.warn_of_expiry();
        Transition::Push(Screen::Review(Box::new(Review::new(session))))
    }

    /// Lets everything that failed for the open pane be asked again.
    pub(super) fn retry(&mut self, session: &mut Session) {
        session
            .catalog
            .forget(&Request::Definitions(self.focus, None));
        session.catalog.contents.forget_failures();
        if let Some(arn) = self.highlighted() {
            let request = Request::DefinitionVersions(self.focus, arn.definition_id(), None);
            session.catalog.forget(&request);
        }
        session.retry_work();
    }
}

/// The pane `step` further, round the end.
pub(super) fn neighbour(kind: DefinitionKind, step: usize) -> DefinitionKind {
    DefinitionKind::ALL
        .into_iter()
        .cycle()
        .nth(kind.index() + step)
        .unwrap_or(kind)
}

fn first_difference(before: &Draft, after: &Draft) -> Option<DefinitionKind> {
    DefinitionKind::ALL
        .into_iter()
        .find(|&kind| before.slots().get(kind) != after.slots().get(kind))
}
