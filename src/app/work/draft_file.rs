//! The draft's file: when it is opened, what it held, and when it is saved.

use super::Work;
use super::recovered::{DraftFileState, RecoveredDraft};
use crate::app::event::DraftFile;
use crate::app::launch::SetSlot;
use crate::domain::{Draft, Timestamp};

impl Work {
    /// Goes on with the draft that was left in this session; one that began from another base, unless the user chose
    /// that, is offered like one from an earlier session.
    pub fn take_up(&mut self, parked: Draft, now: Timestamp) {
        let is_of_same_base = self.draft.as_ref().map(Draft::base) == Some(parked.base());
        if is_of_same_base || parked.older_base().is_some() {
            self.go_on_with(parked);
        } else {
            self.recovered = Some(RecoveredDraft {
                draft: parked,
                saved: now,
            });
        }
    }

    /// True once for each connection: when the draft's file is to be looked at.
    pub fn asks_for_file(&mut self) -> bool {
        let asks = self.file == DraftFileState::Unasked || self.is_file_to_be_reopened;
        if asks {
            self.file = DraftFileState::Asked;
            self.is_file_to_be_reopened = false;
        }
        asks
    }

    /// The credentials are read again, and the file is opened for their account.
    pub const fn reopen_file(&mut self) {
        self.is_file_to_be_reopened = true;
    }

    /// Takes in what was found of an earlier draft.
    pub fn draft_opened(&mut self, file: DraftFile) {
        self.file = DraftFileState::Known;
        self.not_kept = None;
        match file {
            // What was changed while the draft could not be kept is saved now.
            DraftFile::None => self.saved = self.saved.take().filter(Draft::is_untouched),
            DraftFile::Found { draft, saved } => {
                // What this program itself has saved was not left by another.
                let is_own = self.saved.as_ref() == Some(&*draft);
                if draft.is_begun() && !is_own {
                    self.recovered = Some(RecoveredDraft {
                        draft: *draft,
                        saved,
                    });
                }
            }
            DraftFile::Locked { holder } => self.not_kept = Some(holder),
            DraftFile::Damaged { quarantined, .. } => self.quarantined = Some(quarantined),
            DraftFile::Unavailable(reason) => self.not_kept = Some(reason),
        }
    }

    /// Goes on with the draft that an earlier run left; what `--set` asks for is to be done there.
    pub fn resume(&mut self) -> Vec<SetSlot> {
        let Some(left) = self.recovered.take() else {
            return Vec::new();
        };
        self.from.clone_from(&left.draft.base().version);
        self.go_on_with(left.draft);
        std::mem::take(&mut self.set)
    }

    /// Takes in whether the draft is on the disk.
    pub fn draft_saved(&mut self, saved: Result<(), String>) {
        self.unsaved = saved.err();
    }

    /// Lets a draft that is not on the disk be saved again.
    pub fn save_again(&mut self) {
        if self.unsaved.is_some() {
            self.saved = None;
        }
    }

    /// Why the draft would not outlive the program.
    pub fn unsaved_reason(&self) -> Option<&str> {
        self.not_kept.as_deref().or(self.unsaved.as_deref())
    }

    /// The draft, when it changed since this was asked last.
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
