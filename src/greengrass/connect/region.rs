//! The current region; it is never guessed.

use std::time::Duration;

use aws_config::imds;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::provider_config::ProviderConfig;

use super::error::ConnectError;
use super::settings::Settings;

/// The timeout of the instance's metadata service, which never responds outside AWS.
pub(super) const INSTANCE_TIMEOUT: Duration = Duration::from_secs(1);

/// The region and its setting, without a request to the instance.
fn named<'a>(flag: Option<&'a str>, settings: &Settings<'a>) -> Option<(&'a str, &'static str)> {
    let variable = |name| Some((settings.environment.get(name)?, name));
    let of_profile = || Some((settings.of_profile("region")?, "region of the profile"));
    flag.map(|region| (region, "--region"))
        .or_else(|| variable("AWS_REGION"))
        .or_else(|| variable("AWS_DEFAULT_REGION"))
        .or_else(of_profile)
}

/// Fails if there is no source of a region.
pub(super) fn check(flag: Option<&str>, settings: &Settings<'_>) -> Result<(), ConnectError> {
    if named(flag, settings).is_none() && settings.environment.is_without_instance() {
        return Err(ConnectError::NoRegion);
    }
    Ok(())
}

/// Resolves the region as the AWS CLI does; the instance is the last source.
pub(super) async fn resolve(
    flag: Option<&str>,
    settings: &Settings<'_>,
    instance: Option<&imds::Client>,
    provider_config: &ProviderConfig,
) -> Result<String, ConnectError> {
    let (region, setting) = match (named(flag, settings), instance) {
        (Some((region, setting)), _) => (region.to_owned(), setting),
        (None, Some(client)) => {
            let region = of_instance(client.clone(), provider_config).await?;
            (region, "the instance's")
        }
        (None, None) => return Err(ConnectError::NoRegion),
    };
    if region.is_empty() {
        return Err(ConnectError::EmptyRegion { setting });
    }
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if region.len() > 63 || !region.bytes().all(is_plain) {
        return Err(ConnectError::Region { region, setting });
    }
    Ok(region)
}

async fn of_instance(
    client: imds::Client,
    provider_config: &ProviderConfig,
) -> Result<String, ConnectError> {
    let provider = ImdsRegionProvider::builder()
        .configure(provider_config)
        .imds_client(client)
        .build();
    let region = tokio::time::timeout(INSTANCE_TIMEOUT * 2, provider.region()).await;
    let region = region.ok().flatten().ok_or(ConnectError::NoRegion)?;
    Ok(region.to_string())
}
