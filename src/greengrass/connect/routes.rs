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
    http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use hyper::Uri;
use hyper::http::uri::Authority;
use tokio::sync::OnceCell;

use super::certificates::Bundle;
use super::error::ConnectError;
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
    let config = |proxy: Option<&Proxy>| proxy.map_or_else(ProxyConfig::disabled, Proxy::config);
    let secure = |proxy: Option<&Proxy>| Route {
        bundle: bundle.clone(),
        proxy: config(proxy),
        client: OnceCell::new(),
    };
    // Without TLS to the server or the proxy, no certificates are needed.
    let plain = |proxy: Option<&Proxy>| Route {
        client: OnceCell::from(over(&TrustStore::empty(), config(proxy))),
        ..secure(proxy)
    };
    let routes = Arc::new(Routes {
        direct: plain(None),
        secure_direct: secure(None),
        through_http: plain(proxies.http.as_ref()),
        secure_through_http: secure(proxies.http.as_ref()),
        secure_through_https: secure(proxies.https.as_ref()),
        proxies,
        local,
    });
    http_client_fn(move |settings, components| {
        SharedHttpConnector::new(RoutingConnector {
            routes: Arc::clone(&routes),
            settings: settings.clone(),
            components: components.clone(),
        })
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

/// A client of the SDK, which has a fixed proxy. With TLS it is created when it is first needed.
///
/// The machine's certificates may be in hundreds of files or on a slow disk. Neither the screen nor an
/// endpoint without TLS waits for them.
#[derive(Debug)]
struct Route {
    bundle: Bundle,
    proxy: ProxyConfig,
    client: OnceCell<SharedHttpClient>,
}

#[derive(Debug)]
struct Routes {
    direct: Route,
    secure_direct: Route,
    through_http: Route,
    secure_through_http: Route,
    secure_through_https: Route,
    proxies: Proxies,
    local: Vec<String>,
}

impl Routes {
    /// The route to `uri`, and the proxy on it.
    fn to(&self, uri: &Uri) -> (&Route, Option<&Proxy>) {
        let proxy = if self.is_local(uri) {
            None
        } else {
            self.proxies.for_uri(uri)
        };
        let is_plain = uri.scheme_str() == Some("http");
        let route = match proxy {
            None if is_plain => &self.direct,
            None => &self.secure_direct,
            Some(proxy) if is_plain && proxy.is_secure() => &self.secure_through_http,
            Some(_) if is_plain => &self.through_http,
            Some(_) => &self.secure_through_https,
        };
        (route, proxy)
    }

    fn is_local(&self, uri: &Uri) -> bool {
        let authority = uri.authority().map(Authority::as_str);
        uri.host()
            .is_some_and(|host| METADATA_HOSTS.contains(&host))
            || authority.is_some_and(|authority| self.local.iter().any(|one| one == authority))
    }
}

#[derive(Debug, Clone)]
struct RoutingConnector {
    routes: Arc<Routes>,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl RoutingConnector {
    /// The connector of a client, which keeps it.
    fn of(&self, client: &SharedHttpClient) -> SharedHttpConnector {
        client.http_connector(&self.settings, &self.components)
    }

    async fn connector(&self, route: &Route) -> Result<SharedHttpConnector, ConnectorError> {
        let make = || async {
            let (this, bundle, proxy) = (self.clone(), route.bundle.clone(), route.proxy.clone());
            let made = tokio::task::spawn_blocking(move || {
                let client = over(&bundle.trust()?, proxy);
                // The first connector reads the certificates, so it is also created here.
                this.of(&client);
                Ok(client)
            });
            let made = made
                .await
                .map_err(|error| ConnectorError::other(error.into(), None))?;
            made.map_err(|error: ConnectError| {
                AttemptFailure::unsendable(error.to_string()).into_connector_error()
            })
        };
        Ok(self.of(route.client.get_or_try_init(make).await?))
    }
}

impl HttpConnector for RoutingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let this = self.clone();
        HttpConnectorFuture::new(async move {
            let uri = request.uri().to_owned();
            let (route, proxy) = this.routes.to(&uri.parse().unwrap_or_default());
            let sent = this.connector(route).await?.call(request);
            sent.await.map_err(|error| match proxy {
                Some(proxy) => {
                    AttemptFailure::without_answer(&error, &uri, Some(proxy)).into_connector_error()
                }
                None => error,
            })
        })
    }
}
