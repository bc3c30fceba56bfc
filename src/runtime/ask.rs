//! Sends one read request to the service and returns its reply.

use crate::app::effect::Request;
use crate::app::event::{Answer, Reply};
use crate::greengrass::Client;

pub async fn ask(client: Client, epoch: u32, request: Request) -> Reply {
    let answer = match request.clone() {
        Request::Identity => Answer::Identity(client.identity().await),
        Request::Groups(from) => Answer::Groups(client.groups(from).await),
        Request::Group(group) => Answer::Group(client.group(&group).await),
        Request::GroupVersions(group, from) => {
            Answer::GroupVersions(client.group_versions(&group, from).await)
        }
        Request::GroupVersion(group, version) => {
            Answer::GroupVersion(client.group_version(&group, &version).await)
        }
        Request::Definitions(kind, from) => {
            Answer::Definitions(client.definitions(kind, from).await)
        }
        Request::Definition(kind, definition) => {
            Answer::Definition(client.definition(kind, &definition).await)
        }
        Request::DefinitionVersions(kind, definition, from) => {
            Answer::DefinitionVersions(client.definition_versions(kind, &definition, from).await)
        }
        Request::Content(arn, from) => {
            Answer::Content(client.part_of_version(&arn, from).await.map(Box::new))
        }
        Request::Deployments(group, from) => {
            Answer::Deployments(client.deployments(&group, from).await)
        }
        Request::DeploymentStatus(group, deployment) => {
            Answer::DeploymentStatus(client.deployment_status(&group, &deployment).await)
        }
        Request::ServiceRole => Answer::ServiceRole(client.service_role().await),
        Request::GroupRole(group) => Answer::GroupRole(client.group_role(&group).await),
    };
    Reply {
        epoch,
        request,
        answer,
    }
}
