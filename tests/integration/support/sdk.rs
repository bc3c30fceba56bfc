//! The real SDK over a sandbox, with a minimal configuration.

use aws_sdk_greengrass::config::retry::RetryConfig;
use aws_sdk_greengrass::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_greengrass::error::{ProvideErrorMetadata, SdkError};
use greengroup::sandbox::{ApiRequest, Sandbox};
use serde_json::Value;

/// A Greengrass client without retries.
pub(crate) fn greengrass(sandbox: &Sandbox) -> aws_sdk_greengrass::Client {
    let config = aws_sdk_greengrass::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials())
        .retry_config(RetryConfig::disabled())
        .http_client(sandbox.http_client())
        .build();
    aws_sdk_greengrass::Client::from_conf(config)
}

/// An STS client without retries.
pub(crate) fn sts(sandbox: &Sandbox) -> aws_sdk_sts::Client {
    let config = aws_sdk_sts::Config::builder()
        .behavior_version(aws_sdk_sts::config::BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials())
        .http_client(sandbox.http_client())
        .build();
    aws_sdk_sts::Client::from_conf(config)
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "secret", None, None, "tests")
}

/// HTTP status, code and message of an error response.
pub(crate) fn refusal<E>(error: &SdkError<E>) -> (u16, String, String)
where
    E: ProvideErrorMetadata,
{
    let status = error.raw_response().expect("an answer").status().as_u16();
    let service = error.as_service_error().expect("a refusal");
    let metadata = service.meta();
    (
        status,
        metadata.code().unwrap_or_default().to_owned(),
        metadata.message().unwrap_or_default().to_owned(),
    )
}

/// The JSON response to a request, without the SDK.
pub(crate) async fn ask(sandbox: &Sandbox, method: &str, path: &str, body: &Value) -> Value {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let request = ApiRequest {
        method,
        path,
        query: None,
        client_token: None,
        body: body.as_bytes(),
    };
    let answer = sandbox.handle(request).await.unwrap();
    serde_json::from_slice(&answer.body).unwrap()
}
