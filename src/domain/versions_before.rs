//! The versions that a group had before a request: none of them is its effect.

use std::collections::HashSet;

use super::id::GroupVersionId;

/// What was known of a group's versions when a request was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VersionsBefore {
    pub latest: Option<GroupVersionId>,
    pub known: HashSet<GroupVersionId>,
}

impl VersionsBefore {
    /// True if the group had this version.
    pub fn contains(&self, version: &GroupVersionId) -> bool {
        self.latest.as_ref() == Some(version) || self.known.contains(version)
    }
}
