//! The drafts that were handed out to be saved: each is in its file, none is overwritten without a word.

use greengroup::app::App;
use greengroup::app::event::DraftFile;
use greengroup::domain::{Draft, GroupId};

use super::{File, Kept, Ledger, Shown as _};
use crate::journeys::simulate::before::Before;

impl Ledger {
    pub(super) fn saved(&mut self, draft: &Draft, before: &Before, app: &App) {
        let is_open = app.work().is_some_and(|work| work.not_kept.is_none());
        if self.is_disk_full || !is_open {
            return;
        }
        let kept = Kept {
            draft: draft.clone(),
            steps: self.steps.clone(),
        };
        let old = self.kept.insert(draft.group().clone(), kept);
        if let Some(old) = old.filter(|old| old.draft.is_begun()) {
            // What was done while the file was being reopened goes on from what was saved before.
            let known = [before.draft.as_ref(), self.own.as_ref()];
            let goes_on = known.contains(&Some(&old.draft));
            assert!(
                self.may_overwrite || goes_on,
                "a left draft was overwritten without a word"
            );
        }
        self.own = Some(draft.clone());
        self.may_overwrite = true;
    }

    /// The question about a left draft was answered.
    pub(super) fn judge_left(&mut self, before: &Before, app: &App) {
        let left = app.work().and_then(|work| work.recovered.as_ref());
        if let (Some(left), None) = (&before.left, left) {
            self.may_overwrite = true;
            let kept = app.work().and_then(|work| self.kept.get(&work.group));
            if let Some(kept) = kept
                && app.work().and_then(|work| work.draft()) == Some(left)
            {
                self.steps = kept.steps.clone();
                self.own = Some(left.clone());
                self.tally.resumed += 1;
            }
        }
    }

    pub(super) fn judge_file(&mut self, file: &DraftFile, app: &App) {
        self.file = File::Known;
        let Some(work) = app.work() else { return };
        let kept = self.kept.get(&work.group).map(|kept| &kept.draft);
        match file {
            // The full disk of the simulator hides what is on it.
            DraftFile::None | DraftFile::Unavailable(_) if self.is_disk_full => {}
            DraftFile::None => {
                assert_eq!(kept, None, "a draft was lost");
                self.may_overwrite = true;
            }
            DraftFile::Found { draft, .. } => {
                assert_eq!(Some(&**draft), kept, "another draft is in the file");
                // One that says what the group has by now is no loss.
                let is_same = work.draft().is_some_and(|now| {
                    now.slots() == draft.slots() && now.new_versions().eq(draft.new_versions())
                });
                self.may_overwrite |= !draft.is_begun() || is_same;
            }
            other => panic!("no other program ran and nothing was damaged: {other:?}"),
        }
    }

    /// What is in memory is in the file, but for a draft in which nothing was done.
    pub(super) fn judge_saved(&self, app: &App) {
        let Some((work, draft)) = app.work().and_then(|work| Some((work, work.draft()?))) else {
            return;
        };
        if draft.is_untouched()
            || self.is_disk_full
            || work.unsaved_reason().is_some()
            || work.recovered.is_some()
            || self.file == File::Asked
            || app.session.connected().is_none()
        {
            return;
        }
        let kept = self.kept.get(&work.group).map(|kept| &kept.draft);
        assert_eq!(
            kept,
            Some(draft),
            "the draft in memory is not the one that was saved ({:?})",
            self.file
        );
    }

    /// True once the draft's file was looked at.
    pub(in crate::journeys::simulate) fn is_file_known(&self) -> bool {
        self.file == File::Known
    }

    /// The groups that have a draft in which something was done.
    pub(in crate::journeys::simulate) fn left_behind(&self) -> Vec<GroupId> {
        let left = self.kept.iter().filter(|(_, kept)| kept.draft.is_begun());
        left.map(|(group, _)| group.clone()).collect()
    }

    /// The group is open again, and the draft in it holds what was left.
    pub(in crate::journeys::simulate) fn is_resumed(&self, group: &GroupId, app: &App) {
        let draft = app.work().and_then(|work| work.draft());
        let draft = draft.unwrap_or_else(|| panic!("{group} was not opened"));
        let kept = &self.kept[group].draft;
        assert_eq!(
            draft.slots(),
            kept.slots(),
            "the draft of {group} was not taken up"
        );
        assert!(
            draft.new_versions().eq(kept.new_versions()),
            "what was written in the draft of {group} was lost"
        );
    }
}
