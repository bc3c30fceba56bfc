//! CreateDeployment and ResetDeployments: repeated with the same token only if ListDeployments shows no
//! effect.

use std::collections::HashSet;
use std::time::Duration;

use aws_sdk_greengrass::operation::RequestId;
use aws_sdk_greengrass::types::DeploymentType;
use tokio::time::Instant;

use super::attempt::{FIRST_PAUSE, unproven};
use super::client::{Client, sent_once};
use super::explain::explain;
use super::pages::read_all;
use crate::domain::{
    Certainty, Deployment, DeploymentAction, DeploymentId, DeploymentRequest, ErrorKind, GroupId,
    ServiceError, StartedDeployment,
};

/// The maximum number of times that a request is sent, within [`SENT_WITHIN`].
const MAX_SENDS: u32 = 3;
const SENT_WITHIN: Duration = Duration::from_mins(1);

impl Client {
    /// Starts a deployment or a reset, with `client_token` as `X-Amzn-Client-Token`.
    ///
    /// CreateDeployment is idempotent by token and parameters (API reference), but not on every server. So
    /// the deployments are listed after each uncertain response. A matching one that is not in `before` is
    /// the effect.
    ///
    /// [`ServiceError::certainty`] says whether it may exist despite an error.
    pub async fn start_deployment(
        &self,
        request: &DeploymentRequest,
        before: &HashSet<DeploymentId>,
        client_token: &str,
    ) -> Result<StartedDeployment, ServiceError> {
        Self::check_length(request.operation(), &[request.group.as_str()])?;
        let until = Instant::now() + SENT_WITHIN;
        let mut pause = FIRST_PAUSE;
        let mut is_doubtful = false;
        let mut sends = 1;
        loop {
            let sent = self.send_deployment(request, client_token, sends).await;
            let mut error = match sent {
                Ok(started) if before.contains(&started.id) => {
                    let message = "the answer names a deployment that the group had before";
                    unproven(request.operation(), message)
                }
                Ok(started) => return Ok(started),
                Err(error) => error,
            };
            is_doubtful |= error.certainty == Certainty::Unknown;
            let is_concurrent = error.is_concurrent_deployment();
            let may_pass = error.is_transient || error.kind == ErrorKind::Throttled;
            if !is_doubtful && !is_concurrent && !may_pass {
                return Err(error);
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
            match self.effect_of(request, before, until).await {
                Ok(Some(id)) => {
                    return Ok(StartedDeployment {
                        id,
                        arn: None,
                        attempt: Some(sends),
                        request_id: None,
                    });
                }
                Ok(None) => {}
                Err(_) => is_doubtful = true,
            }
            sends += 1;
            if is_concurrent || sends > MAX_SENDS || Instant::now() >= until {
                if is_doubtful {
                    error.certainty = Certainty::Unknown;
                }
                return Err(error);
            }
        }
    }

    /// The ids of all deployments that the group has, resets included.
    pub async fn deployment_ids(
        &self,
        group: &GroupId,
    ) -> Result<HashSet<DeploymentId>, ServiceError> {
        let until = Instant::now() + SENT_WITHIN;
        let is_throttled = |error: &ServiceError| error.kind == ErrorKind::Throttled;
        let listed = self.listed(group, until, is_throttled).await?;
        Ok(listed.into_iter().map(|one| one.id).collect())
    }

    /// All deployments of a group; a transient error is retried.
    async fn listed(
        &self,
        group: &GroupId,
        until: Instant,
        may_pass: fn(&ServiceError) -> bool,
    ) -> Result<Vec<Deployment>, ServiceError> {
        let mut pause = FIRST_PAUSE;
        loop {
            match read_all("ListDeployments", |from| self.deployments(group, from)).await {
                Err(error) if may_pass(&error) && Instant::now() + pause < until => {
                    tokio::time::sleep(pause).await;
                    pause *= 2;
                }
                ended => return ended,
            }
        }
    }

    /// The deployment that the request has started, if it is listed. A failed list is retried.
    async fn effect_of(
        &self,
        request: &DeploymentRequest,
        before: &HashSet<DeploymentId>,
        until: Instant,
    ) -> Result<Option<DeploymentId>, ServiceError> {
        let listed = self.listed(&request.group, until, |_| true).await?;
        let effect = listed
            .into_iter()
            .find(|one| request.is_like(one) && !before.contains(&one.id));
        Ok(effect.map(|found| found.id))
    }

    async fn send_deployment(
        &self,
        request: &DeploymentRequest,
        client_token: &str,
        attempt: u32,
    ) -> Result<StartedDeployment, ServiceError> {
        let group = request.group.as_str();
        let operation = request.operation();
        macro_rules! send {
            ($call:expr) => {{
                let call = $call
                    .group_id(group)
                    .amzn_client_token(client_token)
                    .customize()
                    .config_override(sent_once());
                let answer = self.once(attempt, call.send()).await;
                let answer = answer.map_err(|error| explain(operation, &error))?;
                let request_id = answer.request_id().map(str::to_owned);
                (answer.deployment_id, answer.deployment_arn, request_id)
            }};
        }
        let (id, arn, request_id) = match &request.action {
            DeploymentAction::Deploy(version) => {
                let call = self.sdk.create_deployment();
                let call = call.deployment_type(DeploymentType::NewDeployment);
                send!(call.group_version_id(version.as_str()))
            }
            DeploymentAction::Reset { force } => send!(self.sdk.reset_deployments().force(*force)),
        };
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            return Err(unproven(operation, "the answer names no deployment"));
        };
        Ok(StartedDeployment {
            id: DeploymentId::new(id),
            arn: arn.filter(|arn| !arn.is_empty()),
            attempt: Some(attempt),
            request_id,
        })
    }
}
