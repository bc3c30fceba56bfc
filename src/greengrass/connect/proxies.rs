//! The proxies of the environment, and the hosts that are reached directly.
//!
//! Sources: Python's `urllib.request` (`getproxies_environment`, `proxy_bypass_environment`) and
//! botocore's `httpsession.py`, which the AWS CLI uses. `ALL_PROXY` and address ranges are curl's.

use aws_smithy_http_client::proxy::ProxyConfig;
use hyper::Uri;
use hyper::http::uri::{Authority, InvalidUri};
use hyper_util::client::proxy::matcher::Matcher;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::error::ConnectError;
use crate::greengrass::environment::Environment;

/// Which proxy requests go through, by scheme.
#[derive(Debug)]
pub(super) struct Proxies {
    pub(super) http: Option<Proxy>,
    pub(super) https: Option<Proxy>,
    /// `NO_PROXY`: the hosts that are reached directly.
    no_proxy: String,
}

/// One proxy, ready for use.
pub(super) struct Proxy {
    uri: Uri,
    /// User name and password, percent-encoded: the SDK puts them into a URL.
    credentials: Option<(String, String)>,
    variable: &'static str,
}

impl std::fmt::Debug for Proxy {
    /// Without user name and password.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} ({})", self.uri, self.variable)
    }
}

impl std::fmt::Display for Proxy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let authority = self.uri.authority().map_or("", Authority::as_str);
        write!(formatter, "the proxy {authority} ({})", self.variable)
    }
}

/// A variable about proxies as it is set, for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyVariable {
    pub name: &'static str,
    /// Without user name and password.
    pub shown: String,
    /// False if another variable takes precedence.
    pub is_used: bool,
}

/// The variables in their order: the first that is set wins, even if it is empty.
const HTTP: [&str; 2] = ["http_proxy", "HTTP_PROXY"];
const HTTPS: [&str; 2] = ["https_proxy", "HTTPS_PROXY"];
const ALL: [&str; 2] = ["all_proxy", "ALL_PROXY"];
const NONE: [&str; 2] = ["no_proxy", "NO_PROXY"];

impl Proxies {
    /// Fails on an unusable proxy, because a direct connection could reach another network.
    pub(super) fn of(environment: &Environment) -> Result<Self, ConnectError> {
        let read = |names| {
            let found = first(environment, names).or_else(|| first(environment, ALL));
            let found = found.filter(|(_, value)| !value.trim().is_empty());
            let proxy = found.map(|(variable, value)| Proxy::parse(variable, value));
            proxy.transpose()
        };
        Ok(Self {
            http: read(HTTP)?,
            https: read(HTTPS)?,
            no_proxy: first(environment, NONE)
                .map_or_else(String::new, |(_, list)| list.to_owned()),
        })
    }

    /// The proxy for a request to `uri`; `None` for a direct connection.
    pub(super) fn for_uri(&self, uri: &Uri) -> Option<&Proxy> {
        let proxy = if uri.scheme_str() == Some("http") {
            self.http.as_ref()
        } else {
            self.https.as_ref()
        };
        proxy.filter(|_| !is_bypassed(&self.no_proxy, uri))
    }
}

/// The variables that are set, with whether each is used.
pub fn proxy_variables(environment: &Environment) -> Vec<ProxyVariable> {
    let mut variables = Vec::new();
    let has_own = [HTTP, HTTPS].map(|names| first(environment, names).is_some());
    for names in [HTTPS, HTTP, ALL, NONE] {
        let used = first(environment, names).map(|(name, _)| name);
        let used = used.filter(|_| names != ALL || has_own.contains(&false));
        for name in names {
            if let Some(value) = environment.set(name) {
                variables.push(ProxyVariable {
                    name,
                    shown: shown(value).to_owned(),
                    is_used: used == Some(name),
                });
            }
        }
    }
    variables
}

fn first<'a>(
    environment: &'a Environment,
    names: [&'static str; 2],
) -> Option<(&'static str, &'a str)> {
    let mut names = names.into_iter();
    names.find_map(|name| Some((name, environment.get(name)?)))
}

/// Everything up to the last `@` may be a password.
fn shown(value: &str) -> &str {
    value.rsplit_once('@').map_or(value, |(_, host)| host)
}

impl Proxy {
    fn parse(variable: &'static str, value: &str) -> Result<Self, ConnectError> {
        let value = value.trim();
        let refused = |reason: &str| ConnectError::Proxy {
            variable,
            shown: shown(value).to_owned(),
            reason: reason.to_owned(),
        };
        let named = value.split_once("://");
        let named = named.filter(|(scheme, _)| !scheme.contains('@'));
        let (scheme, rest) = named.unwrap_or(("http", value));
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err(refused("its scheme is neither http nor https"));
        }
        let (credentials, host) = match rest.rsplit_once('@') {
            Some((credentials, host)) => (Some(credentials), host),
            None => (None, rest),
        };
        let host = host.strip_suffix('/').unwrap_or(host);
        if host.is_empty() || host.contains(['/', '?', '#']) {
            return Err(refused("it must end after the host and port"));
        }
        let uri: Uri = format!("{scheme}://{host}")
            .parse()
            .map_err(|error: InvalidUri| refused(&error.to_string()))?;
        let port = host.rsplit_once(':').filter(|_| !host.ends_with(']'));
        if port.is_some_and(|(_, port)| port.parse::<u16>().is_err()) {
            return Err(refused("a port is a number up to 65535"));
        }
        let encoded = |text: &str| {
            let decoded = percent_decode_str(text).decode_utf8()?;
            Ok(utf8_percent_encode(&decoded, NON_ALPHANUMERIC).to_string())
        };
        let credentials = credentials.map(|credentials| {
            let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
            Ok((encoded(user)?, encoded(password)?))
        });
        let credentials = credentials
            .transpose()
            .map_err(|_: std::str::Utf8Error| refused("its user name or password is not UTF-8"))?;
        Ok(Self {
            uri,
            credentials,
            variable,
        })
    }

    /// True if the connection to the proxy itself uses TLS.
    pub(super) fn is_secure(&self) -> bool {
        self.uri.scheme_str() == Some("https")
    }

    pub(super) fn config(&self) -> ProxyConfig {
        let config = ProxyConfig::all(self.uri.clone()).unwrap_or_else(|_| ProxyConfig::disabled());
        match &self.credentials {
            Some((user, password)) => config.with_basic_auth(user, password),
            None => config,
        }
    }
}

/// True if `list`, the value of `NO_PROXY`, names the host of `uri`.
fn is_bypassed(list: &str, uri: &Uri) -> bool {
    let Some(authority) = uri.authority() else {
        return false;
    };
    let authority = authority.as_str().to_ascii_lowercase();
    let is_named = |entry: &str| {
        let entry = entry.trim().to_ascii_lowercase();
        let host = entry.trim_start_matches("*.").trim_start_matches('.');
        let below = authority.strip_suffix(host).filter(|_| entry.contains(':'));
        entry == "*" || below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
    };
    if list.split(',').any(is_named) {
        return true;
    }
    // The library knows names, suffixes, addresses and ranges of addresses, but no ports.
    let rest = Matcher::builder()
        .all("http://proxy")
        .no(list.to_owned())
        .build();
    rest.intercept(uri).is_none()
}
