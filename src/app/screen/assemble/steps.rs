//! The commands of the Assemble screen that change the draft and the focus.

use super::{Assemble, PreviewMode};
use crate::app::aws_cli::AwsCli;
use crate::app::command::Command;
use crate::app::edit_step::{EditStep, EditSubject};
use crate::app::effect::Request;
use crate::app::notice::{Notice, ReadingNotice};
use crate::app::remote::Listing;
use crate::app::ring::neighbour;
use crate::app::session::Session;
use crate::app::text::request_choices;
use crate::app::transition::Transition;
use crate::app::work::Work;
use crate::domain::content::TermField;
use crate::domain::{DefinitionId, DefinitionKind, Draft, SlotState};

impl Assemble {
    /// Picks the selected version and ends its search.
    pub(super) fn pick(&mut self, session: &mut Session, goes_on: bool) {
        let (Some(arn), Some(_)) = (self.highlighted().cloned(), session.draft()) else {
            return;
        };
        let kind = self.focus;
        let notice = if session.held(kind) == Some(&arn) {
            Notice::AlreadyInSlot
        } else {
            let name = session.definition_name(&arn).unwrap_or_default();
            Notice::Picked(kind, name, arn.short().to_owned())
        };
        let is_last = Some(&kind) == DefinitionKind::ALL.last();
        if let Some(work) = session.work_mut() {
            work.change(|draft| draft.pick(arn));
        }
        self.pane_mut().picker.end_search();
        if goes_on && !is_last {
            self.go_to_neighbour(true);
        }
        session.notify(notice);
    }

    /// Edits the selected version. For an empty slot, writes a new definition.
    pub(super) fn edit(&self, session: &Session) -> Transition {
        let draft = session.draft();
        if draft.is_some_and(|draft| draft.slots().get(self.focus).is_none()) {
            return Transition::Edit(EditStep::Name(self.focus));
        }
        let arn = self.highlighted().cloned();
        arn.map_or(Transition::Stay, |arn| {
            Transition::Edit(EditStep::Open(EditSubject::Version(arn)))
        })
    }

    /// Changes the draft by `step`, which gets the open pane's kind, and goes to the changed slot.
    pub(super) fn change(
        &mut self,
        command: Command,
        step: impl FnOnce(&mut Draft, DefinitionKind),
        session: &mut Session,
    ) {
        let Some(before) = session.draft() else {
            return;
        };
        let mut after = before.clone();
        step(&mut after, self.focus);
        let changed = first_difference(before, &after);
        let notice = match (command, changed) {
            (Command::Empty, None) => Some(Notice::AlreadyEmpty),
            (Command::Reset, None) => Some(Notice::AlreadyReset),
            (Command::Undo, Some(kind)) => Some(Notice::Undone(kind)),
            (Command::Redo, Some(kind)) => Some(Notice::Redone(kind)),
            _ => None,
        };
        if let Some(kind) = changed {
            self.focus = kind;
            if let Some(arn) = after.slots().version(kind) {
                self.pane_mut().picker.select(arn.clone());
            }
        }
        if let Some(work) = session.work_mut() {
            work.change(|draft| *draft = after);
        }
        if let Some(notice) = notice {
            session.notify(notice);
        }
    }

    /// Goes to the next or previous pane with a changed slot or a finding.
    pub(super) fn go_to_mark(&mut self, session: &mut Session, is_next: bool) {
        let Some(work) = session.work() else { return };
        let is_marked = |kind: DefinitionKind| {
            let state = work.state(kind, session.catalog());
            state.is_some_and(SlotState::is_change) || work.findings().count(kind) > 0
        };
        let mut kind = self.focus;
        for _ in DefinitionKind::ALL {
            kind = neighbour(&DefinitionKind::ALL, &kind, is_next);
            if is_marked(kind) && kind != self.focus {
                self.focus = kind;
                return;
            }
        }
        let here = is_marked(self.focus);
        session.notify(Notice::NoOtherMark { here });
    }

