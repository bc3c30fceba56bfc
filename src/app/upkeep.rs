//! Work after any event: starts, checks and saves the draft, and sends further requests.

use super::App;
use super::effect::Request;
use super::loader::{Urgency, Wanted};
use super::overlay::question::Topic;
use super::screen::groups::{Resolution, resolve};
use super::session::Session;
use crate::domain::GroupId;
use crate::domain::printable::printable;

impl App {
    /// Runs after every event.
    pub(super) fn keep_up(&mut self) {
        self.session.know_written();
        // Also saves a change without a connection.
        self.save_draft();
        if self.session.connected().is_some() {
            self.resolve_launch_group();
            self.session.open_draft_file();
            if self.session.begin_draft() {
                self.draft_changed();
            }
            self.ask_whether_to_resume();
            self.session.check_draft();
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
        if self.session.work().is_some() {
            return;
        }
        let Some(name) = self.session.launch().group.clone() else {
            return;
        };
        match resolve(&name, &self.session) {
            Resolution::Undecided => {}
            Resolution::Found(group) => self.open_group(group),
            Resolution::Unknown => {
                self.session.refuse(format!(
                    "no group is called {name:?} and none has this id; start without --group to see them all"
                ));
            }
            Resolution::Ambiguous(groups) => {
                let ids = groups.iter().map(|id| describe(id, &self.session));
                let ids: Vec<String> = ids.collect();
                self.session.refuse(format!(
                    "several groups are called {name:?}; name one by its id:\n{}",
                    ids.join("\n")
                ));
            }
        }
    }

    /// The user decides about a draft of an earlier run: it is neither resumed nor dropped silently.
    fn ask_whether_to_resume(&mut self) {
        let Some(work) = self.session.work() else {
            return;
        };
        let (Some(left), Some(draft)) = (&work.recovered, work.draft()) else {
            return;
        };
        if self.views.question().is_some() {
            return;
        }
        let (saved, left) = (left.saved, &left.draft);
        if left.slots() == draft.slots() && left.new_versions().eq(draft.new_versions()) {
            return self.session.discard_recovered_draft();
        }
        let latest = self.session.catalog().latest_version(&work.group);
        let changed = left.changed_kinds();
        self.views.ask(Topic::Resume {
            saved,
            changed: changed.map(|kind| (kind, left.state(kind))).collect(),
            unheld: left.unheld().count(),
            older_base: left.older_base().cloned(),
            base_moved: left.older_base().is_none() && left.base().version.as_ref() != latest,
        });
    }

    fn save_draft(&mut self) {
        if self.session.save_draft() {
            self.add_draft_rows();
        }
    }

    /// Sends the wanted reads, the most urgent first, as far as concurrency allows.
    fn load(&mut self) {
        let mut wanted = vec![Wanted(Urgency::Base, Request::Identity)];
        self.session.want_outcomes(&mut wanted);
        for view in self.views.all() {
            view.wants(&self.session, &mut wanted);
        }
        wanted.sort_by_key(|Wanted(urgency, _)| *urgency);
        self.session.load(wanted);
        if let Some(assemble) = self.views.assemble() {
            let on_screen: Vec<_> = assemble.on_screen(&self.session).cloned().collect();
            self.session.keep_contents_within_budget(&on_screen);
        }
    }
}

fn describe(id: &GroupId, session: &Session) -> String {
    let group = session.catalog().group(id);
    let created = group.and_then(|group| group.created);
    let created = created.map_or_else(String::new, |at| format!("  created {at}"));
    format!("  {}{created}", printable(id.as_str()))
}
