//! The open group of a session, its draft, and the drafts of closed groups.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Parked, Session};
use crate::app::effect::{Effect, Request, Timer};
use crate::app::event::{DraftFile, LeftDraft, UnconfirmedCreate};
use crate::app::launch::SetSlot;
use crate::app::notice::Notice;
use crate::app::work::Work;
use crate::domain::printable::printable;
use crate::domain::{Base, Draft, GroupId};

/// The pause before another attempt to save a draft.
const SAVE_AGAIN_AFTER: Duration = Duration::from_secs(3);

impl Session {
    /// Opens a group. The first one gets the settings of the command line.
    pub fn open_work(&mut self, group: GroupId) {
        let set = std::mem::take(&mut self.launch.set);
        self.work = Some(Work::new(group, self.launch.from.take(), set));
    }

    /// Opens a group with these slots filled.
    pub fn open_work_with(&mut self, group: GroupId, set: Vec<SetSlot>) {
        self.work = Some(Work::new(group, None, set));
    }

    /// Closes the group. A changed draft is kept until the group is opened again.
    pub fn close_work(&mut self) {
        self.launch.group = None;
        let Some(work) = self.work.take() else {
            return;
        };
        if let Some(draft) = work.draft().filter(|draft| draft.is_begun()) {
            let parked = Parked {
                draft: draft.clone(),
                is_kept: self.keeps_draft(&work),
            };
            self.parked.insert(work.group.clone(), parked);
        }
        self.effect(Effect::CloseDraft(work.group));
    }

    /// The open group; the methods of [`Work`] change its draft.
    pub const fn work_mut(&mut self) -> Option<&mut Work> {
        self.work.as_mut()
    }

    /// Changes the draft of the open group, if there is one.
    pub fn change_draft(&mut self, change: impl FnOnce(&mut Draft)) {
        if let Some(work) = &mut self.work {
            work.change(change);
        }
    }

    pub fn is_open(&self, group: &GroupId) -> bool {
        self.work.as_ref().is_some_and(|work| work.group == *group)
    }

    /// Opens the file of the draft. Its owner is the account in the group's ARN; without an ARN, it
    /// waits for GetCallerIdentity.
    pub fn open_draft_file(&mut self) {
        let (catalog, Some(work)) = (&self.catalog, &mut self.work) else {
            return;
        };
        let groups = catalog.groups();
        let is_group_settled = catalog.group(&work.group).is_some()
            || catalog.group_reading(&work.group).error().is_some()
            || groups.error().is_some()
            || groups.is_complete();
        let caller = catalog.caller().map(|caller| caller.account.as_str());
        let account = catalog.account_of(&work.group).or(caller);
        // The group's ARN may still arrive and name the account.
        let may_be_named = catalog.identity.is_open() || !is_group_settled;
        if (account.is_none() && may_be_named) || !work.asks_for_file() {
            return;
        }
        let open = Effect::OpenDraft {
            group: work.group.clone(),
            account: account.map(str::to_owned),
        };
        self.effect(open);
    }

    pub fn drafts_found(&mut self, left: Vec<LeftDraft>) {
        self.left_drafts = left;
    }

    /// True if any closed group has an unfinished draft.
    pub fn has_drafts(&self) -> bool {
        !self.parked.is_empty() || !self.left_drafts.is_empty()
    }

    /// The most recent draft of an earlier run.
    pub fn last_left_draft(&self) -> Option<&LeftDraft> {
        self.left_drafts.iter().max_by_key(|left| left.saved)
    }

    /// The closed groups with an unfinished draft, each with the number of changed slots.
    pub fn drafts(&self) -> impl Iterator<Item = (GroupId, usize)> {
        let left = self.left_drafts.iter().map(|left| &left.group);
        let groups: BTreeSet<&GroupId> = self.parked.keys().chain(left).collect();
        let changed = |group: &GroupId| Some((group.clone(), self.changed_in_draft(group)?));
        groups.into_iter().filter_map(changed)
    }

    /// The number of changed slots in the unfinished draft of a group, if there is one.
    pub fn changed_in_draft(&self, group: &GroupId) -> Option<usize> {
        if let Some(parked) = self.parked.get(group) {
            return Some(parked.draft.begun_kinds().count());
        }
        let mut left = self.left_drafts.iter();
        Some(left.find(|left| left.group == *group)?.changed)
    }

    pub fn draft_opened(&mut self, file: DraftFile) {
        if let Some(work) = &self.work {
            self.left_drafts.retain(|left| left.group != work.group);
        }
        if let DraftFile::Damaged(quarantined) = &file {
            self.notify(Notice::DraftDamaged(quarantined.clone()));
        }
        if let Some(work) = &mut self.work {
            work.draft_opened(file);
        }
    }

    pub fn unconfirmed_found(&mut self, unsettled: UnconfirmedCreate) {
        if let Some(work) = &mut self.work {
            work.unconfirmed = Some(unsettled);
        }
    }

