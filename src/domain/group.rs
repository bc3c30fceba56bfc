//! Groups, their versions and their deployments, with every member optional that the service may leave out.

use super::arn::Arn;
use super::id::{DeploymentId, GroupId, GroupVersionId};
use super::slots::Slots;
use super::timestamp::Timestamp;

/// A group as ListGroups and GetGroup give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    /// Not unique, and may be absent.
    pub name: Option<String>,
    pub arn: Option<String>,
    pub created: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// The version created last, which need not be the one deployed; absent while there is none.
    pub latest: Option<GroupVersionId>,
    pub latest_arn: Option<String>,
}

impl Group {
    /// The account that the group's ARN names.
    pub fn account(&self) -> Option<&str> {
        let account = Arn::split(self.arn.as_deref()?)?.account;
        (!account.is_empty()).then_some(account)
    }
}

/// A group version in a list: all but its slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupVersionEntry {
    pub id: GroupVersionId,
    pub arn: Option<String>,
    pub created: Option<Timestamp>,
}

/// A group version as GetGroupVersion gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupVersion {
    pub id: GroupVersionId,
    pub arn: Option<String>,
    pub created: Option<Timestamp>,
    pub slots: Slots,
}

/// What CreateGroupVersion answers, each member as the service wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedVersion {
    pub arn: Option<String>,
    pub creation_timestamp: Option<String>,
    /// The group's id (`Id` on the wire).
    pub id: Option<String>,
    /// The new version's id (`Version` on the wire).
    pub version: Option<String>,
    /// AWS's id of the request that was answered so; none where the version was found rather than answered.
    pub request_id: Option<String>,
}

/// One entry of ListDeployments; it carries no status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    pub id: DeploymentId,
    pub created: Option<Timestamp>,
    /// `NewDeployment`, `Redeployment`, `ResetDeployment` or `ForceResetDeployment`.
    pub deployment_type: Option<String>,
    /// The group *version* that was deployed: AWS calls this member `GroupArn`.
    pub version: Option<GroupVersionId>,
}

impl Deployment {
    /// True for one that takes everything off the core again.
    pub fn is_reset(&self) -> bool {
        matches!(
            self.deployment_type.as_deref(),
            Some("ResetDeployment" | "ForceResetDeployment")
        )
    }
}

/// What GetDeploymentStatus answers, as far as this program shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeploymentStatus {
    /// `InProgress`, `Building`, `Success` or `Failure`.
    pub status: Option<String>,
    pub error_message: Option<String>,
    pub updated: Option<Timestamp>,
}
