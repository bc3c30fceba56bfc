//! The drafts passed on for saving: each is in its file, and none is overwritten silently.

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
            // Changes made while the file was being reopened continue from the previously saved draft.
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

    /// The question about a draft of an earlier run was answered.
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
            // The simulator's full disk hides its content.
            DraftFile::None | DraftFile::Unavailable(_) if self.is_disk_full => {}
            DraftFile::None => {
                assert_eq!(kept, None, "a draft was lost");
                self.may_overwrite = true;
            }
            DraftFile::Found { draft, .. } => {
                assert_eq!(Some(&**draft), kept, "another draft is in the file");
                // A draft that equals the group's current version is no loss.
                let is_same = work.draft().is_some_and(|now| {
                    now.slots() == draft.slots() && now.new_versions().eq(draft.new_versions())
                });
                self.may_overwrite |= !draft.is_begun() || is_same;
            }
            other => panic!("no other program ran and nothing was damaged: {other:?}"),
        }
    }

    /// The file has the same draft as the memory, except a draft without changes.
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

    /// True if the draft's file was opened.
    pub(in crate::journeys::simulate) fn is_file_known(&self) -> bool {
        self.file == File::Known
    }

    /// The groups with a changed draft.
    pub(in crate::journeys::simulate) fn left_behind(&self) -> Vec<GroupId> {
        let left = self.kept.iter().filter(|(_, kept)| kept.draft.is_begun());
        left.map(|(group, _)| group.clone()).collect()
    }

    /// The group is open again with its earlier draft.
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