    /// Adds the draft's new versions to the catalog, so that they are shown and checked like loaded ones.
    pub fn know_written(&mut self) {
        let draft = self.work.as_ref().and_then(Work::draft);
        for version in draft.into_iter().flat_map(Draft::new_versions) {
            self.catalog.written(version);
        }
    }

    /// Starts the draft once its base is known; true if it started now.
    pub fn begin_draft(&mut self) -> bool {
        let Some(work) = &mut self.work else {
            return false;
        };
        work.remember(&self.catalog);
        if work.begin(&self.catalog) {
            if let Some(parked) = self.parked.remove(&work.group) {
                work.take_up(parked.draft, self.now);
            }
            let set = work.asked_slots().to_vec();
            self.set_slots(set);
            return true;
        }
        if let Some(message) = work.settle_asked_base(&self.catalog) {
            self.refuse(message);
        }
        false
    }

    /// Runs the checks whose inputs have changed.
    pub fn check_draft(&mut self) {
        let scope = self.scope();
        if let Some(work) = &mut self.work {
            work.check(&self.catalog, &scope);
        }
        self.renew_candidates();
    }

    /// Saves the draft if it has changed; returns whether it did.
    pub fn save_draft(&mut self) -> bool {
        let Some(draft) = self.work.as_mut().and_then(Work::draft_to_save) else {
            return false;
        };
        self.effect(Effect::SaveDraft(Box::new(draft)));
        true
    }

    /// Lets the failed requests of the open group be sent again.
    pub fn retry_work(&mut self) {
        let Some(work) = &self.work else { return };
        let group = work.group.clone();
        let version = work.base_version(&self.catalog).cloned();
        let catalog = &mut self.catalog;
        if catalog.group_reading(&group).error().is_some() {
            catalog.forget(&Request::Group(group.clone()));
        }
        if let Some(version) = version
            && catalog.group_version(&group, &version).error().is_some()
        {
            catalog.forget(&Request::GroupVersion(group, version));
        }
        if catalog.identity.error().is_some() {
            catalog.forget(&Request::Identity);
        }
    }

    pub fn forget_failed_contents(&mut self) {
        self.catalog.contents.forget_failures();
    }

    /// Resumes the draft of an earlier run and applies `--set` to it.
    pub fn resume_draft(&mut self) {
        let set = self.work.as_mut().map(Work::resume);
        self.set_slots(set.unwrap_or_default());
    }

    /// Discards the draft of an earlier run; the next change overwrites its file.
    pub fn discard_recovered_draft(&mut self) {
        if let Some(work) = &mut self.work {
            work.recovered = None;
        }
    }

    /// Starts the next draft of a group from a version that was created with these slots.
    ///
    /// After a late outcome, a draft with other changes stays. Returns whether a draft was started.
    pub fn start_from_created(&mut self, group: &GroupId, created: Base, is_late: bool) -> bool {
        let is_same = |draft: &Draft| *draft.slots() == created.slots;
        let parked = self.parked.get(group);
        if parked.is_some_and(|parked| is_same(&parked.draft)) {
            self.parked.remove(group);
        }
        let work = self.work.as_mut().filter(|work| work.group == *group);
        let work = work.filter(|work| !is_late || work.draft().is_some_and(is_same));
        let is_started = work.is_some();
        if let Some(work) = work {
            work.created(created);
        }
        is_started
    }

    /// Records whether the draft of the open group was saved; if not, saving is tried again.
    pub fn draft_saved(&mut self, group: &GroupId, saved: Result<(), String>) {
        if saved.is_err() {
            self.start_timer(Timer::SaveAgain, SAVE_AGAIN_AFTER);
        }
        if let Some(work) = self.work.as_mut().filter(|work| work.group == *group) {
            work.draft_saved(saved);
        }
    }

    /// Lets an unsaved draft be saved again.
    pub fn save_again(&mut self) {
        if let Some(work) = &mut self.work {
            work.save_again();
        }
    }

    /// True if the draft is in a file, and so survives the end of the program.
    pub fn keeps_draft(&self, work: &Work) -> bool {
        !self.launch.is_demo && work.unsaved_reason().is_none()
    }

    /// The sentence for standard error about a draft that is lost at the end.
    pub(super) fn lost_draft(&self) -> Option<String> {
        let work = self.work.as_ref()?;
        let reason = work.unsaved_reason()?;
        let is_lost = !self.launch.is_demo && work.draft().is_some_and(Draft::is_begun);
        is_lost.then(|| {
            let name = self.open_group_name();
            printable(&format!("the draft of {name} is not saved: {reason}")).into_owned()
        })
    }

    /// The closed groups whose drafts are lost at the end.
    pub fn parked_in_vain(&self) -> Vec<GroupId> {
        let parked = self.parked.iter().filter(|(_, parked)| !parked.is_kept);
        let mut groups: Vec<GroupId> = parked.map(|(group, _)| group.clone()).collect();
        groups.sort_unstable();
        groups
    }
}
