//! A draft that an earlier run, or an earlier visit to the group, left behind.

use crate::domain::{Draft, Timestamp};

/// A draft that an earlier run left behind, waiting for the user's decision.
#[derive(Debug, Clone, PartialEq)]
pub struct RecoveredDraft {
    pub draft: Draft,
    pub saved: Timestamp,
}

/// How far the draft's file has been opened; nothing is saved before it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DraftFileState {
    Unasked,
    Asked,
    Known,
}
