//! The draft's file: when it is opened, how its content is used, and when it is saved.

use super::Work;
use crate::app::event::DraftFile;
use crate::app::launch::SetSlot;
use crate::domain::{Draft, Timestamp};

/// A draft of an earlier run or visit that waits for the user's decision.
#[derive(Debug, Clone, PartialEq)]
pub struct RecoveredDraft {
    pub draft: Draft,
    pub saved: Timestamp,
}

/// The state of the draft's file; nothing is saved before it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DraftFileState {
    Unasked,
    Asked,
    Known,
}

impl Work {
    /// Resumes the draft of an earlier visit if it has the same base or an older one that the user chose.
    /// Otherwise the draft is offered like one of an earlier run.
    pub fn take_up(&mut self, parked: Draft, now: Timestamp) {
        let is_of_same_base = self.draft().map(Draft::base) == Some(parked.base());
        if is_of_same_base || parked.older_base().is_some() {
            self.go_on_with(parked);
        } else {
            self.recovered = Some(RecoveredDraft {
                draft: parked,
                saved: now,
            });
        }
    }

    /// True once for each connection, when the draft's file must be opened.
    pub fn asks_for_file(&mut self) -> bool {
        let asks = self.file == DraftFileState::Unasked || self.is_file_to_be_reopened;
        if asks {
            self.file = DraftFileState::Asked;
            self.is_file_to_be_reopened = false;
        }
        asks
    }

    /// Opens the file again, because the credentials may be of another account.
    pub const fn reopen_file(&mut self) {
        self.is_file_to_be_reopened = true;
    }

    pub fn draft_opened(&mut self, file: DraftFile) {
        self.file = DraftFileState::Known;
        self.not_kept = None;
        match file {
            // Changes from before the file could be opened are saved now.
            DraftFile::None => self.saved = self.saved.take().filter(Draft::is_untouched),
            DraftFile::Found { draft, saved } => {
                // A draft saved by this run itself is not recovered.
                let is_own = self.saved.as_ref() == Some(&*draft);
                if draft.is_begun() && !is_own {
                    self.recovered = Some(RecoveredDraft {
                        draft: *draft,
                        saved,
                    });
                }
            }
            DraftFile::Locked { holder } => self.not_kept = Some(holder),
            DraftFile::Damaged(quarantined) => self.quarantined = Some(quarantined),
            DraftFile::Unavailable(reason) => self.not_kept = Some(reason),
        }
    }

    /// Resumes the draft of an earlier run. Returns the slots of `--set`, to be applied to it.
    pub fn resume(&mut self) -> Vec<SetSlot> {
        let Some(left) = self.recovered.take() else {
            return Vec::new();
        };
        self.from.clone_from(&left.draft.base().version);
        self.go_on_with(left.draft);
        std::mem::take(&mut self.set)
    }

    pub fn draft_saved(&mut self, saved: Result<(), String>) {
        self.unsaved = saved.err();
    }

    /// Lets an unsaved draft be saved again.
    pub fn save_again(&mut self) {
        if self.unsaved.is_some() {
            self.saved = None;
        }
    }

    /// The reason why the draft would be lost at the end of the program.
    pub fn unsaved_reason(&self) -> Option<&str> {
        self.not_kept.as_deref().or(self.unsaved.as_deref())
    }

    /// The draft, if it changed since the last call.
    pub fn draft_to_save(&mut self) -> Option<Draft> {
        if self.file != DraftFileState::Known
            || self.recovered.is_some()
            || self.draft == self.saved
        {
            return None;
        }
        self.saved.clone_from(&self.draft);
        self.draft.clone()
    }
}