    pub(super) fn read_older(&mut self, session: &mut Session) {
        let Some(arn) = self.highlighted() else {
            return;
        };
        let definition = arn.definition_id();
        let listing = session.catalog().versions(&definition);
        if listing.is_some_and(Listing::is_complete) {
            session.notify(Notice::AllVersionsListed);
            return;
        }
        let name = session.definition_name(arn);
        let name = name.unwrap_or_else(|| definition.to_string());
        session.notify(Notice::LoadingOlder(name));
        self.read_all_of(self.focus, definition);
    }

    pub(super) fn read_all_of(&mut self, kind: DefinitionKind, definition: DefinitionId) {
        let older = (kind, definition);
        if !self.older.contains(&older) {
            self.older.push(older);
        }
    }

    /// Reads all versions of the open pane's kind and their contents, or stops that.
    pub(super) fn read_rest(&mut self, session: &mut Session) {
        let picker = &self.pane().picker;
        let left = picker.len() - picker.with_contents();
        let (read, all) = session.catalog().definitions_with_versions(self.focus);
        let is_reading = self.reads_rest(self.focus, session);
        let is_left = left > 0 || read < all;
        session.notify(Notice::Reading(match (is_left, is_reading) {
            (false, _) => ReadingNotice::AllRead,
            (true, true) => ReadingNotice::Stopped(left),
            (true, false) if read < all => ReadingNotice::BegunVersions(all - read),
            (true, false) => ReadingNotice::Begun(left),
        }));
        self.rest[self.focus] = is_left && !is_reading;
    }

    pub(super) fn show(&mut self, mode: PreviewMode, session: &Session) -> Transition {
        if session.size().is_wide() {
            self.preview.toggle(mode);
            return Transition::Stay;
        }
        self.open_reader(mode, session)
    }

    /// Opens the side preview over the entire screen.
    pub(super) fn open_reader(&self, mode: PreviewMode, session: &Session) -> Transition {
        let subject = self.preview_subject(mode, session);
        subject.map_or(Transition::Stay, |subject| {
            Transition::ReadFrom(subject, self.matched_texts(session))
        })
    }

    /// The texts that the search matched in the selected version: the text, and the id of its item.
    pub(super) fn matched_texts(&self, session: &Session) -> Vec<String> {
        let (Some(matched), Some(arn)) = (self.pane().picker.selected_match(), self.highlighted())
        else {
            return Vec::new();
        };
        let contents = &session.catalog().contents;
        let path = contents.item_path(arn, matched.field, &matched.text);
        let id = path.as_deref().and_then(|path| path.split_once('/'));
        let id = id.map(|(_, id)| format!("\"{id}\""));
        [matched.text].into_iter().chain(id).collect()
    }

    /// Marks the selected version for comparison, or removes the mark.
    pub(super) fn compare(&mut self, session: &mut Session) {
        let Some(arn) = self.highlighted().cloned() else {
            return;
        };
        let short = arn.short().to_owned();
        session.notify(if self.preview.compare(arn) {
            Notice::Compared(short)
        } else {
            Notice::ComparedWithBase
        });
    }

    pub(super) fn copy(&mut self, session: &mut Session) {
        if let Some(arn) = self.highlighted() {
            let mut choices = vec![("the ARN", arn.to_string())];
            if let Some(request) = session.work().and_then(Work::requests) {
                choices.extend(request_choices(&request, &AwsCli::of(session)));
            }
            session.copy_one_of(choices);
        }
    }

    pub(super) fn where_used(&self) -> Transition {
        let arn = self.highlighted().cloned();
        let item = self.pane().picker.selected_match();
        let item = item.filter(|item| item.field != TermField::Row);
        let item = item.map(|item| (item.field, item.text));
        arn.map_or(Transition::Stay, |arn| Transition::WhereUsed(arn, item))
    }

    /// Lets all failed requests of the open pane be sent again.
    pub(super) fn retry(&mut self, session: &mut Session) {
        session.forget(&Request::Definitions(self.focus, None));
        session.forget_failed_contents();
        if let Some(arn) = self.highlighted() {
            let request = Request::DefinitionVersions(self.focus, arn.definition_id(), None);
            session.forget(&request);
        }
        session.retry_work();
    }
}

fn first_difference(before: &Draft, after: &Draft) -> Option<DefinitionKind> {
    DefinitionKind::ALL
        .into_iter()
        .find(|&kind| before.slots().get(kind) != after.slots().get(kind))
}
