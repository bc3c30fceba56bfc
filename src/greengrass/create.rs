//! CreateGroupVersion: sent once, and again only if the group proves that nothing happened.

use super::attempt::{FIRST_PAUSE, FailedAttempt, unproven};
use super::client::{Client, sent_once};
use super::convert;
use super::options::MAX_ATTEMPTS;
use crate::domain::arn::group_version_ids;
use crate::domain::{
    Certainty, CreateGroupVersion, CreatedVersion, DefinitionKind, ErrorKind, GroupId,
    GroupVersionId, ServiceError, VersionsBefore,
};

const OPERATION: &str = "CreateGroupVersion";

impl Client {
    /// CreateGroupVersion, with `client_token` as `X-Amzn-Client-Token`.
    ///
    /// The token does not make the call idempotent (greengrass API reference: it is "used to correlate
    /// requests and responses"), so the SDK does not retry.
    ///
    /// Two kinds of errors are retried here, with growing pauses. The request never reached a server. Or the
    /// service throttled it and the group still has the latest version in `before`.
    ///
    /// [`ServiceError::certainty`] says whether the version may exist despite an error.
    pub async fn create_group_version(
        &self,
        request: &CreateGroupVersion,
        before: &VersionsBefore,
        client_token: &str,
    ) -> Result<CreatedVersion, ServiceError> {
        Self::check_length(OPERATION, &[request.group.as_str()])?;
        if let Some(new) = request.new_versions().next() {
            let message = format!(
                "the {} version {} does not exist yet",
                new.kind(),
                new.short()
            );
            return Err(ServiceError::local(OPERATION, ErrorKind::NotSent, message));
        }
        let mut pause = FIRST_PAUSE;
        let mut attempt = 1;
        loop {
            let error = match self.create_once(request, client_token, attempt).await {
                Ok(created) => return checked(created, request, before),
                Err(FailedAttempt::Final(error)) => return Err(error),
                Err(FailedAttempt::NotSent(error)) => error,
                Err(FailedAttempt::Throttled(error)) => {
                    tokio::time::sleep(pause).await;
                    self.unmoved(&request.group, before, error).await?
                }
            };
            if attempt == MAX_ATTEMPTS {
                return Err(error);
            }
            if error.kind != ErrorKind::Throttled {
                tokio::time::sleep(pause).await;
            }
            pause *= 2;
            attempt += 1;
        }
    }

    /// Returns `error` as one without effect if the group still has its latest version from before.
    /// A throttling error alone proves nothing: a gateway may send it after the effect.
    async fn unmoved(
        &self,
        group: &GroupId,
        before: &VersionsBefore,
        mut error: ServiceError,
    ) -> Result<ServiceError, ServiceError> {
        let read = self.group(group).await;
        if read.is_ok_and(|read| read.latest == before.latest) {
            return Ok(error);
        }
        error.certainty = Certainty::Unknown;
        Err(error)
    }

    async fn create_once(
        &self,
        request: &CreateGroupVersion,
        client_token: &str,
        attempt: u32,
    ) -> Result<CreatedVersion, FailedAttempt> {
        let arn = |kind| request.slots.get(kind).map(|arn| arn.as_str().to_owned());
        let call = self
            .sdk
            .create_group_version()
            .group_id(request.group.as_str())
            .amzn_client_token(client_token)
            .set_core_definition_version_arn(arn(DefinitionKind::Core))
            .set_device_definition_version_arn(arn(DefinitionKind::Device))
            .set_function_definition_version_arn(arn(DefinitionKind::Function))
            .set_connector_definition_version_arn(arn(DefinitionKind::Connector))
            .set_resource_definition_version_arn(arn(DefinitionKind::Resource))
            .set_subscription_definition_version_arn(arn(DefinitionKind::Subscription))
            .set_logger_definition_version_arn(arn(DefinitionKind::Logger))
            .customize()
            .config_override(sent_once());
        match self.once(attempt, call.send()).await {
            Ok(answer) => Ok(convert::created_version(answer)),
            Err(error) => Err(FailedAttempt::of(OPERATION, &error)),
        }
    }
}

/// Compares a response with the request. A response about another group or version proves no effect.
fn checked(
    created: CreatedVersion,
    request: &CreateGroupVersion,
    before: &VersionsBefore,
) -> Result<CreatedVersion, ServiceError> {
    let of_arn = created
        .arn
        .as_deref()
        .and_then(|arn| group_version_ids(arn).ok());
    let (arn_group, arn_version) = of_arn.unzip();
    let version = created.version.as_deref().map(GroupVersionId::new);
    let Some(version) = version.or(arn_version.clone()) else {
        return Err(unproven(OPERATION, "the answer names no version"));
    };
    let mut groups = created
        .id
        .as_deref()
        .map(GroupId::new)
        .into_iter()
        .chain(arn_group);
    if let Some(other) = groups.find(|group| *group != request.group) {
        let message = format!("the answer is about the group {other}");
        return Err(unproven(OPERATION, message));
    }
    if arn_version.is_some_and(|of_arn| of_arn != version) {
        return Err(unproven(OPERATION, "the answer names two versions"));
    }
    if before.contains(&version) {
        let message = format!("the answer names the version {version}, which the group had before");
        return Err(unproven(OPERATION, message));
    }
    Ok(created)
}
