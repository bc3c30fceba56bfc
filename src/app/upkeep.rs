//! What follows from any event: the draft begins, the checks run, the draft is saved, more is asked for.

use super::App;
use super::effect::{Effect, Request};
use super::loader::{Urgency, Wanted};
use super::overlay::question::Topic;
use super::remote::Remote;
use super::screen::groups::{Resolution, resolve};
use super::session::Session;
use super::work::Work;
use crate::domain::printable::printable;
use crate::domain::{Group, GroupId};

impl App {
    /// Runs after every event.
    pub(super) fn keep_up(&mut self) {
        // What is changed without a connection is kept as well.
        self.save_draft();
        if self.session.connected().is_some() {
            self.resolve_launch_group();
            self.open_draft_file();
            self.begin_draft();
            let scope = self.session.scope();
            if let Some(work) = &mut self.session.work {
                work.check(&self.session.catalog, &scope);
            }
            for view in self.views.all_mut() {
                view.refresh(&mut self.session);
            }
            for group in self.session.look_for_outcomes() {
                self.probe_ended(&group);
            }
            self.save_draft();
            self.load();
        }
        if let Some(assemble) = self.views.assemble_mut() {
            assemble.refresh_preview(&self.session);
        }
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
                self.session.refuse(format!("no group is called {name:?} and none has this id; start without --group to see them all"),
                );
            }
            Resolution::Ambiguous(groups) => {
                let ids: Vec<String> = groups
                    .iter()
                    .map(|id| describe(id, &self.session))
                    .collect();
                self.session.refuse(format!(
                    "several groups are called {name:?}; name one by its id:\n{}",
                    ids.join("\n")
                ));
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
            let identity = catalog.identity.ready().and_then(Option::as_ref);
            let account = catalog.account_of(&group).map(str::to_owned);
            let account = account.or_else(|| identity.map(|identity| identity.account.clone()));
            self.session.effect(Effect::OpenDraft { group, account });
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
            self.session.refuse(message);
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
        if self.views.question().is_some() {
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
            self.views.ask(topic);
        }
    }

    fn save_draft(&mut self) {
        let Some(work) = &mut self.session.work else {
            return;
        };
        if let Some(draft) = work.draft_to_save() {
            self.session.effect(Effect::SaveDraft(Box::new(draft)));
            self.add_draft_rows();
        }
    }

    /// Asks for what is wanted, the most urgent first, as far as there is room.
    fn load(&mut self) {
        let mut wanted = Vec::new();
        wanted.push(Wanted {
            urgency: Urgency::Now,
            request: Request::Identity,
        });
        self.session.want_outcomes(&mut wanted);
        for view in self.views.all() {
            view.wants(&self.session, &mut wanted);
        }
        wanted.sort_by_key(|wanted| wanted.urgency);
        for Wanted { urgency, request } in wanted {
            if !self.session.loader.has_room(urgency) || !self.session.catalog.is_unasked(&request)
            {
                continue;
            }
            if urgency == Urgency::Ahead
                && let Some(assemble) = self.views.assemble_mut()
            {
                assemble.read_ahead();
            }
            self.session.ask(request);
        }
        self.keep_contents_within_budget();
    }

    fn keep_contents_within_budget(&mut self) {
        if let Some(assemble) = self.views.assemble() {
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

fn describe(id: &GroupId, session: &Session) -> String {
    let group: Option<&Group> = session.catalog.group(id);
    let updated = group
        .and_then(|group| group.updated)
        .map_or_else(String::new, |at| format!("  last changed {at}"));
    format!("  {}{updated}", printable(id.as_str()))
}
