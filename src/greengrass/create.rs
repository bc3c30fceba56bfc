//! CreateGroupVersion: sent once, and again only where the first one surely had no effect.

use std::error::Error;
use std::time::Duration;

use aws_sdk_greengrass::config::Builder;
use aws_sdk_greengrass::config::retry::RetryConfig;
use aws_sdk_greengrass::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::client::Client;
use super::convert;
use super::explain::{explain, may_pass};
use super::options::MAX_ATTEMPTS;
use super::transport::OwnAttempt;
use crate::domain::{
    Certainty, CreateGroupVersion, CreatedVersion, DefinitionKind, ServiceError, Trouble,
};

const OPERATION: &str = "CreateGroupVersion";

/// The wait before the second attempt; each further one waits twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

impl Client {
    /// CreateGroupVersion, with `client_token` as `X-Amzn-Client-Token`.
    ///
    /// The token does not make the call idempotent (greengrass API reference: it is "used to
    /// correlate requests and responses"), so the SDK does not try again. This does, with growing
    /// pauses, after an error that proves that nothing happened and may pass: throttling, or no
    /// connection. [`ServiceError::certainty`] says whether the version may exist in spite of an error.
    pub async fn create_group_version(
        &self,
        request: &CreateGroupVersion,
        client_token: &str,
    ) -> Result<CreatedVersion, ServiceError> {
        let mut pause = FIRST_PAUSE;
        let mut attempt = 1;
        loop {
            match self.create_once(request, client_token, attempt).await {
                Attempt::MayBeRepeated(_) if attempt < MAX_ATTEMPTS => {
                    tokio::time::sleep(pause).await;
                    pause *= 2;
                    attempt += 1;
                }
                Attempt::MayBeRepeated(error) => return Err(error),
                Attempt::Ended(outcome) => return outcome,
            }
        }
    }

    async fn create_once(
        &self,
        request: &CreateGroupVersion,
        client_token: &str,
        attempt: u32,
    ) -> Attempt {
        let arn = |kind| request.slots.get(kind).map(|arn| arn.as_str().to_owned());
        let call = self
            .sdk()
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
            .config_override(Builder::new().retry_config(RetryConfig::disabled()))
            .interceptor(OwnAttempt(attempt));
        self.turn().await;
        match Box::pin(call.send()).await {
            Ok(answer) => Attempt::Ended(named(convert::created_version(answer))),
            Err(error) => Attempt::failed(&error),
        }
    }
}

/// How one attempt ended.
enum Attempt {
    Ended(Result<CreatedVersion, ServiceError>),
    /// It surely had no effect, and the next one may.
    MayBeRepeated(ServiceError),
}

impl Attempt {
    /// Neither a certificate that is not trusted nor a proxy that wants a password passes by itself.
    fn failed<E: Error + 'static>(error: &SdkError<E, HttpResponse>) -> Self {
        let explained = explain(OPERATION, error);
        let is_throttled = explained.trouble == Trouble::Throttled;
        if explained.certainty == Certainty::NotExecuted && (is_throttled || may_pass(error)) {
            Self::MayBeRepeated(explained)
        } else {
            Self::Ended(Err(explained))
        }
    }
}

fn named(created: CreatedVersion) -> Result<CreatedVersion, ServiceError> {
    if created.version.is_none() && created.arn.is_none() {
        return Err(names_no_version());
    }
    Ok(created)
}

/// An answer that names no version is no proof that there is one.
fn names_no_version() -> ServiceError {
    let message = "the answer names no version";
    let mut error = ServiceError::local(OPERATION, Trouble::Unreadable, message);
    error.certainty = Certainty::Unknown;
    error
}
