//! The machine's own credential services: the instance's metadata and the container's endpoint.

use aws_config::imds;
use aws_config::provider_config::ProviderConfig;
use hyper::Uri;

use super::error::ConnectError;
use super::region::INSTANCE_TIMEOUT;
use super::settings::{Endpoint, Settings};

const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";
const TASK: &str = "http://169.254.170.2";

/// The address of the metadata service, as botocore's `resolve_imds_endpoint_mode` finds it.
pub(super) fn metadata_endpoint(settings: &Settings<'_>) -> (&'static str, String) {
    const VARIABLE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    if let Some(url) = settings.get(VARIABLE, "ec2_metadata_service_endpoint") {
        return (VARIABLE, url.to_owned());
    }
    let mode = settings.get(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
        "ec2_metadata_service_endpoint_mode",
    );
    let is_ipv6 = match mode {
        Some(mode) => mode.eq_ignore_ascii_case("ipv6"),
        None => settings.is_true("AWS_IMDS_USE_IPV6", "imds_use_ipv6"),
    };
    let url = if is_ipv6 { IPV6 } else { IPV4 };
    (VARIABLE, url.to_owned())
}

/// A client of the metadata service; `None` if it is disabled.
///
/// The endpoint is always given: otherwise the SDK would read the AWS files by its own rules.
pub(super) fn client(
    settings: &Settings<'_>,
    provider_config: &ProviderConfig,
) -> Result<Option<imds::Client>, ConnectError> {
    if settings.is_without_instance() {
        return Ok(None);
    }
    let (setting, url) = metadata_endpoint(settings);
    let endpoint = Endpoint::checked(&url, setting)?;
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
pub(super) fn container_endpoint(settings: &Settings<'_>) -> String {
    let environment = settings.environment;
    match environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
        Some(_) => TASK.to_owned(),
        None => environment
            .get("AWS_CONTAINER_CREDENTIALS_FULL_URI")
            .unwrap_or(TASK)
            .to_owned(),
    }
}

/// The hosts that are reached directly, whatever proxy is set.
pub(super) fn local(settings: &Settings<'_>) -> Vec<String> {
    let (_, metadata) = metadata_endpoint(settings);
    [metadata, container_endpoint(settings)]
        .iter()
        .filter_map(|url| authority(url))
        .collect()
}

/// The host and port of a URL.
pub(super) fn authority(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    uri.authority().map(ToString::to_string)
}
