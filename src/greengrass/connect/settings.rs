//! Settings of the environment and of the current profile, in the CLI's order.

use std::time::Duration;

use aws_config::identity::IdentityCache;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_smithy_async::rt::sleep::default_async_sleep;
use aws_smithy_async::time::SharedTimeSource;

use super::error::ConnectError;
use crate::domain::endpoint::without_secrets;
use crate::greengrass::aws_files::chain::ProfileChoice;
use crate::greengrass::aws_files::profile::Profile;
use crate::greengrass::aws_files::{AwsFiles, FileState, FilesError};
use crate::greengrass::environment::Environment;

/// The profile variables of the AWS CLI v1, in its order (botocore's `configprovider.py`).
const PROFILE_VARIABLES: [&str; 2] = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"];

/// Longer than any source's own limit, so that the source's error is shown.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(115);

/// The environment, which takes precedence over the current profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings<'a> {
    pub(super) environment: &'a Environment,
    pub(super) files: &'a AwsFiles,
    pub(super) profile: Option<&'a Profile>,
    pub(super) choice: ProfileChoice,
}

/// An endpoint and the setting that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoint {
    pub(super) url: String,
    pub(super) setting: String,
}

/// A service that can have an endpoint of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Service {
    pub(super) variable: &'static str,
    pub(super) key: &'static str,
}

pub(super) const GREENGRASS: Service = Service {
    variable: "AWS_ENDPOINT_URL_GREENGRASS",
    key: "greengrass",
};
pub(super) const STS: Service = Service {
    variable: "AWS_ENDPOINT_URL_STS",
    key: "sts",
};
pub(super) const SSO: Service = Service {
    variable: "AWS_ENDPOINT_URL_SSO",
    key: "sso",
};

const ALL_SERVICES: &str = "AWS_ENDPOINT_URL";

impl<'a> Settings<'a> {
    /// Chooses the current profile. A missing `default` is an error only if it is named.
    pub(super) fn new(
        environment: &'a Environment,
        files: &'a AwsFiles,
        named: Option<&str>,
    ) -> Result<Self, ConnectError> {
        if let Some(variable) = environment.unreadable() {
            return Err(ConnectError::Variable {
                variable: variable.to_owned(),
            });
        }
        files.check()?;
        let of_variable = || {
            let mut variables = PROFILE_VARIABLES.iter();
            variables.find_map(|&variable| Some((environment.get(variable)?, variable)))
        };
        let (name, choice) = match (named, of_variable()) {
            (Some(name), _) => (name, ProfileChoice::Explicit),
            (None, Some((name, variable))) => (name, ProfileChoice::Variable(variable)),
            (None, None) => ("default", ProfileChoice::Default),
        };
        let profile = files.get(name);
        if profile.is_none() && choice != ProfileChoice::Default {
            return Err(unknown_profile(files, name, choice));
        }
        if let Some(profile) = profile {
            profile.check().map_err(FilesError::from)?;
        }
        Ok(Self {
            environment,
            files,
            profile,
            choice,
        })
    }

