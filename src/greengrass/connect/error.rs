//! Connection errors: wrong or missing configuration.

use crate::greengrass::aws_files::FilesError;
use crate::greengrass::aws_files::chain::ChainError;

/// A setting that prevents a connection. Nothing was sent to the service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    #[error("the variable {variable} is not UTF-8; set it again")]
    Variable { variable: String },
    #[error("{0}")]
    Files(#[from] FilesError),
    #[error("{0}")]
    Credentials(#[from] ChainError),
    #[error(
        "the endpoint {url:?} ({setting}) is not a URL ({reason}); write it as https://HOST or http://HOST:PORT"
    )]
    Endpoint {
        url: String,
        setting: String,
        reason: String,
    },
    #[error(
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true, and {variable} is set; unset one, or the credentials would be asked for there"
    )]
    EndpointIgnored { variable: &'static str },
    #[error(
        "the section [sso-session {session}] cannot be used with an endpoint_url for SSO in a profile; rename it, with letters, digits and - only"
    )]
    SsoSession { session: String },
    #[error("{setting} holds {value:?}, which cannot be used with a comment sign after a space")]
    Value {
        setting: &'static str,
        value: String,
    },
    #[error("there is no profile {name:?}{}; {}{}", source_words(*.source_name), known_profiles(.known), skipped_words(.skipped))]
    UnknownProfile {
        name: String,
        /// The variable that names it.
        source_name: Option<&'static str>,
        known: Vec<String>,
        /// The skipped parts of the files, which may contain the profile.
        skipped: Vec<String>,
    },
    #[error("no region is set; use --region, AWS_REGION, or region = … in the profile")]
    NoRegion,
    #[error("{setting} is empty; unset it or name a region")]
    EmptyRegion { setting: &'static str },
    #[error("{region:?} ({setting}) is not a region; regions look like eu-central-1")]
    Region {
        region: String,
        setting: &'static str,
    },
    #[error("the certificates in {path:?} (AWS_CA_BUNDLE, ca_bundle) cannot be used: {reason}")]
    Certificates { path: String, reason: String },
    #[error(
        "the proxy in {variable} ({shown}) cannot be used: {reason}; write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT"
    )]
    Proxy {
        variable: &'static str,
        /// Without user name and password.
        shown: String,
        reason: String,
    },
}

fn source_words(variable: Option<&'static str>) -> String {
    variable.map_or_else(String::new, |variable| format!(" ({variable})"))
}

fn known_profiles(known: &[String]) -> String {
    if known.is_empty() {
        "the AWS files have none".to_owned()
    } else {
        format!("the AWS files have {}", known.join(", "))
    }
}

fn skipped_words(skipped: &[String]) -> String {
    if skipped.is_empty() {
        return String::new();
    }
    format!("; passed over: {}", skipped.join("; "))
}
