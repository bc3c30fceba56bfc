//! Which region is meant; none is ever made up.

use std::time::Duration;

use aws_config::environment::EnvironmentVariableRegionProvider;
use aws_config::imds;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::meta::region::ProvideRegion;
use aws_config::profile::ProfileSet;
use aws_config::provider_config::ProviderConfig;
use aws_sdk_greengrass::config::SharedHttpClient;

use super::ConnectError;

/// How long the instance's metadata service is waited for; off an instance it never answers.
const INSTANCE_PATIENCE: Duration = Duration::from_secs(1);

pub(super) async fn resolve(
    flag: Option<String>,
    files: &ProfileSet,
    http_client: &SharedHttpClient,
) -> Result<String, ConnectError> {
    let named = match flag {
        Some(region) => Some(region),
        None => EnvironmentVariableRegionProvider::new()
            .region()
            .await
            .map(|region| region.to_string())
            .or_else(|| files.get("region").map(str::to_owned)),
    };
    let region = match named {
        Some(region) => region,
        None => of_instance(http_client)
            .await
            .ok_or(ConnectError::NoRegion)?,
    };
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if region.is_empty() || region.len() > 63 || !region.bytes().all(is_plain) {
        return Err(ConnectError::Region(region));
    }
    Ok(region)
}

async fn of_instance(http_client: &SharedHttpClient) -> Option<String> {
    let config = ProviderConfig::default().with_http_client(http_client.clone());
    let client = imds::Client::builder()
        .configure(&config)
        .max_attempts(1)
        .connect_timeout(INSTANCE_PATIENCE)
        .read_timeout(INSTANCE_PATIENCE)
        .build();
    let provider = ImdsRegionProvider::builder()
        .configure(&config)
        .imds_client(client)
        .build();
    let region = tokio::time::timeout(INSTANCE_PATIENCE * 2, provider.region()).await;
    region.ok().flatten().map(|region| region.to_string())
}
