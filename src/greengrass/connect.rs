//! From flags, environment and AWS's files to a connected client.

mod credentials;
mod http;

mod profiles;
mod region;

use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_greengrass::config::SharedHttpClient;
use aws_types::service_config::ServiceConfigKey;

use super::client::Client;
use super::options::ClientOptions;
use crate::domain::Timestamp;
use credentials::{Expiry, Watched};

pub use profiles::profiles;

/// Where to connect to, and how.
#[derive(Debug, Clone, Default)]
pub struct ConnectOptions {
    /// Instead of `AWS_PROFILE`.
    pub profile: Option<String>,
    /// Instead of `AWS_REGION`, the profile's region and that of the instance.
    pub region: Option<String>,
    /// Greengrass's endpoint, instead of `AWS_ENDPOINT_URL_GREENGRASS`, `AWS_ENDPOINT_URL` and the profile's.
    pub endpoint_url: Option<String>,
    pub client: ClientOptions,
}

/// Why there is no client: wrong or missing configuration. Nothing was sent to the service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    #[error(
        "the endpoint {url:?} is no URL ({reason}); write it as https://HOST or http://HOST:PORT"
    )]
    Endpoint { url: String, reason: String },
    #[error("there is no profile {name:?} in the AWS configuration; {}", known_profiles(.known))]
    UnknownProfile { name: String, known: Vec<String> },
    #[error("the AWS configuration cannot be read: {0}")]
    Files(String),
    #[error("no region is set; use --region, AWS_REGION, or region = … in the profile")]
    NoRegion,
    #[error("{0:?} is not a region; regions look like eu-central-1")]
    Region(String),
    #[error("the certificates in {path:?} (AWS_CA_BUNDLE, ca_bundle) cannot be used: {reason}")]
    Certificates { path: String, reason: String },
}

fn known_profiles(known: &[String]) -> String {
    if known.is_empty() {
        "there are none at all".to_owned()
    } else {
        format!("there are {}", known.join(", "))
    }
}

/// A client, and what it is connected to.
#[derive(Debug, Clone)]
pub struct Connection {
    pub client: Client,
    /// Absent where no profile is involved.
    pub profile: Option<String>,
    pub region: String,
    /// Present when it is not AWS's own for the region.
    pub endpoint: Option<String>,
    expiry: Expiry,
}

impl Connection {
    /// When the credentials used last stop being valid; absent before the first call, and for
    /// credentials without an end. Reading them again is connecting again.
    pub fn credentials_expiry(&self) -> Option<Timestamp> {
        self.expiry.get()
    }
}

/// Resolves configuration as the AWS CLI does: flag, then environment, then profile, then instance.
///
/// No request goes to Greengrass or STS; the instance's metadata service is asked for a region where
/// nothing else names one, for about a second. Credentials are fetched by the first call.
pub async fn connect(options: ConnectOptions) -> Result<Connection, ConnectError> {
    if let Some(url) = &options.endpoint_url {
        check_endpoint(url)?;
    }
    let files = profiles::read(options.profile.clone()).await?;
    let profile = profiles::selected(&files, options.profile.as_deref())?;
    let http_client = http::client(files.get("ca_bundle"))?;
    let region = region::resolve(options.region, &files, &http_client).await?;

    let config = load(options.profile, &region, &http_client).await;
    let (config, expiry) = watch_credentials(config);

    let endpoint = options
        .endpoint_url
        .or_else(|| configured_endpoint(&config, "Greengrass"));
    if let Some(url) = &endpoint {
        check_endpoint(url)?;
    }
    let greengrass = aws_sdk_greengrass::config::Builder::from(&config);
    let greengrass = match &endpoint {
        Some(url) => greengrass.endpoint_url(url),
        None => greengrass,
    };
    // Whoever points elsewhere than AWS must not be surprised by a request to AWS.
    let asks_sts = endpoint.is_none() || configured_endpoint(&config, "STS").is_some();
    let sts = asks_sts.then(|| aws_sdk_sts::config::Builder::from(&config));
    Ok(Connection {
        client: Client::assemble(greengrass, sts, http_client, &options.client),
        profile,
        region,
        endpoint,
        expiry,
    })
}

async fn load(profile: Option<String>, region: &str, http_client: &SharedHttpClient) -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client.clone())
        .region(Region::new(region.to_owned()));
    if let Some(name) = profile {
        loader = loader.profile_name(name);
    }
    if let Ok(name) = AppName::new("greengroup") {
        loader = loader.app_name(name);
    }
    loader.load().await
}

/// The same configuration with credentials whose expiry is remembered.
fn watch_credentials(config: SdkConfig) -> (SdkConfig, Expiry) {
    let expiry = Expiry::default();
    let Some(provider) = config.credentials_provider() else {
        return (config, expiry);
    };
    let watched = Watched::new(provider, expiry.clone());
    let config = config
        .into_builder()
        .credentials_provider(SharedCredentialsProvider::new(watched))
        .build();
    (config, expiry)
}

/// The endpoint that environment or profile name for a service, its own before the one for all.
fn configured_endpoint(config: &SdkConfig, service: &str) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id(service)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    config
        .service_config()
        .and_then(|services| services.load_config(key))
        .or_else(|| config.endpoint_url().map(str::to_owned))
        .filter(|url| !url.is_empty())
}

fn check_endpoint(url: &str) -> Result<(), ConnectError> {
    let refused = |reason: &str| ConnectError::Endpoint {
        url: url.to_owned(),
        reason: reason.to_owned(),
    };
    if let Some((_, host)) = url.rsplit_once('@') {
        // What stands before it may be a password, which is not to be repeated.
        return Err(ConnectError::Endpoint {
            url: format!("…@{host}"),
            reason: "a user name has no place in it".to_owned(),
        });
    }
    let uri: hyper::Uri = url
        .parse()
        .map_err(|error: hyper::http::uri::InvalidUri| refused(&error.to_string()))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(refused("neither http nor https"));
    }
    if uri.host().is_none_or(str::is_empty) {
        return Err(refused("no host"));
    }
    if uri.query().is_some() {
        return Err(refused("a query has no place in it"));
    }
    Ok(())
}
