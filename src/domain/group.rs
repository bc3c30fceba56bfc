//! Groups and their versions; members that the service may omit are optional.

use super::arn::Arn;
use super::id::{GroupId, GroupVersionId};
use super::slots::Slots;
use super::timestamp::Timestamp;

/// A group as ListGroups and GetGroup return it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    /// Optional and not unique.
    pub name: Option<String>,
    pub arn: Option<String>,
    pub created: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// The version created last, deployed or not; `None` for a group without versions.
    pub latest: Option<GroupVersionId>,
    pub latest_arn: Option<String>,
}

impl Group {
    /// The account in the group's ARN.
    pub fn account(&self) -> Option<&str> {
        let account = Arn::split(self.arn.as_deref()?)?.account;
        (!account.is_empty()).then_some(account)
    }
}

/// A group version in a list, without its slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupVersionEntry {
    pub id: GroupVersionId,
    pub arn: Option<String>,
    pub created: Option<Timestamp>,
}

/// A group version as GetGroupVersion returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupVersion {
    pub id: GroupVersionId,
    pub arn: Option<String>,
    pub created: Option<Timestamp>,
    pub slots: Slots,
}

/// The response of CreateGroupVersion, each member as the service wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedVersion {
    pub arn: Option<String>,
    pub creation_timestamp: Option<String>,
    /// The group's id (`Id` on the wire).
    pub id: Option<String>,
    /// The new version's id (`Version` on the wire).
    pub version: Option<String>,
    /// AWS's request id; `None` if the version was found later, without a response.
    pub request_id: Option<String>,
}
