//! What follows from any event: the draft begins, the checks run, the draft is saved, more is asked for.

use super::App;
use super::effect::{Effect, Exit, Request};
use super::loader::{Urgency, Wanted};
use super::overlay::Overlay;
use super::overlay::question::{Question, Topic};
use super::remote::Remote;
use super::screen::Screen;
use super::screen::groups::{Groups, Resolution, resolve};
use super::session::Session;
use super::work::Work;
use crate::domain::printable::printable;
use crate::domain::{Group, GroupId};

impl App {
    /// Runs after every event.
    pub(super) fn settle(&mut self) {
        // What is changed without a connection is kept as well.
        self.save_draft();
        if self.session.connected().is_none() {
            return;
        }
        self.resolve_launch_group();
        self.open_draft_file();
        self.begin_draft();
        let scope = self.session.scope();
        if let Some(work) = &mut self.session.work {
            work.check(&self.session.catalog, &scope);
        }
        match self.screens.last_mut() {
            Some(Screen::Review(review)) => review.refresh(&mut self.session),
            Some(Screen::Outcome(outcome)) => {
                if outcome.refresh(&mut self.session) {
                    self.outcome_settled();
                }
            }
            Some(Screen::Groups(_) | Screen::Assemble(_)) | None => {}
        }
        self.save_draft();
        self.load();
    }

    fn resolve_launch_group(&mut self) {
        if self.session.work.is_some() {
            return;
        }
        let Some(name) = self.session.launch.group.clone() else {
            return;
        };
        match resolve(&name, &self.session) {
            Resolution::Undecided => {}
            Resolution::Found(group) => self.open_group(group),
            Resolution::Unknown => {
                self.session.fail(
                    Exit::BadArguments,
                    format!("no group is called {name:?} and none has this id; start without --group to see them all"),
                );
            }
            Resolution::Ambiguous(groups) => {
                let ids: Vec<String> = groups
                    .iter()
                    .map(|id| describe(id, &self.session))
                    .collect();
                self.session.fail(
                    Exit::BadArguments,
                    format!(
                        "several groups are called {name:?}; name one by its id:\n{}",
                        ids.join("\n")
                    ),
                );
            }
        }
    }

    /// Whose draft it is tells the group's ARN; a group without one waits until it is known who one is.
    fn open_draft_file(&mut self) {
        let catalog = &self.session.catalog;
        let is_identity_settled = match &catalog.identity {
            Remote::Ready(_) | Remote::Failed(_) => true,
            Remote::Unasked | Remote::Loading => false,
        };
        if let Some(work) = &mut self.session.work
            && (is_identity_settled || catalog.account_of(&work.group).is_some())
            && work.asks_for_file()
        {
            let group = work.group.clone();
            self.session.effect(Effect::OpenDraft(group));
        }
    }

    fn begin_draft(&mut self) {
        let Some(work) = &mut self.session.work else {
            return;
        };
        work.remember(&self.session.catalog);
        if work.begin(&self.session.catalog) {
            if let Some(parked) = self.session.parked.remove(&work.group) {
                work.take_up(parked.draft, self.session.now);
            }
            self.draft_changed();
        } else if let Some(message) = work.settle_asked_base(&self.session.catalog) {
            self.session.fail(Exit::BadArguments, message);
        }
        self.ask_whether_to_resume();
    }

    /// A draft that an earlier run left is never taken up, nor dropped, without a word.
    fn ask_whether_to_resume(&mut self) {
        let Some(work) = &self.session.work else {
            return;
        };
        let (Some(left), Some(draft)) = (&work.left, work.draft()) else {
            return;
        };
        let is_asked = self
            .overlays
            .iter()
            .any(|overlay| matches!(overlay, Overlay::Question(_)));
        if is_asked {
            return;
        }
        let latest = self
            .session
            .catalog
            .group(&work.group)
            .and_then(|group| group.latest.as_ref());
        let topic = Topic::Resume {
            saved: left.saved,
            changed: left
                .draft
                .changed_kinds()
                .map(|kind| (kind, left.draft.state(kind)))
                .collect(),
            base_moved: left.draft.base().version.as_ref() != latest,
        };
        if left.draft.slots() == draft.slots() {
            self.session.drop_left_draft();
        } else {
            self.overlays.push(Overlay::Question(Question::new(topic)));
        }
    }

    fn save_draft(&mut self) {
        let Some(work) = &mut self.session.work else {
            return;
        };
        if let Some(draft) = work.draft_to_save() {
            self.session.effect(Effect::SaveDraft(Box::new(draft)));
            self.draft_rows();
        }
    }

    /// Rows for what the draft holds now, though no list has named it.
    pub(super) fn draft_rows(&mut self) {
        let draft = self.session.work.as_ref().and_then(Work::draft).cloned();
        if let (Some(draft), Some(Screen::Assemble(assemble))) = (draft, self.screens.get_mut(1)) {
            assemble.add_draft(&draft, &self.session);
        }
    }

    /// Asks for what is wanted, the most urgent first, as far as there is room.
    fn load(&mut self) {
        let mut wanted = Vec::new();
        wanted.push(Wanted {
            urgency: Urgency::Now,
            request: Request::Identity,
        });
        if self.session.work.is_none() {
            Groups::wants(&self.session, &mut wanted);
        }
        if let Some(Screen::Outcome(outcome)) = self.screens.last() {
            outcome.wants(&self.session, &mut wanted);
        }
        for overlay in &self.overlays {
            overlay.wants(&self.session, &mut wanted);
        }
        match self.screens.get(1) {
            Some(Screen::Assemble(assemble)) => assemble.wants(&self.session, &mut wanted),
            Some(Screen::Groups(_) | Screen::Review(_) | Screen::Outcome(_)) | None => {
                want_definitions(&self.session, &mut wanted);
            }
        }
        wanted.sort_by_key(|wanted| wanted.urgency);
        for Wanted { urgency, request } in wanted {
            if !self.session.loader.has_room(urgency) || !self.session.catalog.is_unasked(&request)
            {
                continue;
            }
            if urgency == Urgency::Ahead
                && let Some(Screen::Assemble(assemble)) = self.screens.get_mut(1)
            {
                assemble.read_ahead();
            }
            self.session.ask(request);
        }
        self.keep_contents_within_budget();
    }

    fn keep_contents_within_budget(&mut self) {
        if let Some(Screen::Assemble(assemble)) = self.screens.get(1) {
            let on_screen: Vec<_> = assemble.on_screen(&self.session).cloned().collect();
            self.session.catalog.contents.saw(&on_screen);
            if !self.session.catalog.contents.is_over_budget() {
                return;
            }
            let mut needed: std::collections::HashSet<_> = on_screen.into_iter().collect();
            needed.extend(
                self.session
                    .work
                    .iter()
                    .flat_map(Work::needed_contents)
                    .cloned(),
            );
            self.session.catalog.contents.keep_budget(&needed);
        }
    }
}

/// The first pages of the seven lists, read while the person still looks for the group.
fn want_definitions(session: &Session, wanted: &mut Vec<Wanted>) {
    for kind in crate::domain::DefinitionKind::ALL {
        if session.catalog.definitions(kind).is_unasked() {
            wanted.push(Wanted {
                urgency: Urgency::Lists,
                request: Request::Definitions(kind, None),
            });
        }
    }
}

fn describe(id: &GroupId, session: &Session) -> String {
    let group: Option<&Group> = session.catalog.group(id);
    let updated = group
        .and_then(|group| group.updated)
        .map_or_else(String::new, |at| format!("  last changed {at}"));
    format!("  {}{updated}", printable(id.as_str()))
}