    pub(super) fn of_profile(&self, key: &str) -> Option<&'a str> {
        self.profile.and_then(|profile| profile.get(key))
    }

    /// The variable's value, or else the profile's; empty values are skipped.
    pub(super) fn get(&self, variable: &str, key: &str) -> Option<&'a str> {
        let of_profile = || self.of_profile(key).filter(|value| !value.is_empty());
        self.environment.set(variable).or_else(of_profile)
    }

    /// As botocore's `ensure_boolean` reads it.
    pub(super) fn is_true(&self, variable: &str, key: &str) -> bool {
        let value = self.environment.get(variable).or(self.of_profile(key));
        value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The configuration common to all clients, without an HTTP client.
    ///
    /// FIPS and dual-stack choose among AWS's endpoints, so they are off for others.
    pub(super) fn sdk_config(&self, region: Region, endpoint: Option<&Endpoint>) -> SdkConfig {
        let is_of_aws = endpoint.is_none();
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(region)
            .time_source(SharedTimeSource::default())
            .identity_cache(
                IdentityCache::lazy()
                    .load_timeout(CREDENTIALS_TIMEOUT)
                    .build(),
            )
            .use_fips(is_of_aws && self.use_fips())
            .use_dual_stack(is_of_aws && self.use_dual_stack());
        config.set_sleep_impl(default_async_sleep());
        config.set_app_name(AppName::new("greengroup").ok());
        config.set_endpoint_url(endpoint.map(|endpoint| endpoint.url.clone()));
        config.build()
    }

    pub(super) fn use_fips(&self) -> bool {
        self.is_true("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
    }

    pub(super) fn use_dual_stack(&self) -> bool {
        self.is_true("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
    }

    fn ignores_endpoints(&self) -> bool {
        self.is_true(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "ignore_configured_endpoint_urls",
        )
    }

    /// The configured endpoint of a service: its own variable, the common one, then the profile's.
    pub(super) fn endpoint(&self, service: Service) -> Result<Option<Endpoint>, ConnectError> {
        if self.ignores_endpoints() {
            return Ok(None);
        }
        for variable in [service.variable, ALL_SERVICES] {
            if let Some(url) = self.environment.set(variable) {
                return Endpoint::checked(url, variable).map(Some);
            }
        }
        let Some(profile) = self.profile else {
            return Ok(None);
        };
        let of_service = self.files.service_endpoint(profile, service.key)?;
        let of_service = of_service.filter(|url| !url.is_empty());
        let (url, key) = match of_service {
            Some(url) => (Some(url), "services"),
            None => (profile.get("endpoint_url"), "endpoint_url"),
        };
        let setting = format!("{key} of the profile {:?}", profile.name);
        url.filter(|url| !url.is_empty())
            .map(|url| Endpoint::checked(url, setting))
            .transpose()
    }

    /// Fails if a variable would have to be ignored, because the SDK's own providers always read it.
    pub(super) fn check_ignored(&self, service: Service) -> Result<(), ConnectError> {
        let mut variables = [service.variable, ALL_SERVICES].into_iter();
        let set = variables.find(|variable| self.environment.set(variable).is_some());
        match set.filter(|_| self.ignores_endpoints()) {
            Some(variable) => Err(ConnectError::EndpointIgnored { variable }),
            None => Ok(()),
        }
    }
}

fn unknown_profile(files: &AwsFiles, name: &str, choice: ProfileChoice) -> ConnectError {
    let mut skipped = Vec::new();
    for file in [&files.config, &files.credentials] {
        let FileState::Read { skipped: lines } = &file.state else {
            continue;
        };
        skipped.extend(lines.iter().map(|problem| {
            let (line, reason) = (problem.line, &problem.reason);
            format!("{}, line {line}: {reason}", file.path.display())
        }));
    }
    ConnectError::UnknownProfile {
        name: name.to_owned(),
        source_name: match choice {
            ProfileChoice::Variable(variable) => Some(variable),
            ProfileChoice::Explicit | ProfileChoice::Default => None,
        },
        known: files.names(),
        skipped,
    }
}

impl Endpoint {
    /// Fails unless the SDK can send requests to `url`.
    pub(super) fn checked(url: &str, setting: impl Into<String>) -> Result<Self, ConnectError> {
        let setting = setting.into();
        // Any part but the host may be a secret.
        let refused = |url: String, reason: String| ConnectError::Endpoint {
            url,
            setting: setting.clone(),
            reason,
        };
        if let Some((_, host)) = url.rsplit_once('@') {
            let reason = "it must not contain a user name".to_owned();
            return Err(refused(format!("…@{}", without_secrets(host)), reason));
        }
        match wrong_url(url) {
            Some(reason) => Err(refused(without_secrets(url), reason)),
            None => Ok(Self {
                url: url.to_owned(),
                setting,
            }),
        }
    }

    pub(super) fn is_secure(&self) -> bool {
        self.url.to_ascii_lowercase().starts_with("https:")
    }
}

fn wrong_url(url: &str) -> Option<String> {
    let uri: hyper::Uri = match url.parse() {
        Ok(uri) => uri,
        Err(error) => return Some(error.to_string()),
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Some("neither http nor https".to_owned());
    }
    if uri.host().is_none_or(str::is_empty) {
        return Some("no host".to_owned());
    }
    // hyper accepts a port of any length and connects to another one.
    let port = uri.authority().and_then(|authority| {
        let (_, port) = authority.as_str().rsplit_once(':')?;
        (!port.ends_with(']')).then_some(port)
    });
    if port.is_some_and(|port| port.parse::<u16>().is_err_and(|_| !port.is_empty())) {
        return Some("a port is a number up to 65535".to_owned());
    }
    uri.query()
        .map(|_| "it must not contain a query".to_owned())
}
