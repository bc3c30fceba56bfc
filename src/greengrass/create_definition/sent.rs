//! Sends the request: the SDK has two operations for each kind, and the body is the reviewed JSON.

use aws_sdk_greengrass::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;

use crate::domain::{
    CreateDefinitionVersion, CreatedDefinitionVersion, DefinitionKind, DefinitionTarget,
    DefinitionVersionArn, ServiceError,
};
use crate::greengrass::attempt::{FailedAttempt, unproven};
use crate::greengrass::client::{Client, sent_once};

impl Client {
    /// Sends the request once, with exactly [`CreateDefinitionVersion::body`] as its body.
    pub(super) async fn define_once(
        &self,
        request: &CreateDefinitionVersion,
        token: &str,
        attempt: u32,
    ) -> Result<CreatedDefinitionVersion, FailedAttempt> {
        macro_rules! send {
            ($call:expr, $arn:ident) => {{
                let body = request.body().to_string();
                let call = $call
                    .amzn_client_token(token)
                    .customize()
                    .config_override(sent_once())
                    .mutate_request(move |request| put_body(request, &body));
                let answer = self.once(attempt, call.send()).await;
                let answer =
                    answer.map_err(|error| FailedAttempt::of(&request.operation(), &error))?;
                let request_id = answer.request_id().map(str::to_owned);
                (answer.$arn, request_id)
            }};
        }
        macro_rules! create {
            ($create_version:ident, $set_id:ident, $create:ident) => {
                match &request.target {
                    DefinitionTarget::Existing(id) => {
                        send!(self.sdk.$create_version().$set_id(id.as_str()), arn)
                    }
                    DefinitionTarget::New(name) => {
                        send!(self.sdk.$create().name(name), latest_version_arn)
                    }
                }
            };
        }
        let (arn, request_id) = match request.kind() {
            DefinitionKind::Core => create!(
                create_core_definition_version,
                core_definition_id,
                create_core_definition
            ),
            DefinitionKind::Device => create!(
                create_device_definition_version,
                device_definition_id,
                create_device_definition
            ),
            DefinitionKind::Function => create!(
                create_function_definition_version,
                function_definition_id,
                create_function_definition
            ),
            DefinitionKind::Connector => create!(
                create_connector_definition_version,
                connector_definition_id,
                create_connector_definition
            ),
            DefinitionKind::Resource => create!(
                create_resource_definition_version,
                resource_definition_id,
                create_resource_definition
            ),
            DefinitionKind::Subscription => create!(
                create_subscription_definition_version,
                subscription_definition_id,
                create_subscription_definition
            ),
            DefinitionKind::Logger => create!(
                create_logger_definition_version,
                logger_definition_id,
                create_logger_definition
            ),
        };
        let arn = created(request, arn.as_deref()).map_err(FailedAttempt::Final)?;
        Ok(CreatedDefinitionVersion { arn, request_id })
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
    let unproven = |message: String| unproven(&request.operation(), message);
    let text = arn.ok_or_else(|| unproven("the answer names no version".to_owned()))?;
    let arn: DefinitionVersionArn = text
        .parse()
        .map_err(|error| unproven(format!("the answer names {text:?}: {error}")))?;
    let is_of_target = match &request.target {
        DefinitionTarget::Existing(id) => arn.definition() == id.as_str(),
        DefinitionTarget::New(_) => true,
    };
    if arn.kind() == request.kind() && is_of_target {
        Ok(arn)
    } else {
        Err(unproven(format!("the answer is about {arn}")))
    }
}
