//! A request that changes something, from the app's effect to the event with its response.

use std::collections::HashSet;

use super::files::history::OutcomeKind;
use crate::app::effect::{CreateRequest, DefineRequest, DeployRequest};
use crate::app::event::{DeploymentAnswer, Event};
use crate::domain::{Certainty, ErrorKind, GroupId, ServiceError};
use crate::greengrass::Client;

#[derive(Debug, Clone)]
pub enum ChangeRequest {
    Create(Box<CreateRequest>),
    Define(Box<DefineRequest>),
    Deploy(Box<DeployRequest>),
}

/// The outcome of a request for the history: the id in the response, and the result.
pub type RequestOutcome = (Option<String>, OutcomeKind);

impl ChangeRequest {
    pub const fn group(&self) -> &GroupId {
        match self {
            Self::Create(request) => &request.create.group,
            Self::Define(request) => &request.group,
            Self::Deploy(request) => &request.deployment.group,
        }
    }

    pub fn caller(&self) -> Option<&str> {
        match self {
            Self::Create(request) => request.caller.as_deref(),
            Self::Define(request) => request.caller.as_deref(),
            Self::Deploy(request) => request.caller.as_deref(),
        }
    }

    /// The user has acknowledged that the history cannot be written.
    pub const fn may_go_unrecorded(&self) -> bool {
        match self {
            Self::Create(request) => request.may_go_unrecorded,
            Self::Define(request) => request.may_go_unrecorded,
            Self::Deploy(request) => request.may_go_unrecorded,
        }
    }

    /// The outcome of a request that will surely not be sent.
    pub fn not_sent(&self, reason: &str) -> RequestOutcome {
        let operation = match self {
            Self::Create(_) => "CreateGroupVersion".to_owned(),
            Self::Define(request) => request.create.operation(),
            Self::Deploy(request) => request.deployment.operation().to_owned(),
        };
        not_done(&ServiceError::local(&operation, ErrorKind::NotSent, reason))
    }

    /// The request was not sent, because its line in the history could not be written.
    pub fn not_recorded(&self, reason: String) -> Event {
        let group = self.group().clone();
        match self {
            Self::Create(_) | Self::Define(_) => Event::CreateNotRecorded { group, reason },
            Self::Deploy(_) => Event::DeploymentNotRecorded { group, reason },
        }
    }
}

/// Sends it; returns its outcome, and the event with the response.
pub(super) async fn change(
    client: &Client,
    request: ChangeRequest,
    client_token: &str,
) -> (RequestOutcome, Event) {
    let group = request.group().clone();
    match request {
        ChangeRequest::Create(request) => {
            let CreateRequest { create, before, .. } = *request;
            let answer = client
                .create_group_version(&create, &before, client_token)
                .await;
            let outcome = answer.as_ref().map_or_else(not_done, |created| {
                let (version, arn) = (created.version.clone(), created.arn.clone());
                let result = OutcomeKind::Created { version, arn };
                (created.request_id.clone(), result)
            });
            (outcome, Event::CreateAnswered { group, answer })
        }
        ChangeRequest::Define(request) => {
            let answer = client
                .create_definition_version(&request.create, client_token)
                .await;
            let outcome = answer.as_ref().map_or_else(not_done, |created| {
                let version = Some(created.arn.version().to_owned());
                let arn = Some(created.arn.to_string());
                let result = OutcomeKind::Created { version, arn };
                (created.request_id.clone(), result)
            });
            let answer = answer.map(Some);
            (outcome, Event::DefinitionAnswered { group, answer })
        }
        ChangeRequest::Deploy(request) => {
            let answer = Box::new(deploy(client, &request, client_token).await);
            let outcome = answer.started.as_ref().map_or_else(not_done, |started| {
                let deployment = started.id.to_string();
                let result = OutcomeKind::Started { deployment };
                (started.request_id.clone(), result)
            });
            (outcome, Event::DeploymentAnswered { group, answer })
        }
    }
}

fn not_done(error: &ServiceError) -> RequestOutcome {
    let message = error.to_string();
    let result = match error.certainty {
        Certainty::NotExecuted => OutcomeKind::Failed { message },
        Certainty::Unknown => OutcomeKind::Unknown { message },
    };
    (error.request_id.clone(), result)
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
