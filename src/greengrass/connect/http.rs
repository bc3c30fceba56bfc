//! The HTTP client: TLS by rustls and ring, proxies from the environment, private authorities trusted.

use aws_sdk_greengrass::config::{RuntimeComponents, SharedHttpClient};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::config_bag::ConfigBag;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

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
    let mut trusted = TrustStore::empty().with_native_roots(has_native_roots());
    for certificate in bundle.iter().map(|path| certificates(path)) {
        trusted.add_pem_certificate(certificate?);
    }
    let tls = TlsContext::builder()
        .with_trust_store(trusted)
        .build()
        .map_err(|error| ConnectError::Certificates {
            path: bundle.unwrap_or_default(),
            reason: error.to_string(),
        })?;
    Ok(SharedHttpClient::new(Routed {
        proxied: over_tls(tls.clone(), ProxyConfig::from_env()),
        direct: over_tls(tls, ProxyConfig::disabled()),
    }))
}

/// The SDK asserts that there are some where it is told to use them.
fn has_native_roots() -> bool {
    let found = rustls_native_certs::load_native_certs().certs;
    RootCertStore::empty().add_parsable_certificates(found).0 > 0
}

/// The bundle's certificates that rustls can use, as PEM: the SDK panics on any other.
fn certificates(path: &str) -> Result<Vec<u8>, ConnectError> {
    const END: &str = "-----END CERTIFICATE-----";
    let refused = |reason: String| ConnectError::Certificates {
        path: path.to_owned(),
        reason,
    };
    let text = std::fs::read(path).map_err(|error| refused(error.to_string()))?;
    let text = String::from_utf8_lossy(&text);
    let is_usable = |block: &&str| {
        CertificateDer::from_pem_slice(block.as_bytes())
            .is_ok_and(|certificate| RootCertStore::empty().add(certificate).is_ok())
    };
    let usable: String = text.split_inclusive(END).filter(is_usable).collect();
    if usable.is_empty() {
        return Err(refused("it holds no certificate in PEM form".to_owned()));
    }
    Ok(usable.into_bytes())
}

fn over_tls(tls: TlsContext, proxy: ProxyConfig) -> SharedHttpClient {
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

/// Goes through the proxy, but not to the machine's own metadata services.
#[derive(Debug)]
struct Routed {
    proxied: SharedHttpClient,
    direct: SharedHttpClient,
}

impl HttpClient for Routed {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(RoutedConnector {
            proxied: self.proxied.http_connector(settings, components),
            direct: self.direct.http_connector(settings, components),
        })
    }

    fn validate_base_client_config(
        &self,
        components: &RuntimeComponentsBuilder,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        HttpClient::validate_base_client_config(&self.proxied, components, config)
    }
}

#[derive(Debug)]
struct RoutedConnector {
    proxied: SharedHttpConnector,
    direct: SharedHttpConnector,
}

impl HttpConnector for RoutedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let uri = request.uri().parse::<hyper::Uri>();
        let is_local = uri.as_ref().is_ok_and(|uri| {
            uri.host()
                .is_some_and(|host| METADATA_HOSTS.contains(&host))
        });
        if is_local {
            self.direct.call(request)
        } else {
            self.proxied.call(request)
        }
    }
}
