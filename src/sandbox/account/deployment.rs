//! Deployments of a group, whose status changes over time.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::Timestamp;

/// The time for which a deployment is `Building`, in milliseconds.
const BUILDING: i64 = 3000;

/// The time for which a deployment is `InProgress` after that, in milliseconds.
const IN_PROGRESS: i64 = 3000;

/// One deployment of one group version, or one reset of a group. An account file has it in this form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub struct AccountDeployment {
    #[serde(rename = "DeploymentId")]
    pub id: Arc<str>,
    #[serde(rename = "DeploymentArn")]
    pub arn: Arc<str>,
    /// The ARN of the group *version*, which the API calls `GroupArn` (developer guide, gg-troubleshooting).
    ///
    /// For a reset, the ARN of the group itself (moto, which copied it from the service).
    #[serde(rename = "GroupArn")]
    pub group_version_arn: Arc<str>,
    /// `NewDeployment`, `Redeployment`, `ResetDeployment` or `ForceResetDeployment`.
    pub deployment_type: Arc<str>,
    /// ISO-8601 in UTC, with milliseconds.
    #[serde(rename = "CreatedAt")]
    pub created: Arc<str>,
    /// The final status: `Success` or `Failure`, or `InProgress` if the core never answers.
    #[serde(rename = "DeploymentStatus")]
    pub status: Arc<str>,
    /// As `created`: when the status became, or will become, `status`.
    ///
    /// Until then, [`AccountDeployment::status_at`] returns an earlier status.
    #[serde(rename = "UpdatedAt")]
    pub updated: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_message: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub error_details: Vec<DeploymentError>,
    /// The `X-Amzn-Client-Token` of the request that created it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_token: Option<Arc<str>>,
}

/// One of the `ErrorDetails` of GetDeploymentStatus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeploymentError {
    /// `None` if no source gives one.
    #[serde(
        rename = "DetailedErrorCode",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<Arc<str>>,
    #[serde(rename = "DetailedErrorMessage")]
    pub message: Arc<str>,
}

/// A deployment to be created.
#[derive(Debug, Clone)]
pub struct NewDeployment<'a> {
    /// `NewDeployment`, `Redeployment`, `ResetDeployment` or `ForceResetDeployment`.
    pub deployment_type: &'a str,
    /// The id of the group version; `None` for a reset.
    pub version: Option<&'a str>,
    pub outcome: DeploymentOutcome,
    pub client_token: Option<&'a str>,
}

/// The outcome of a new deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeploymentOutcome {
    /// `Building`, then `InProgress`, then `Success`.
    Succeeds,
    /// `Success` from the start.
    SucceedsAtOnce,
    /// `Building`, then `Failure`, for these reasons.
    Fails(Vec<DeploymentError>),
    /// `Building`, then always `InProgress`, because the core is offline.
    StaysInProgress,
}

/// The status of a deployment at one moment, as GetDeploymentStatus reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusAt<'a> {
    pub status: &'a str,
    /// ISO-8601 in UTC, with milliseconds.
    pub updated: Arc<str>,
    pub error_message: Option<&'a str>,
    pub error_details: &'a [DeploymentError],
}

impl StatusAt<'_> {
    /// Whether the deployment has not ended.
    pub fn is_active(&self) -> bool {
        matches!(self.status, "Building" | "InProgress")
    }
}

impl AccountDeployment {
    /// The status at `now`. Between `created` and `updated`, the deployment has not reached its final status.
    pub fn status_at(&self, now: Timestamp) -> StatusAt<'_> {
        if let Some((status, updated)) = self.status_before_the_last(now) {
            return StatusAt {
                status,
                updated,
                error_message: None,
                error_details: &[],
            };
        }
        StatusAt {
            status: &self.status,
            updated: Arc::clone(&self.updated),
            error_message: self.error_message.as_deref(),
            error_details: &self.error_details,
        }
    }

    fn status_before_the_last(&self, now: Timestamp) -> Option<(&'static str, Arc<str>)> {
        let created: Timestamp = self.created.parse().ok()?;
        let updated: Timestamp = self.updated.parse().ok()?;
        if now < created || now >= updated {
            return None;
        }
        if now.milliseconds() < created.milliseconds() + BUILDING {
            return Some(("Building", Arc::clone(&self.created)));
        }
        Some(("InProgress", later(created, BUILDING)))
    }

    pub(super) fn set_outcome(&mut self, now: Timestamp, outcome: DeploymentOutcome) {
        let (status, updated) = match &outcome {
            DeploymentOutcome::Succeeds => ("Success", later(now, BUILDING + IN_PROGRESS)),
            DeploymentOutcome::SucceedsAtOnce => ("Success", later(now, 0)),
            DeploymentOutcome::Fails(_) => ("Failure", later(now, BUILDING)),
            DeploymentOutcome::StaysInProgress => ("InProgress", later(now, BUILDING)),
        };
        self.status = status.into();
        self.updated = updated;
        if let DeploymentOutcome::Fails(details) = outcome {
            self.error_message = Some(error_message(&details).into());
            self.error_details = details;
        }
    }

    /// Whether this is a reset of the group.
    pub fn is_reset(&self) -> bool {
        matches!(
            &*self.deployment_type,
            "ResetDeployment" | "ForceResetDeployment"
        )
    }
}

fn later(time: Timestamp, milliseconds: i64) -> Arc<str> {
    Timestamp::from_milliseconds(time.milliseconds() + milliseconds)
        .iso()
        .into()
}

/// The service's text for the reasons (aws-cli issue 6141).
fn error_message(details: &[DeploymentError]) -> String {
    let models: Vec<String> = details
        .iter()
        .map(|detail| {
            let code = detail.code.as_deref().unwrap_or("null");
            format!("ErrorModel(errorCode={code}, errorMsg={})", detail.message)
        })
        .collect();
    format!(
        "We cannot deploy because the group definition is invalid or corrupted for the following reasons: \
         {{ErrorSet(errorSet=[{}])}}",
        models.join(", ")
    )
}
