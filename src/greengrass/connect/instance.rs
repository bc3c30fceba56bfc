//! The machine's own credential services: the instance's metadata and the container's endpoint.

use aws_config::imds;
use aws_config::provider_config::ProviderConfig;
use hyper::Uri;

use super::error::ConnectError;
use super::region::INSTANCE_TIMEOUT;
use super::settings::{Endpoint, Settings};

const METADATA_VARIABLE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";
const TASK: &str = "http://169.254.170.2";

/// The address of the metadata service, as botocore's `resolve_imds_endpoint_mode` finds it.
pub(super) fn metadata_endpoint<'a>(settings: &Settings<'a>) -> &'a str {
    if let Some(url) = settings.get(METADATA_VARIABLE, "ec2_metadata_service_endpoint") {
        return url;
    }
    let mode = settings.get(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
        "ec2_metadata_service_endpoint_mode",
    );
    let is_ipv6 = match mode {
        Some(mode) => mode.eq_ignore_ascii_case("ipv6"),
        None => settings.is_true("AWS_IMDS_USE_IPV6", "imds_use_ipv6"),
    };
    if is_ipv6 { IPV6 } else { IPV4 }
}

/// A client of the metadata service; `None` if it is disabled.
///
/// The endpoint is always given: otherwise the SDK would read the AWS files by its own rules.
pub(super) fn client(
    settings: &Settings<'_>,
    provider_config: &ProviderConfig,
) -> Result<Option<imds::Client>, ConnectError> {
    if settings.environment.is_without_instance() {
        return Ok(None);
    }
    let endpoint = Endpoint::checked(metadata_endpoint(settings), METADATA_VARIABLE)?;
    let client = imds::Client::builder()
        .configure(provider_config)
        .max_attempts(1)
        .connect_timeout(INSTANCE_TIMEOUT)
        .read_timeout(INSTANCE_TIMEOUT);
    let client = client
        .endpoint(&endpoint.url)
        .map_err(|error| ConnectError::Endpoint {
            url: endpoint.url.clone(),
            setting: endpoint.setting.clone(),
            reason: error.to_string(),
        })?;
    Ok(Some(client.build()))
}

/// The address of the container's credentials.
pub(super) fn container_endpoint<'a>(settings: &Settings<'a>) -> &'a str {
    let variable = |name| settings.environment.get(name);
    match variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
        Some(_) => TASK,
        None => variable("AWS_CONTAINER_CREDENTIALS_FULL_URI").unwrap_or(TASK),
    }
}

/// The hosts that are reached directly, whatever proxy is set.
pub(super) fn local(settings: &Settings<'_>) -> Vec<String> {
    let urls = [metadata_endpoint(settings), container_endpoint(settings)];
    urls.into_iter().filter_map(authority).collect()
}

/// The host and port of a URL.
pub(super) fn authority(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    uri.authority().map(ToString::to_string)
}
