//! Follows transitions: opens, closes and changes screens and overlays.

use super::App;
use super::command::Command;
use super::effect::AccountChoice;
use super::launch::SetSlot;
use super::notice::Notice;
use super::overlay::account_menu::AccountMenu;
use super::overlay::base_history::BaseHistory;
use super::overlay::deployment::DeploymentView;
use super::overlay::pager::Pager;
use super::overlay::rebase_dialog::RebaseDialog;
use super::overlay::where_used::WhereUsed;
use super::screen::assemble::Assemble;
use super::screen::groups::Groups;
use super::screen::outcome::Outcome;
use super::screen::review::Review;
use super::transition::Transition;
use crate::domain::{DefinitionKind, GroupId, GroupVersionId};

impl App {
    pub(super) fn follow(&mut self, transition: Transition) {
        let session = &mut self.session;
        match transition {
            Transition::Stay => {}
            Transition::Back => self.back(),
            Transition::Close => self.views.close_overlay(),
            Transition::OpenGroup(group) => self.open_group(group),
            Transition::Review => self.views.open_review(Review::new(session)),
            Transition::Outcome => {
                let group = session.work().map(|work| work.group.clone());
                if let Some(group) = group {
                    self.views.open_outcome(Outcome::new(group));
                }
            }
            Transition::Read(subject) => {
                let reader = Pager::new(subject, Vec::new(), session);
                self.views.open_overlay(reader);
            }
            Transition::ReadFrom(subject, texts) => {
                let reader = Pager::new(subject, texts, session);
                self.views.open_overlay(reader);
            }
            Transition::SwitchAccount => self.views.open_overlay(AccountMenu::new(session)),
            Transition::BaseHistory => {
                if let Some(work) = session.work() {
                    let history = BaseHistory::new(work, session);
                    self.views.open_overlay(history);
                }
            }
            Transition::WhereUsed(arn, item) => {
                let view = WhereUsed::new(arn, item, session);
                self.views.open_overlay(view);
            }
            Transition::NextOfSeries => self.open_next_of_series(),
            Transition::Edit(step) => self.edit_step(step),
            Transition::Rebase(latest) => {
                let dialog = RebaseDialog::new(latest, session);
                self.views.open_overlay(dialog);
            }
            Transition::Resumed => self.resumed(),
            Transition::Rebased => {
                self.views.close_overlay();
                self.draft_changed();
                if let Some(review) = self.views.review_mut() {
                    review.rebased(&mut self.session);
                }
            }
            Transition::Overwrite(latest) => {
                self.views.close_overlay();
                if let Some(review) = self.views.review_mut() {
                    review.overwrite(latest, session);
                }
            }
            Transition::TakeSlot(version) => self.take_slot(&version),
            Transition::ToSlot(kind) => self.go_to_slot(kind),
            Transition::ToSlotOf(group, kind) => self.go_to_slot_of(group, kind),
            Transition::Deployment(group, action) => {
                let view = DeploymentView::new(group, action, session);
                self.views.open_overlay(view);
            }
            Transition::ToNewBase => {
                self.views.back_to_assemble();
                self.draft_changed();
            }
            Transition::ToGroups => self.back_to_groups(),
            Transition::Execute(command) => {
                if let Some(why) = self.unavailable_below(command) {
                    return self.session.notify(Notice::Unavailable(why));
                }
                self.views.close_overlay();
                self.execute(command);
            }
            Transition::Connect(choice) => {
                self.back_to_groups();
                self.reconnect(choice);
            }
        }
    }

    /// Goes to the first pane with a change in the resumed draft.
    fn resumed(&mut self) {
        self.views.close_overlay();
        self.draft_changed();
        let draft = self.session.draft();
        let changed = draft.and_then(|draft| draft.changed_kinds().next());
        if let (Some(assemble), Some(kind)) = (self.views.assemble_mut(), changed) {
            assemble.focus = kind;
        }
    }

    fn go_to_slot(&mut self, kind: DefinitionKind) {
        self.views.close_overlays();
        self.views.back_to_assemble();
        if let Some(assemble) = self.views.assemble_mut() {
            assemble.focus = kind;
        }
    }

    fn go_to_slot_of(&mut self, group: GroupId, kind: DefinitionKind) {
        if !self.session.is_open(&group) {
            self.back_to_groups();
            self.open_group(group);
        }
        self.go_to_slot(kind);
    }

    fn open_next_of_series(&mut self) {
        let (group, successor) = match self.session.next_of_series() {
            Ok(next) => next,
            Err(why) => return self.session.notify(Notice::Unavailable(why)),
        };
        let kind = successor.kind();
        if self.session.is_open(&group) {
            self.session.change_draft(|draft| draft.pick(successor));
            self.draft_changed();
        } else {
            self.back_to_groups();
            let set = vec![SetSlot::Fill(successor)];
            self.session.open_work_with(group, set);
            self.open_assemble();
        }
        self.go_to_slot(kind);
        if let Some(words) = self.session.series().words() {
            self.session.notify(Notice::Series(words));
        }
    }

    fn back(&mut self) {
        if !self.views.back() {
            self.back_to_groups();
        } else if let Some(review) = self.views.review_mut() {
            review.returned_to(&mut self.session);
        }
    }

    fn back_to_groups(&mut self) {
        if let Some(work) = self.session.work() {
            self.views.groups.picker.select(work.group.clone());
        }
        self.views.back_to_groups();
        self.session.close_work();
    }

    pub(super) fn open_group(&mut self, group: GroupId) {
        self.session.open_work(group);
        self.open_assemble();
    }

    fn open_assemble(&mut self) {
        let mut assemble = Assemble::new(self.session.launch().sort);
        assemble.read_catalog(self.session.catalog());
        self.views.open_group(assemble);
    }

    fn take_slot(&mut self, version: &GroupVersionId) {
        let (Some(assemble), Some(work)) = (self.views.assemble(), self.session.work()) else {
            return;
        };
        let version = self.session.catalog().group_version(&work.group, version);
        let Some(slots) = version.ready().map(|read| read.slots.clone()) else {
            return self.session.notify(Notice::VersionLoading(Command::Tick));
        };
        let kind = assemble.focus;
        self.session.change_draft(|draft| draft.take(kind, &slots));
        self.views.close_overlay();
        self.draft_changed();
    }

    /// Connects again. Data of the old connection is dropped, the draft is not.
    pub(super) fn reconnect(&mut self, choice: AccountChoice) {
        self.session.connect(choice);
        self.views.back_to_assemble();
        *self.views.groups = Groups::default();
        if let Some(assemble) = self.views.assemble_mut() {
            assemble.forget_lists();
        }
        self.add_draft_rows();
    }

    /// Adds the draft's versions to the panes.
    pub(super) fn add_draft_rows(&mut self) {
        let assemble = self.views.assemble_mut();
        if let (Some(draft), Some(assemble)) = (self.session.draft(), assemble) {
            assemble.add_draft(draft, &self.session);
        }
    }

    /// The same, and moves the cursors to the slots' versions.
    pub(super) fn draft_changed(&mut self) {
        self.add_draft_rows();
        let assemble = self.views.assemble_mut();
        if let (Some(draft), Some(assemble)) = (self.session.draft(), assemble) {
            assemble.show_slots(draft);
        }
    }
}
