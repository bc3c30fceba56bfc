//! A version that the draft supersedes besides its base.

use crate::domain::GroupVersionId;

/// A version of the group later than the draft's base, which the user supersedes knowingly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Superseded {
    pub version: GroupVersionId,
    pub why: Superseding,
}

/// The reason why a version is superseded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Superseding {
    /// The user chose an older version as the base.
    OlderBase,
    /// Another user created it, and the user chose to keep the draft.
    MovedOn,
}

impl Superseded {
    pub(super) const fn by_older_base(version: GroupVersionId) -> Self {
        Self {
            version,
            why: Superseding::OlderBase,
        }
    }
}
