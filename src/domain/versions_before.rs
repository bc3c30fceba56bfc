//! The versions of a group before a request, none of which the request can have created.

use std::collections::HashSet;

use super::id::GroupVersionId;

/// The known versions of a group when a request was sent.
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
