//! Deployments: told of as they are in the account, and begun; nothing here ever carries one out.

use serde_json::{Value, json};

use super::answer::{Refusal, object};
use super::paging::Paging;
use super::{Answer, Call};
use crate::domain::DefinitionKind;
use crate::sandbox::account::{Deployment, DeploymentOutcome};

impl Call<'_> {
    /// Newest first, as in the sample of the developer guide (gg-troubleshooting); an unknown group has none.
    pub(super) fn list_deployments(&mut self) -> Answer {
        let scope = format!("deployments {}", self.parent);
        let paging = Paging::of_list(self.request, scope, self.pages)?;
        let newest_first = (0..).zip(self.account.deployments(self.parent));
        let newest_first = newest_first.collect::<Vec<_>>().into_iter().rev();
        let rest = newest_first
            .skip_while(|(place, _)| paging.place.is_some_and(|from| *place > from))
            .map(|(place, deployment)| (place, entry(deployment)));
        Ok(paging.answer("Deployments", rest))
    }

    pub(super) fn get_deployment_status(&mut self) -> Answer {
        let deployment = self.deployment(self.child).ok_or_else(|| {
            let deployment = self.child;
            invalid_input(format!("Deployment '{deployment}' does not exist."))
        })?;
        let error = deployment.error_message.as_ref();
        Ok(object([
            ("DeploymentStatus", Some(json!(deployment.status))),
            ("DeploymentType", Some(json!(deployment.deployment_type))),
            ("ErrorMessage", error.map(|message| json!(message))),
            ("UpdatedAt", Some(json!(deployment.updated))),
        ]))
    }

    pub(super) fn create_deployment(&mut self) -> Answer {
        let known = ["DeploymentType", "GroupVersionId", "DeploymentId"];
        let mut members = self.request.members(&known)?;
        let deployment_type = members.text("DeploymentType")?.unwrap_or_default();
        let version = match deployment_type.as_str() {
            "NewDeployment" => members
                .text("GroupVersionId")?
                .ok_or_else(|| missing_parameter("GroupVersionId"))?,
            "Redeployment" => self.deployed_version(members.text("DeploymentId")?)?,
            _ => {
                return Err(invalid_input(
                    "That deployment type is not valid. Please specify one of the following types: \
                     {NewDeployment,Redeployment}.",
                ));
            }
        };
        self.check_deployable(&version)?;
        let outcome = DeploymentOutcome {
            deployment_type: &deployment_type,
            status: "InProgress",
            error_message: None,
        };
        let target = (self.parent, version.as_str());
        let deployment = self.account.create_deployment(self.moment, target, outcome);
        let deployment = deployment.ok_or_else(|| invalid_input("The deployment is gone."))?;
        Ok(object([
            ("DeploymentArn", Some(json!(deployment.arn))),
            ("DeploymentId", Some(json!(deployment.id))),
        ]))
    }

    fn deployment(&self, id: &str) -> Option<&Deployment> {
        let of_group = self.account.deployments(self.parent);
        of_group.iter().find(|deployment| *deployment.id == *id)
    }

    fn deployed_version(&self, deployment: Option<String>) -> Result<String, Refusal> {
        let id = deployment.ok_or_else(|| missing_parameter("DeploymentId"))?;
        self.deployment(&id)
            .and_then(|deployment| deployment.group_version_arn.rsplit_once('/'))
            .map(|(_, version)| version.to_owned())
            .ok_or_else(|| invalid_input(format!("Deployment ID '{id}' is invalid.")))
    }

    fn check_deployable(&self, version: &str) -> Result<(), Refusal> {
        let not_found = |message| Refusal::new(404, "ResourceNotFoundException", message);
        let group = self.account.group(self.parent);
        let group =
            group.ok_or_else(|| not_found("That group definition does not exist.".to_owned()))?;
        let group_version = group.version(version).ok_or_else(|| {
            let parent = self.parent;
            not_found(format!(
                "Version {version} of Group Definition {parent} does not exist."
            ))
        })?;
        if group_version.holds[DefinitionKind::Core].is_some() {
            return Ok(());
        }
        let body = json!({"ErrorDetails": [{
            "DetailedErrorCode": "GG-303",
            "DetailedErrorMessage": "You need a Greengrass Core in this Group before you can deploy.",
        }]});
        Err(Refusal::new(400, "MissingCoreException", body.to_string()))
    }
}

/// One of the `Deployments`; its `GroupArn` is the ARN of the group *version*.
fn entry(deployment: &Deployment) -> Value {
    json!({
        "CreatedAt": deployment.created,
        "DeploymentArn": deployment.arn,
        "DeploymentId": deployment.id,
        "DeploymentType": deployment.deployment_type,
        "GroupArn": deployment.group_version_arn,
    })
}

fn invalid_input(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "InvalidInputException", message)
}

fn missing_parameter(name: &str) -> Refusal {
    invalid_input(format!(
        "Your request is missing the following required parameter(s): {{{name}}}."
    ))
}
