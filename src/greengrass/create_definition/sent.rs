//! Sends the request: the SDK has two operations for each kind, and the body is the reviewed JSON.

use aws_sdk_greengrass::config::Builder;
use aws_sdk_greengrass::config::retry::RetryConfig;
use aws_sdk_greengrass::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;

use super::unproven;
use crate::domain::{
    CreateDefinitionVersion, CreatedDefinitionVersion, DefinitionKind, DefinitionTarget,
    DefinitionVersionArn, ServiceError,
};
use crate::greengrass::attempt::Attempt;
use crate::greengrass::client::Client;
use crate::greengrass::transport::OwnAttempt;

/// The common parts of these requests.
struct SentDefinition<'a> {
    request: &'a CreateDefinitionVersion,
    token: &'a str,
    attempt: u32,
    body: String,
}

macro_rules! send {
    ($client:ident, $sent:ident, $operation:ident, $arn:ident, $target:ident: $value:expr) => {{
        let body = $sent.body;
        let call = $client
            .sdk()
            .$operation()
            .$target($value)
            .amzn_client_token($sent.token)
            .customize()
            .config_override(Builder::new().retry_config(RetryConfig::disabled()))
            .interceptor(OwnAttempt($sent.attempt))
            .mutate_request(move |request| put_body(request, &body));
        match Box::pin(call.send()).await {
            Ok(answer) => Attempt::Ended(created($sent.request, answer.$arn()).map(|arn| {
                CreatedDefinitionVersion {
                    arn,
                    request_id: answer.request_id().map(str::to_owned),
                }
            })),
            Err(error) => Attempt::failed(&$sent.request.operation(), &error),
        }
    }};
}

impl Client {
    /// Sends the request once, with exactly [`CreateDefinitionVersion::body`] as its body.
    pub(super) async fn define_once(
        &self,
        request: &CreateDefinitionVersion,
        token: &str,
        attempt: u32,
    ) -> Attempt<CreatedDefinitionVersion> {
        let sending = SentDefinition {
            request,
            token,
            attempt,
            body: request.body().to_string(),
        };
        self.turn().await;
        match (request.kind(), &request.target) {
            (DefinitionKind::Core, DefinitionTarget::Existing(id)) => send!(
                self, sending, create_core_definition_version, arn, core_definition_id: id.as_str()
            ),
            (DefinitionKind::Core, DefinitionTarget::New(name)) => send!(
                self, sending, create_core_definition, latest_version_arn, name: name
            ),
            (DefinitionKind::Device, DefinitionTarget::Existing(id)) => send!(
                self, sending, create_device_definition_version, arn, device_definition_id: id.as_str()
            ),
            (DefinitionKind::Device, DefinitionTarget::New(name)) => send!(
                self, sending, create_device_definition, latest_version_arn, name: name
            ),
            (DefinitionKind::Function, DefinitionTarget::Existing(id)) => send!(
                self, sending, create_function_definition_version, arn, function_definition_id: id.as_str()
            ),
            (DefinitionKind::Function, DefinitionTarget::New(name)) => send!(
                self, sending, create_function_definition, latest_version_arn, name: name
            ),
            (DefinitionKind::Connector, DefinitionTarget::Existing(id)) => send!(
                self, sending, create_connector_definition_version, arn, connector_definition_id: id.as_str()
            ),
            (DefinitionKind::Connector, DefinitionTarget::New(name)) => send!(
                self, sending, create_connector_definition, latest_version_arn, name: name
            ),
            (DefinitionKind::Resource, DefinitionTarget::Existing(id)) => send!(
                self, sending, create_resource_definition_version, arn, resource_definition_id: id.as_str()
            ),
            (DefinitionKind::Resource, DefinitionTarget::New(name)) => send!(
                self, sending, create_resource_definition, latest_version_arn, name: name
            ),
            (DefinitionKind::Subscription, DefinitionTarget::Existing(id)) => send!(
                self, sending, create_subscription_definition_version, arn, subscription_definition_id: id.as_str()
            ),
            (DefinitionKind::Subscription, DefinitionTarget::New(name)) => send!(
                self, sending, create_subscription_definition, latest_version_arn, name: name
            ),
            (DefinitionKind::Logger, DefinitionTarget::Existing(id)) => send!(
                self, sending, create_logger_definition_version, arn, logger_definition_id: id.as_str()
            ),
            (DefinitionKind::Logger, DefinitionTarget::New(name)) => send!(
                self, sending, create_logger_definition, latest_version_arn, name: name
            ),
        }
    }
}

/// Replaces the body before the request is signed.
fn put_body(request: &mut HttpRequest, body: &str) {
    let headers = request.headers_mut();
    headers.insert("content-length", body.len().to_string());
    headers.insert("content-type", "application/json");
    *request.body_mut() = SdkBody::from(body);
}

/// The version in a response, if it can be the effect of the request.
fn created(
    request: &CreateDefinitionVersion,
    arn: Option<&str>,
) -> Result<DefinitionVersionArn, ServiceError> {
    let text = arn.ok_or_else(|| unproven(request, "the answer names no version"))?;
    let arn: DefinitionVersionArn = text
        .parse()
        .map_err(|error| unproven(request, &format!("the answer names {text:?}: {error}")))?;
    let is_of_target = match &request.target {
        DefinitionTarget::Existing(id) => arn.definition() == id.as_str(),
        DefinitionTarget::New(_) => true,
    };
    if arn.kind() == request.kind() && is_of_target {
        Ok(arn)
    } else {
        Err(unproven(request, &format!("the answer is about {arn}")))
    }
}
