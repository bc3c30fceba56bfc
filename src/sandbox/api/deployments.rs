//! Deployments: create, list, reset, and the status, which changes over time.

use serde_json::{Map, Value, json};

use super::answer::{Refusal, object};
use super::paging::Paging;
use super::{OperationCall, OperationResult, deployable};
use crate::domain::DefinitionKind;
use crate::sandbox::account::{AccountDeployment, DeploymentOutcome, GroupSlots, NewDeployment};

/// The tag of a group whose core is offline.
const CORE_TAG: (&str, &str) = ("greengroup:core", "offline");

impl OperationCall<'_> {
    /// Newest first, as in the sample of the developer guide (gg-troubleshooting); an unknown group has none.
    pub(super) fn list_deployments(&mut self) -> OperationResult {
        let scope = format!("deployments {}", self.parent);
        let paging = Paging::of_list(self.request, scope, self.pages)?;
        let deployments = self.account.deployments(self.parent).iter().map(entry);
        Ok(paging.answer("Deployments", paging.newest_first(deployments)))
    }

    pub(super) fn get_deployment_status(&mut self) -> OperationResult {
        let deployment = self.deployment(self.child).ok_or_else(|| {
            let deployment = self.child;
            invalid_input(format!("Deployment '{deployment}' does not exist."))
        })?;
        let status = deployment.status_at(self.moment.now);
        let details = (!status.error_details.is_empty()).then_some(status.error_details);
        Ok(object(json!({
            "DeploymentStatus": status.status,
            "DeploymentType": deployment.deployment_type,
            "ErrorDetails": details,
            "ErrorMessage": status.error_message,
            "UpdatedAt": status.updated,
        })))
    }

    pub(super) fn create_deployment(&mut self) -> OperationResult {
        let known = ["DeploymentType", "GroupVersionId", "DeploymentId"];
        let mut members = self.request.members(&known)?;
        let deployment_type = members.text("DeploymentType")?.unwrap_or_default();
        let version = match deployment_type.as_str() {
            "NewDeployment" => members
                .text("GroupVersionId")?
                .ok_or_else(|| missing_parameter("GroupVersionId"))?,
            "Redeployment" => self.deployed_version(members.text("DeploymentId")?)?,
            _ => {
                // Two spaces, as in the tests of moto, which copied the text from the service.
                return Err(invalid_input(
                    "That deployment type is not valid.  Please specify one of the following types: \
                     {NewDeployment,Redeployment,ResetDeployment,ForceResetDeployment}.",
                ));
            }
        };
        let slots = self.deployable_slots(&version)?;
        if let Some(same) = self.same_request(&deployment_type, &version) {
            return Ok(created(same));
        }
        self.check_not_active("a new deployment")?;
        let findings = deployable::errors(self.account, &slots);
        let outcome = if findings.is_empty() {
            self.outcome_at_core()
        } else {
            DeploymentOutcome::Fails(findings)
        };
        self.add(&deployment_type, Some(&version), outcome)
    }

    /// `--force` resets without waiting for the core (AWS CLI example of `reset-deployments`), whatever the
    /// state.
    pub(super) fn reset_deployments(&mut self) -> OperationResult {
        let force = self.request.members(&["Force"])?.flag("Force")?;
        if self.account.group(self.parent).is_none() {
            return Err(not_found("That Group Definition does not exist."));
        }
        if force == Some(true) {
            let outcome = DeploymentOutcome::SucceedsAtOnce;
            return self.add("ForceResetDeployment", None, outcome);
        }
        self.check_not_active("a reset")?;
        let last = self.account.deployments(self.parent).last();
        if last.is_none_or(AccountDeployment::is_reset) {
            let group = self.parent;
            return Err(not_found(format!(
                "Group id: {group} has not been deployed or has already been reset."
            )));
        }
        self.add("ResetDeployment", None, self.outcome_at_core())
    }

    /// Whether the core may have a deployment: the newest one that did not fail is not a completed reset.
    pub(super) fn is_deployed(&self) -> bool {
        let now = self.moment.now;
        let newest_first = self.account.deployments(self.parent).iter().rev();
        let mut not_failed = newest_first.map(|one| (one, one.status_at(now)));
        let last = not_failed.find(|(_, status)| status.status != "Failure");
        last.is_some_and(|(deployment, status)| !deployment.is_reset() || status.is_active())
    }

    /// Adds a deployment, or a reset if `version` is `None`.
    fn add(
        &mut self,
        deployment_type: &str,
        version: Option<&str>,
        outcome: DeploymentOutcome,
    ) -> OperationResult {
        let new = NewDeployment {
            deployment_type,
            version,
            outcome,
            client_token: self.request.client_token,
        };
        self.account
            .create_deployment(self.moment, self.parent, new)
            .map(created)
            .ok_or_else(|| not_found("That group definition does not exist."))
    }

    fn deployment(&self, id: &str) -> Option<&AccountDeployment> {
        let of_group = self.account.deployments(self.parent);
        of_group.iter().find(|deployment| *deployment.id == *id)
    }

    /// CreateDeployment is idempotent by its token and its parameters (API reference).
    fn same_request(&self, deployment_type: &str, version: &str) -> Option<&AccountDeployment> {
        let token = self.request.client_token?;
        let of_group = self.account.deployments(self.parent).iter().rev();
        let mut with_token = of_group.filter(|one| one.client_token.as_deref() == Some(token));
        with_token.find(|one| {
            *one.deployment_type == *deployment_type && version_of(one) == Some(version)
        })
    }

    /// An active deployment causes `ConcurrentDeployment` for another one (developer guide,
    /// gg-troubleshooting). No source documents the status and the text.
    fn check_not_active(&self, refused: &str) -> Result<(), Refusal> {
        let last = self.account.deployments(self.parent).last();
        let with_status = last.map(|last| (&last.id, last.status_at(self.moment.now)));
        let Some((id, at)) = with_status.filter(|(_, at)| at.is_active()) else {
            return Ok(());
        };
        let message = format!(
            "Deployment {id} is {}; {refused} must wait until it has ended, or reset the group with Force.",
            at.status
        );
        Err(Refusal::new(400, "ConcurrentDeployment", message))
    }

    fn deployed_version(&self, deployment: Option<String>) -> Result<String, Refusal> {
        let id = deployment.ok_or_else(|| missing_parameter("DeploymentId"))?;
        self.deployment(&id)
            .filter(|deployment| !deployment.is_reset())
            .and_then(version_of)
            .map(str::to_owned)
            .ok_or_else(|| invalid_input(format!("Deployment ID '{id}' is invalid.")))
    }

    /// The slots of a version that has a core whose definition exists.
    fn deployable_slots(&self, version: &str) -> Result<GroupSlots, Refusal> {
        let group = self.account.group(self.parent);
        let group = group.ok_or_else(|| not_found("That group definition does not exist."))?;
        let group_version = group.version(version).ok_or_else(|| {
            let parent = self.parent;
            not_found(format!(
                "Version {version} of Group Definition {parent} does not exist."
            ))
        })?;
        let core = group_version.holds[DefinitionKind::Core].as_deref();
        let exists = |arn: &str| {
            self.account
                .definition_version(DefinitionKind::Core, arn)
                .is_some()
        };
        if core.is_some_and(exists) {
            return Ok(group_version.holds.clone());
        }
        let body = json!({"ErrorDetails": [{
            "DetailedErrorCode": "GG-303",
            "DetailedErrorMessage": "You need a Greengrass Core in this Group before you can deploy.",
        }]});
        Err(Refusal::new(400, "MissingCoreException", body.to_string()))
    }

    /// The outcome of a deployment that the service accepts.
    fn outcome_at_core(&self) -> DeploymentOutcome {
        let (key, value) = CORE_TAG;
        let group = self.account.group(self.parent);
        let tag = group.and_then(|group| group.metadata().tags.get(key));
        if tag.is_some_and(|tag| tag == value) {
            DeploymentOutcome::StaysInProgress
        } else {
            DeploymentOutcome::Succeeds
        }
    }
}

/// The id of the deployed group version.
fn version_of(deployment: &AccountDeployment) -> Option<&str> {
    let (_, version) = deployment.group_version_arn.rsplit_once('/')?;
    Some(version)
}

fn created(deployment: &AccountDeployment) -> Map<String, Value> {
    object(json!({"DeploymentArn": deployment.arn, "DeploymentId": deployment.id}))
}

/// One of the `Deployments`.
fn entry(deployment: &AccountDeployment) -> Value {
    json!({
        "CreatedAt": deployment.created,
        "DeploymentArn": deployment.arn,
        "DeploymentId": deployment.id,
        "DeploymentType": deployment.deployment_type,
        "GroupArn": deployment.group_version_arn,
    })
}

fn not_found(message: impl Into<String>) -> Refusal {
    Refusal::new(404, "ResourceNotFoundException", message)
}

fn invalid_input(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "InvalidInputException", message)
}

fn missing_parameter(name: &str) -> Refusal {
    invalid_input(format!(
        "Your request is missing the following required parameter(s): {{{name}}}."
    ))
}
