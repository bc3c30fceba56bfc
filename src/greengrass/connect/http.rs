//! The HTTP client: TLS by rustls and ring, proxies from the environment, private authorities trusted.

use std::sync::Arc;

use aws_sdk_greengrass::config::{RuntimeComponents, SharedHttpClient};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::sync::OnceCell;

use super::ConnectError;

/// Where instances and containers find their credentials: on the machine itself, behind no proxy
/// (EC2 and ECS guides: IMDS, the task endpoint and the pod identity agent).
const METADATA_HOSTS: [&str; 5] = [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.170.23",
    "[fd00:ec2::254]",
    "[fd00:ec2::23]",
];

/// `ca_bundle` is the profile's; `AWS_CA_BUNDLE` comes before it.
pub(super) fn client(ca_bundle: Option<&str>) -> Result<SharedHttpClient, ConnectError> {
    let bundle = std::env::var("AWS_CA_BUNDLE")
        .ok()
        .filter(|path| !path.is_empty())
        .or_else(|| ca_bundle.map(str::to_owned));
    let own = bundle.map(|path| certificates(&path)).transpose()?;
    Ok(SharedHttpClient::new(Routed {
        direct: over(TrustStore::empty(), ProxyConfig::disabled()),
        plain: over(TrustStore::empty(), ProxyConfig::from_env()),
        secure: Arc::new(Secure {
            own,
            client: OnceCell::new(),
        }),
        is_proxy_secure: is_proxy_secure(),
    }))
}

/// True where even a plain request reaches its proxy over TLS.
fn is_proxy_secure() -> bool {
    const VARIABLES: [&str; 4] = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    VARIABLES.iter().any(|name| {
        let scheme = std::env::var(name).ok();
        scheme.is_some_and(|url| {
            url.trim_start()
                .to_ascii_lowercase()
                .starts_with("https://")
        })
    })
}

/// The authorities that this machine trusts, as PEM.
fn authorities_of_this_machine() -> Vec<u8> {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!(%error, "a trusted certificate could not be read");
    }
    let usable = found.certs.iter().filter(|one| is_usable(one));
    let texts = usable.map(|one| {
        let text = BASE64_STANDARD.encode(one);
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    });
    texts.collect::<String>().into_bytes()
}

/// The bundle's certificates that rustls can use, as PEM.
fn certificates(path: &str) -> Result<Vec<u8>, ConnectError> {
    const END: &str = "-----END CERTIFICATE-----";
    let refused = |reason: String| ConnectError::Certificates {
        path: path.to_owned(),
        reason,
    };
    let text = std::fs::read(path).map_err(|error| refused(error.to_string()))?;
    let text = String::from_utf8_lossy(&text);
    let holds_usable = |block: &&str| {
        CertificateDer::from_pem_slice(block.as_bytes()).is_ok_and(|one| is_usable(&one))
    };
    let usable: String = text.split_inclusive(END).filter(holds_usable).collect();
    if usable.is_empty() {
        return Err(refused("it holds no certificate in PEM form".to_owned()));
    }
    Ok(usable.into_bytes())
}

/// What rustls does not take, the SDK must not see: it panics.
fn is_usable(certificate: &CertificateDer<'_>) -> bool {
    let mut store = RootCertStore::empty();
    store.add(certificate.clone().into_owned()).is_ok()
}

fn over(trusted: TrustStore, proxy: ProxyConfig) -> SharedHttpClient {
    // Nothing in it can be refused: its only member is the trust store.
    let tls = TlsContext::builder().with_trust_store(trusted).build();
    let tls = tls.unwrap_or_default();
    Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder();
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector
            .proxy_config(proxy.clone())
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(tls.clone())
            .build()
    })
}

/// Goes through the proxy, but not to the machine's own metadata services, and over TLS where that is asked for.
#[derive(Debug)]
struct Routed {
    direct: SharedHttpClient,
    plain: SharedHttpClient,
    secure: Arc<Secure>,
    is_proxy_secure: bool,
}

impl HttpClient for Routed {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let secure = SecureConnector {
            secure: Arc::clone(&self.secure),
            settings: settings.clone(),
            components: components.clone(),
        };
        SharedHttpConnector::new(RoutedConnector {
            direct: self.direct.http_connector(settings, components),
            plain: self.plain.http_connector(settings, components),
            secure,
            is_proxy_secure: self.is_proxy_secure,
        })
    }
}

#[derive(Debug)]
struct RoutedConnector {
    direct: SharedHttpConnector,
    plain: SharedHttpConnector,
    secure: SecureConnector,
    is_proxy_secure: bool,
}

impl HttpConnector for RoutedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let uri = request.uri().parse::<hyper::Uri>().unwrap_or_default();
        let is_local = uri
            .host()
            .is_some_and(|host| METADATA_HOSTS.contains(&host));
        if is_local {
            self.direct.call(request)
        } else if uri.scheme_str() == Some("http") && !self.is_proxy_secure {
            self.plain.call(request)
        } else {
            self.secure.call(request)
        }
    }
}

/// The client that speaks TLS, made when it is first needed: the machine may keep its authorities in
/// hundreds of files, or on a disk that hangs, and neither the screen nor a plain endpoint waits for them.
#[derive(Debug)]
struct Secure {
    /// The certificates of the bundle.
    own: Option<Vec<u8>>,
    client: OnceCell<SharedHttpClient>,
}

impl Secure {
    fn make(&self) -> SharedHttpClient {
        let mut trusted = TrustStore::empty();
        let machine = authorities_of_this_machine();
        for certificates in std::iter::once(machine).chain(self.own.clone()) {
            trusted.add_pem_certificate(certificates);
        }
        over(trusted, ProxyConfig::from_env())
    }
}

#[derive(Debug, Clone)]
struct SecureConnector {
    secure: Arc<Secure>,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl SecureConnector {
    fn connector(&self, client: &SharedHttpClient) -> SharedHttpConnector {
        client.http_connector(&self.settings, &self.components)
    }

    async fn made(&self) -> Result<SharedHttpConnector, ConnectorError> {
        let make = || async {
            let this = self.clone();
            let made = tokio::task::spawn_blocking(move || {
                let client = this.secure.make();
                // Its first connector reads the certificates, which belongs here, too.
                this.connector(&client);
                client
            });
            made.await
                .map_err(|error| ConnectorError::other(error.into(), None))
        };
        let client = self.secure.client.get_or_try_init(make).await?;
        Ok(self.connector(client))
    }
}

impl HttpConnector for SecureConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if let Some(client) = self.secure.client.get() {
            return self.connector(client).call(request);
        }
        let this = self.clone();
        HttpConnectorFuture::new(async move { this.made().await?.call(request).await })
    }
}
