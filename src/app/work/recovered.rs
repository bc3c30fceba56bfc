//! A draft of an earlier run, or of an earlier visit to the group.

use crate::domain::{Draft, Timestamp};

/// A draft of an earlier run that waits for the user's decision.
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
