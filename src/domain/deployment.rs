//! Deployments of a group: the request that starts one, and the status that the service reports.

use std::fmt;

use serde_json::{Value, json};

use super::id::{DeploymentId, GroupId, GroupVersionId};
use super::service_error::ErrorDetail;
use super::timestamp::Timestamp;

/// One entry of ListDeployments; it has no status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    pub id: DeploymentId,
    pub created: Option<Timestamp>,
    /// `NewDeployment`, `Redeployment`, `ResetDeployment` or `ForceResetDeployment`.
    pub deployment_type: Option<String>,
    /// The deployed group *version*; AWS calls this member `GroupArn`.
    pub version: Option<GroupVersionId>,
}

impl Deployment {
    /// Returns whether this deployment resets the core.
    pub fn is_reset(&self) -> bool {
        matches!(
            self.deployment_type.as_deref(),
            Some("ResetDeployment" | "ForceResetDeployment")
        )
    }
}

/// The response of GetDeploymentStatus.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeploymentStatus {
    /// `InProgress`, `Building`, `Success` or `Failure`; the model does not restrict it.
    pub status: Option<String>,
    pub error_message: Option<String>,
    pub error_details: Vec<ErrorDetail>,
    pub updated: Option<Timestamp>,
}

impl DeploymentStatus {
    pub fn phase(&self) -> DeploymentPhase {
        match self.status.as_deref() {
            Some("Building") => DeploymentPhase::Building,
            Some("InProgress") => DeploymentPhase::InProgress,
            Some("Success") => DeploymentPhase::Success,
            Some("Failure") => DeploymentPhase::Failure,
            Some(_) | None => DeploymentPhase::Other,
        }
    }

    /// AWS's word, or a substitute if there is none.
    pub fn word(&self) -> &str {
        self.status.as_deref().unwrap_or("no status")
    }
}

/// The phase of a deployment (developer guide, deployment-notifications).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeploymentPhase {
    /// The service validates the group version and builds the files for the core.
    Building,
    /// The core downloads and installs it, once it is online.
    InProgress,
    Success,
    Failure,
    /// A word that no source documents.
    Other,
}

impl DeploymentPhase {
    /// True if the status is final.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Success | Self::Failure)
    }
}

/// A change of the deployment on a group's core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeploymentAction {
    /// CreateDeployment of type NewDeployment. V1 has no rollback: an older version is deployed again.
    Deploy(GroupVersionId),
    /// ResetDeployments.
    Reset { force: bool },
}

impl DeploymentAction {
    /// The version that is deployed; `None` for a reset.
    pub const fn version(&self) -> Option<&GroupVersionId> {
        match self {
            Self::Deploy(version) => Some(version),
            Self::Reset { .. } => None,
        }
    }

    /// The type under which ListDeployments lists it.
    pub const fn deployment_type(&self) -> &'static str {
        match self {
            Self::Deploy(_) => "NewDeployment",
            Self::Reset { force: false } => "ResetDeployment",
            Self::Reset { force: true } => "ForceResetDeployment",
        }
    }
}

impl fmt::Display for DeploymentAction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deploy(version) => write!(formatter, "deployment of {}", version.short()),
            Self::Reset { force: false } => formatter.write_str("reset"),
            Self::Reset { force: true } => formatter.write_str("forced reset"),
        }
    }
}

/// CreateDeployment or ResetDeployments for one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeploymentRequest {
    pub group: GroupId,
    pub action: DeploymentAction,
}

impl DeploymentRequest {
    /// The API's name for the call.
    pub const fn operation(&self) -> &'static str {
        match self.action {
            DeploymentAction::Deploy(_) => "CreateDeployment",
            DeploymentAction::Reset { .. } => "ResetDeployments",
        }
    }

    /// The request body.
    pub fn body(&self) -> Value {
        let kind = self.action.deployment_type();
        match &self.action {
            DeploymentAction::Deploy(version) => {
                json!({ "DeploymentType": kind, "GroupVersionId": version })
            }
            DeploymentAction::Reset { force } => json!({ "Force": force }),
        }
    }

    /// The words of the AWS CLI command that sends the same request; the first is `aws`.
    pub fn command_words(&self) -> Vec<String> {
        let group = self.group.as_str();
        let mut words = match &self.action {
            DeploymentAction::Deploy(_) => vec!["aws", "greengrass", "create-deployment"],
            DeploymentAction::Reset { .. } => vec!["aws", "greengrass", "reset-deployments"],
        };
        words.extend(["--group-id", group]);
        match &self.action {
            DeploymentAction::Deploy(version) => {
                words.extend(["--group-version-id", version.as_str()]);
                words.extend(["--deployment-type", self.action.deployment_type()]);
            }
            DeploymentAction::Reset { force: true } => words.push("--force"),
            DeploymentAction::Reset { force: false } => {}
        }
        words.into_iter().map(str::to_owned).collect()
    }

    /// True for a listed deployment with the same effect as this request.
    pub fn is_like(&self, listed: &Deployment) -> bool {
        listed.deployment_type.as_deref() == Some(self.action.deployment_type())
            && self
                .action
                .version()
                .is_none_or(|version| listed.version.as_ref() == Some(version))
    }
}

/// The deployment that a request has started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedDeployment {
    pub id: DeploymentId,
    pub arn: Option<String>,
    /// The attempt that started it, from 1; `None` if another program did.
    pub attempt: Option<u32>,
    /// AWS's request id; `None` if the deployment was found in the list, without a response.
    pub request_id: Option<String>,
}
