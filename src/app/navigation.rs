//! Follows transitions: opens, closes and changes screens and overlays.

use super::App;
use super::effect::{ContextChoice, Effect};
use super::overlay::Overlay;
use super::overlay::contexts::ContextMenu;
use super::overlay::history::History;
use super::overlay::moved::Moved;
use super::overlay::reader::Reader;
use super::overlay::users::Users;
use super::screen::Screen;
use super::screen::assemble::Assemble;
use super::screen::groups::Groups;
use super::screen::outcome::Outcome;
use super::screen::review::Review;
use super::session::Parked;
use super::transition::Transition;
use super::work::Work;
use crate::domain::{DefinitionKind, GroupId, GroupVersionId};

impl App {
    pub(super) fn follow(&mut self, transition: Transition) {
        match transition {
            Transition::Stay => {}
            Transition::Back => self.back(),
            Transition::Close => self.close_overlay(),
            Transition::OpenGroup(group) => self.open_group(group),
            Transition::Review => {
                let review = Review::new(&mut self.session);
                self.screens.push(Screen::Review(Box::new(review)));
            }
            Transition::DryRun(request) => {
                let outcome = Outcome::dry_run(request);
                self.screens.push(Screen::Outcome(Box::new(outcome)));
            }
            Transition::Read(subject) => {
                let reader = Reader::new(subject, &self.session);
                self.open(Overlay::Reader(Box::new(reader)));
            }
            Transition::SwitchAccount => {
                let menu = ContextMenu::new(&self.session);
                self.open(Overlay::Contexts(menu));
            }
            Transition::BaseHistory => {
                if let Some(history) = self.session.work.as_ref().map(History::new) {
                    self.open(Overlay::History(history));
                }
            }
            Transition::WhereUsed(arn) => self.open(Overlay::Users(Users::new(arn))),
            Transition::Rebase(latest) => {
                self.open(Overlay::Moved(Box::new(Moved::new(latest))));
            }
            Transition::ToSlot(kind) => self.go_to_slot(kind),
            Transition::ToNewBase => self.start_from_new_base(),
            Transition::Execute(command) => {
                if let Some(why) = self.unavailable_below(command) {
                    return self.session.notify(why.to_string());
                }
                self.close_overlay();
                let context = self.context();
                self.command(command, context);
            }
            Transition::Rebased => {
                self.overlays.pop();
                self.draft_changed();
                if let Some(Screen::Review(review)) = self.screens.last_mut() {
                    review.rebased(&mut self.session);
                }
            }
            Transition::Overwrite(latest) => {
                self.overlays.pop();
                if let Some(Screen::Review(review)) = self.screens.last_mut() {
                    review.overwrite(latest, &mut self.session);
                }
            }
            Transition::TakeSlot(version) => self.take_slot(&version),
            Transition::ToGroups => self.back_to_groups(),
            Transition::Connect(choice) => {
                self.overlays.clear();
                self.back_to_groups();
                self.reconnect(choice);
            }
        }
    }

    /// The key that closed what lay in front must not, pressed once more, reach a button below it.
    fn close_overlay(&mut self) {
        self.overlays.pop();
        if let Some(Screen::Review(review)) = self.screens.last_mut() {
            review.disarm(&mut self.session);
        }
    }

    fn open(&mut self, mut overlay: Overlay) {
        overlay.refresh(&self.session);
        self.overlays.push(overlay);
    }

    /// One level back; the draft of a group that is left waits for one to come back.
    fn back(&mut self) {
        if let Some(Screen::Assemble(_)) = self.screens.last() {
            self.back_to_groups();
        } else if self.screens.len() > 1 {
            self.screens.pop();
            if let Some(Screen::Review(review)) = self.screens.last_mut() {
                review.returned_to(&mut self.session);
            }
        }
    }

    fn back_to_groups(&mut self) {
        self.overlays.clear();
        self.screens.truncate(1);
        if let Some(work) = self.session.work.take() {
            if let Some(draft) = work.draft().filter(|draft| draft.differs()) {
                let parked = Parked {
                    draft: draft.clone(),
                    is_kept: self.session.keeps_draft(&work),
                };
                self.session.parked.insert(work.group.clone(), parked);
            }
            self.session.effect(Effect::CloseDraft(work.group));
        }
        self.session.launch.group = None;
    }

    pub(super) fn open_group(&mut self, group: GroupId) {
        self.screens.truncate(1);
        let is_launched = self.session.launch.group.is_some();
        let launch = &mut self.session.launch;
        let (from, set) = if is_launched || !launch.set.is_empty() || launch.from.is_some() {
            (launch.from.take(), std::mem::take(&mut launch.set))
        } else {
            (None, Vec::new())
        };
        self.session.work = Some(Work::new(group, from, set));
        let mut assemble = Assemble::new(self.session.launch.sort);
        assemble.read_catalog(&self.session.catalog);
        self.screens.push(Screen::Assemble(Box::new(assemble)));
    }

    /// Closes what lies above the Assemble screen and opens the pane of `kind` there.
    fn go_to_slot(&mut self, kind: DefinitionKind) {
        self.overlays.clear();
        self.screens.truncate(2);
        if let Some(Screen::Assemble(assemble)) = self.screens.last_mut() {
            assemble.go_to(kind);
        }
    }

    /// After a version was created the work goes on from it.
    fn start_from_new_base(&mut self) {
        self.screens.truncate(2);
        self.draft_changed();
    }

    fn take_slot(&mut self, version: &GroupVersionId) {
        let Some(Screen::Assemble(assemble)) = self.screens.last() else {
            return;
        };
        let kind = assemble.focus;
        let Some(work) = &mut self.session.work else {
            return;
        };
        match self
            .session
            .catalog
            .group_version(&work.group, version)
            .ready()
        {
            Some(read) => {
                let slots = read.slots.clone();
                work.change(|draft| draft.take(kind, &slots));
                self.overlays.pop();
                self.draft_changed();
            }
            None => self
                .session
                .notify("This version is being read; press Space again in a moment."),
        }
    }

    /// Asks for another connection; what was read over the old one is forgotten, the draft is not.
    pub(super) fn reconnect(&mut self, choice: ContextChoice) {
        self.session.begin_connection(choice);
        if let Some(work) = &mut self.session.work {
            work.reopen_file();
        }
        self.screens.truncate(2);
        if let Some(groups) = self.groups_mut() {
            *groups = Groups::new(groups.picker.sort());
        }
        if let Some(Screen::Assemble(assemble)) = self.screens.last_mut() {
            assemble.forget_lists();
        }
        self.draft_rows();
    }

    /// The panes show what the draft holds now.
    pub(super) fn draft_changed(&mut self) {
        let draft = self.session.work.as_ref().and_then(Work::draft).cloned();
        if let (Some(draft), Some(Screen::Assemble(assemble))) = (draft, self.screens.get_mut(1)) {
            assemble.add_draft(&draft, &self.session);
            assemble.show_slots(&draft);
        }
    }
}
