//! Deployments of a group, as ListDeployments and GetDeploymentStatus tell of them.

use std::sync::Arc;

/// One deployment of one group version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    pub id: Arc<str>,
    pub arn: Arc<str>,
    /// The ARN of the group *version*; the API calls this member `GroupArn` (developer guide, gg-troubleshooting).
    pub group_version_arn: Arc<str>,
    /// `NewDeployment`, `Redeployment`, `ResetDeployment` or `ForceResetDeployment`.
    pub deployment_type: Arc<str>,
    /// ISO-8601 in UTC, to the millisecond.
    pub created: Arc<str>,
    /// When the status last changed; as `created`.
    pub updated: Arc<str>,
    /// `InProgress`, `Building`, `Success` or `Failure`.
    pub status: Arc<str>,
    pub error_message: Option<Arc<str>>,
}

/// What a new deployment is told: its type, status and, when it failed, why.
#[derive(Debug, Clone, Copy)]
pub struct DeploymentOutcome<'a> {
    pub deployment_type: &'a str,
    pub status: &'a str,
    pub error_message: Option<&'a str>,
}
