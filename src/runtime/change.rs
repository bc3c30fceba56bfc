//! A request that changes something, from the app's effect to the event with its response.

use std::collections::HashSet;

use crate::app::effect::{CreateRequest, DefineRequest, DeployRequest};
use crate::app::event::{Answered, DeploymentAnswer, Event};
use crate::domain::{
    Certainty, CreatedDefinitionVersion, CreatedVersion, ErrorKind, GroupId, ServiceError,
};
use crate::greengrass::Client;

/// The request to send.
#[derive(Debug, Clone)]
pub enum ChangeRequest {
    Create(Box<CreateRequest>),
    Define(Box<DefineRequest>),
    Deploy(Box<DeployRequest>),
}

/// The response to a request for this group.
#[derive(Debug, Clone)]
pub enum ChangeAnswer {
    Create(GroupId, Box<Answered<CreatedVersion>>),
    Define(GroupId, Answered<CreatedDefinitionVersion>),
    Deploy(GroupId, Box<DeploymentAnswer>),
}

impl ChangeRequest {
    /// The user has acknowledged that the history cannot be written.
    pub const fn may_go_unrecorded(&self) -> bool {
        match self {
            Self::Create(request) => request.may_go_unrecorded,
            Self::Define(request) => request.may_go_unrecorded,
            Self::Deploy(request) => request.may_go_unrecorded,
        }
    }

    /// The answer for a request that will surely not be sent.
    pub fn not_sent(&self, reason: &str) -> ChangeAnswer {
        match self {
            Self::Create(request) => {
                let error = ServiceError::local("CreateGroupVersion", ErrorKind::NotSent, reason);
                ChangeAnswer::Create(request.create.group.clone(), Box::new(Err(error)))
            }
            Self::Define(request) => {
                let operation = request.create.operation();
                let error = ServiceError::local(&operation, ErrorKind::NotSent, reason);
                ChangeAnswer::Define(request.group.clone(), Err(error))
            }
            Self::Deploy(request) => {
                let operation = request.deployment.operation();
                let error = ServiceError::local(operation, ErrorKind::NotSent, reason);
                let answer = DeploymentAnswer {
                    started: Err(error),
                    before: HashSet::new(),
                };
                ChangeAnswer::Deploy(request.deployment.group.clone(), Box::new(answer))
            }
        }
    }

    /// The request was not sent, because its line in the history could not be written.
    pub fn not_recorded(self, reason: String) -> Event {
        match self {
            Self::Create(request) => Event::CreateNotRecorded {
                group: request.create.group,
                reason,
            },
            Self::Define(request) => Event::CreateNotRecorded {
                group: request.group,
                reason,
            },
            Self::Deploy(request) => Event::DeploymentNotRecorded {
                group: request.deployment.group,
                reason,
            },
        }
    }
}

/// Sends it.
pub(super) async fn change(
    client: &Client,
    request: ChangeRequest,
    client_token: &str,
) -> ChangeAnswer {
    match request {
        ChangeRequest::Create(request) => {
            let CreateRequest { create, before, .. } = *request;
            let answer = client
                .create_group_version(&create, &before, client_token)
                .await;
            ChangeAnswer::Create(create.group, Box::new(answer))
        }
        ChangeRequest::Define(request) => {
            let answer = client
                .create_definition_version(&request.create, client_token)
                .await;
            ChangeAnswer::Define(request.group, answer)
        }
        ChangeRequest::Deploy(request) => {
            let answer = deploy(client, &request, client_token).await;
            ChangeAnswer::Deploy(request.deployment.group, Box::new(answer))
        }
    }
}

/// Lists the deployments first, because the effect of the request could not be recognized without that list.
async fn deploy(client: &Client, request: &DeployRequest, client_token: &str) -> DeploymentAnswer {
    let deployment = &request.deployment;
    match client.deployment_ids(&deployment.group).await {
        Ok(before) => DeploymentAnswer {
            started: client
                .start_deployment(deployment, &before, client_token)
                .await,
            before,
        },
        Err(mut error) => {
            error.certainty = Certainty::NotExecuted;
            DeploymentAnswer {
                started: Err(error),
                before: HashSet::new(),
            }
        }
    }
}
