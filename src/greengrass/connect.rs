//! From flags, environment and AWS's files to a connected client.

mod certificates;
mod credentials;
mod error;
mod instance;
mod process;
mod proxies;
mod region;
mod routes;
mod settings;
mod sources;

use std::ffi::OsString;
use std::sync::Arc;

use aws_config::Region;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_greengrass::config::SharedHttpClient;

use super::aws_files::chain::{self, ChainStart};
use super::aws_files::{AwsFiles, expand};
use super::client::Client;
use super::environment::Environment;
use super::options::ClientOptions;
use super::transport::{ClientTraffic, metered};
use crate::domain::endpoint::without_secrets;
use crate::domain::{CredentialsSource, Timestamp};
use certificates::Bundle;
use credentials::{Expiry, Shared};
use proxies::Proxies;
use settings::{Endpoint, GREENGRASS, STS, Settings};
use sources::Sources;

pub use error::ConnectError;
pub use process::{HELPER_ARGUMENT, run_in_own_session};
pub use proxies::{ProxyVariable, proxy_variables};

/// The flags of a connection.
#[derive(Debug, Clone, Default)]
pub struct ConnectOptions {
    /// Replaces `AWS_PROFILE`, and takes precedence over credentials in the environment.
    pub profile: Option<String>,
    /// Instead of `AWS_REGION`, the profile's region and the instance's.
    pub region: Option<String>,
    /// Greengrass's endpoint, instead of `AWS_ENDPOINT_URL_GREENGRASS`, `AWS_ENDPOINT_URL` and the profile's.
    pub endpoint_url: Option<String>,
    pub client: ClientOptions,
    /// The program that runs a `credential_process` in its own session, by [`HELPER_ARGUMENT`]: this one. Without
    /// it, the process keeps the terminal.
    pub session_helper: Option<OsString>,
    /// Instead of the process's environment.
    pub environment: Option<Arc<Environment>>,
    /// Instead of the files that the environment names.
    pub files: Option<Arc<AwsFiles>>,
}

/// A client with its account, region and endpoint.
#[derive(Debug, Clone)]
pub struct ServiceConnection {
    pub client: Client,
    /// The current profile; `None` if none is named and the AWS files have no `default`.
    pub profile: Option<String>,
    pub region: String,
    /// The endpoint without secrets, for the screen and for comparison; `None` for AWS's own.
    pub endpoint: Option<String>,
    pub credentials: CredentialsSource,
    expiry: Expiry,
}

impl ServiceConnection {
    /// A connection that needs no configuration, such as the sandbox's.
    pub fn over(client: Client, region: String) -> Self {
        Self {
            client,
            profile: None,
            region,
            endpoint: None,
            credentials: CredentialsSource::default(),
            expiry: Expiry::default(),
        }
    }

    /// The expiry of the last used credentials; `None` before the first call or without an expiry. A new
    /// connection reads the credentials again.
    pub fn credentials_expiry(&self) -> Option<Timestamp> {
        self.expiry.get()
    }
}

/// The names of all profiles, sorted; none if the files cannot be read.
pub fn profiles() -> Vec<String> {
    AwsFiles::read(&Environment::of_process()).names()
}

/// Resolves configuration as the AWS CLI does: flag, then environment, then profile, then instance.
///
/// No request goes to Greengrass or STS. If no region is configured, the instance's metadata service is asked
/// for about a second. The first call fetches the credentials.
pub async fn connect(options: ConnectOptions) -> Result<ServiceConnection, ConnectError> {
    let of_process = || Arc::new(Environment::of_process());
    let environment = options.environment.unwrap_or_else(of_process);
    let read = || Arc::new(AwsFiles::read(&environment));
    let files = options.files.unwrap_or_else(read);
    let settings = Settings::new(&environment, &files, options.profile.as_deref())?;
    region::check(options.region.as_deref(), &settings)?;
    let chain = chain::resolve(&files, &environment, settings.profile, settings.choice)?;
    let endpoint = match &options.endpoint_url {
        Some(url) => Some(Endpoint::checked(url, "--endpoint-url")?),
        None => settings.endpoint(GREENGRASS)?,
    };
    let sts_endpoint = settings.endpoint(STS)?;

    let traffic = ClientTraffic::new(&options.client);
    let network = network(&settings, endpoint.as_ref())?;
    let for_credentials = metered(network.clone(), Arc::clone(&traffic), true);
    let provider_config =
        ProviderConfig::without_region().with_http_client(for_credentials.clone());
    let instance = instance::client(&settings, &provider_config)?;
    let flag = options.region.as_deref();
    let region = region::resolve(flag, &settings, instance.as_ref(), &provider_config).await?;

    let sdk_region = Region::new(region.clone());
    let config = |endpoint: Option<&Endpoint>| {
        let config = settings.sdk_config(sdk_region.clone(), endpoint);
        config.into_builder()
    };
    let sts_config = config(sts_endpoint.as_ref()).http_client(for_credentials);
    let sources = Sources {
        settings,
        provider_config: provider_config.with_region(Some(sdk_region.clone())),
        sts_config: sts_config.build(),
        instance,
        session_helper: options.session_helper,
        traffic: Arc::clone(&traffic),
    };
    let credentials = CredentialsSource {
        text: chain.to_string(),
        is_environment: matches!(chain.base, ChainStart::Environment(_)),
        is_renewed: chain.is_renewed(),
        profiles: chain.profiles().map(str::to_owned).collect(),
        hosts: sources.hosts(&chain)?,
    };
    let expiry = Expiry::default();
    let provider = Shared::new(sources.provider(&chain).await?, &chain, expiry.clone());
    let provider = SharedCredentialsProvider::new(provider);
    let with_credentials = |endpoint: Option<&Endpoint>| {
        let config = config(endpoint).credentials_provider(provider.clone());
        config.build()
    };
    // A custom endpoint must not cause a request to AWS.
    let asks_sts = endpoint.is_none() || sts_endpoint.is_some();
    let greengrass = with_credentials(endpoint.as_ref());
    let sts = asks_sts.then(|| with_credentials(sts_endpoint.as_ref()));
    let client = Client::assemble(&greengrass, sts.as_ref(), network, traffic, &options.client);
    let profile = settings.profile.map(|profile| profile.name.clone());
    let endpoint = endpoint.map(|endpoint| without_secrets(&endpoint.url));
    tracing::info!(
        profile = profile.as_deref().unwrap_or("none"),
        region,
        endpoint,
        credentials = credentials.text,
        "connected"
    );
    Ok(ServiceConnection {
        client,
        profile,
        region,
        endpoint,
        credentials,
        expiry,
    })
}

/// The HTTP client for the settings of proxies and certificates.
fn network(
    settings: &Settings<'_>,
    endpoint: Option<&Endpoint>,
) -> Result<SharedHttpClient, ConnectError> {
    let proxies = Proxies::of(settings.environment)?;
    let bundle = settings.get("AWS_CA_BUNDLE", "ca_bundle");
    let bundle = Bundle(bundle.map(|path| expand(path, settings.environment)));
    if endpoint.is_none_or(Endpoint::is_secure) {
        bundle.check()?;
    }
    Ok(routes::client(proxies, &bundle, instance::local(settings)))
}
