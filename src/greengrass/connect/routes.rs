//! The HTTP client: sends each request directly or through a proxy, with or without TLS.

use std::sync::Arc;
use std::time::Duration;

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
use hyper::Uri;
use tokio::sync::OnceCell;

use super::certificates::Bundle;
use super::proxies::{Proxies, Proxy};
use crate::greengrass::attempt_failure::AttemptFailure;

/// The addresses of credentials for instances and containers, on the machine itself and behind no proxy (EC2
/// and ECS guides: IMDS, the task endpoint and the pod identity agent).
const METADATA_HOSTS: [&str; 5] = [
    "169.254.169.254",
    "169.254.170.2",
    "169.254.170.23",
    "[fd00:ec2::254]",
    "[fd00:ec2::23]",
];

/// The time for which an idle connection is kept. A NAT drops one silently after a minute or more. A request
/// on it would wait for its timeout.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// A client that sends each request by its route.
///
/// `local` are the addresses of the machine's own credential services, besides AWS's usual ones.
pub(super) fn client(proxies: Proxies, bundle: &Bundle, local: Vec<String>) -> SharedHttpClient {
    let client = |proxy: Option<&Proxy>| {
        let config = proxy.map_or_else(ProxyConfig::disabled, Proxy::config);
        // Without TLS to the proxy, no certificates are needed.
        over(&TrustStore::empty(), config)
    };
    let secure = |proxy: Option<&Proxy>| {
        Arc::new(Secure {
            bundle: bundle.clone(),
            proxy: proxy.map_or_else(ProxyConfig::disabled, Proxy::config),
            client: OnceCell::new(),
        })
    };
    SharedHttpClient::new(Routes {
        direct: client(None),
        secure_direct: secure(None),
        through_http: client(proxies.http.as_ref()),
        secure_through_http: secure(proxies.http.as_ref()),
        secure_through_https: secure(proxies.https.as_ref()),
        proxies: Arc::new(proxies),
        local,
    })
}

fn over(trusted: &TrustStore, proxy: ProxyConfig) -> SharedHttpClient {
    // Only an invalid trust store could fail, and its certificates were checked.
    let tls = TlsContext::builder().with_trust_store(trusted.clone());
    let tls = tls.build().unwrap_or_default();
    Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder();
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector
            .pool_idle_timeout(IDLE_TIMEOUT)
            .proxy_config(proxy.clone())
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(tls.clone())
            .build()
    })
}

/// One client per route, because each of the SDK's clients has a fixed proxy.
#[derive(Debug)]
struct Routes {
    direct: SharedHttpClient,
    secure_direct: Arc<Secure>,
    through_http: SharedHttpClient,
    secure_through_http: Arc<Secure>,
    secure_through_https: Arc<Secure>,
    proxies: Arc<Proxies>,
    local: Vec<String>,
}

impl HttpClient for Routes {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let plain = |client: &SharedHttpClient| client.http_connector(settings, components);
        let secure = |secure: &Arc<Secure>| SecureConnector {
            secure: Arc::clone(secure),
            settings: settings.clone(),
            components: components.clone(),
        };
        SharedHttpConnector::new(RoutesConnector {
            direct: plain(&self.direct),
            secure_direct: secure(&self.secure_direct),
            through_http: plain(&self.through_http),
            secure_through_http: secure(&self.secure_through_http),
            secure_through_https: secure(&self.secure_through_https),
            proxies: Arc::clone(&self.proxies),
            local: self.local.clone(),
        })
    }
}

#[derive(Debug)]
struct RoutesConnector {
    direct: SharedHttpConnector,
    secure_direct: SecureConnector,
    through_http: SharedHttpConnector,
    secure_through_http: SecureConnector,
    secure_through_https: SecureConnector,
    proxies: Arc<Proxies>,
    local: Vec<String>,
}

impl RoutesConnector {
    fn is_local(&self, uri: &Uri) -> bool {
        let authority = uri.authority().map(hyper::http::uri::Authority::as_str);
        uri.host()
            .is_some_and(|host| METADATA_HOSTS.contains(&host))
            || authority.is_some_and(|authority| self.local.iter().any(|one| one == authority))
    }
}

impl HttpConnector for RoutesConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let uri = request.uri().parse::<Uri>().unwrap_or_default();
        let proxy = if self.is_local(&uri) {
            None
        } else {
            self.proxies.for_uri(&uri)
        };
        let is_plain = uri.scheme_str() == Some("http");
        let Some(proxy) = proxy else {
            return if is_plain {
                self.direct.call(request)
            } else {
                self.secure_direct.call(request)
            };
        };
        let call = match (is_plain, proxy.is_secure()) {
            (true, false) => self.through_http.call(request),
            (true, true) => self.secure_through_http.call(request),
            (false, _) => self.secure_through_https.call(request),
        };
        let proxy = proxy.to_string();
        HttpConnectorFuture::new(async move {
            call.await
                .map_err(|error| AttemptFailure::behind(&proxy, error))
        })
    }
}

/// A client with TLS, created when it is first needed.
///
/// The machine's certificates may be in hundreds of files or on a slow disk. Neither the screen nor an
/// endpoint without TLS waits for them.
#[derive(Debug)]
struct Secure {
    bundle: Bundle,
    proxy: ProxyConfig,
    client: OnceCell<SharedHttpClient>,
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
                let trusted = this.secure.bundle.trust();
                let trusted =
                    trusted.map_err(|error| AttemptFailure::unsendable(error.to_string()))?;
                let client = over(&trusted, this.secure.proxy.clone());
                // The first connector reads the certificates, so it is also created here.
                this.connector(&client);
                Ok(client)
            });
            let made = made
                .await
                .map_err(|error| ConnectorError::other(error.into(), None))?;
            made.map_err(|fault: AttemptFailure| fault.into_connector_error(None))
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
