//! Builds the SDK's providers, and the text for the screen, from a resolved [`Chain`].

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sso::SsoCredentialsProvider;
use aws_config::sts::AssumeRoleProvider;
use aws_config::{Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};

use super::credentials::of_keys;
use super::error::ConnectError;
use super::instance::{authority, container_endpoint, metadata_endpoint};
use super::process::Process;
use super::settings::{Endpoint, SSO, STS, Settings};
use crate::greengrass::aws_files::chain::{Chain, ChainStart, Role, Sso, WebIdentity};
use crate::greengrass::transport::ClientTraffic;

/// The name of the profile in the text that the SDK reads.
const PROFILE: &str = "greengroup";

/// The inputs of the providers.
pub(super) struct Sources<'a> {
    pub(super) settings: Settings<'a>,
    pub(super) provider_config: ProviderConfig,
    /// For STS.
    pub(super) sts_config: SdkConfig,
    pub(super) instance: Option<imds::Client>,
    pub(super) session_helper: Option<OsString>,
    pub(super) traffic: Arc<ClientTraffic>,
}

impl Sources<'_> {
    /// The provider of the chain's last credentials.
    pub(super) async fn provider(
        &self,
        chain: &Chain,
    ) -> Result<SharedCredentialsProvider, ConnectError> {
        let mut provider = self.base(&chain.base)?;
        for role in &chain.roles {
            provider = self.role(role, provider).await;
        }
        Ok(provider)
    }

    fn base(&self, base: &ChainStart) -> Result<SharedCredentialsProvider, ConnectError> {
        Ok(match base {
            ChainStart::Environment(keys) | ChainStart::AccessKeys { keys, .. } => {
                SharedCredentialsProvider::new(of_keys(keys.clone(), None, "keys"))
            }
            ChainStart::Process {
                command,
                account_id,
                ..
            } => SharedCredentialsProvider::new(Process {
                command: command.clone(),
                account_id: account_id.clone(),
                session_helper: self.session_helper.clone(),
                traffic: Arc::clone(&self.traffic),
            }),
            ChainStart::Sso { sso, .. } => self.sso(sso)?,
            ChainStart::WebIdentity { role, .. } => self.web_identity(role)?,
            ChainStart::Container => SharedCredentialsProvider::new(
                EcsCredentialsProvider::builder()
                    .configure(&self.provider_config)
                    .build(),
            ),
            ChainStart::Instance => {
                let mut provider =
                    ImdsCredentialsProvider::builder().configure(&self.provider_config);
                if let Some(client) = &self.instance {
                    provider = provider.imds_client(client.clone());
                }
                SharedCredentialsProvider::new(provider.build())
            }
        })
    }

    /// The hosts from which the credentials of `chain` are fetched.
    pub(super) fn hosts(&self, chain: &Chain) -> Result<Vec<String>, ConnectError> {
        let settings = &self.settings;
        let host = |endpoint: Option<Endpoint>, usual: String| {
            let of_endpoint = endpoint.and_then(|endpoint| authority(&endpoint.url));
            of_endpoint.unwrap_or(usual)
        };
        let mut hosts = Vec::new();
        match &chain.base {
            ChainStart::Sso { sso, .. } => {
                let usual = of_aws("portal.sso", &sso.region);
                hosts.push(host(settings.endpoint(SSO)?, usual));
            }
            ChainStart::Container => hosts.extend(authority(container_endpoint(settings))),
            ChainStart::Instance => hosts.extend(authority(metadata_endpoint(settings))),
            ChainStart::Environment(_)
            | ChainStart::AccessKeys { .. }
            | ChainStart::Process { .. }
            | ChainStart::WebIdentity { .. } => {}
        }
        if chain.asks_sts() {
            let service = if settings.use_fips() {
                "sts-fips"
            } else {
                "sts"
            };
            let usual = of_aws(service, self.sts_config.region().map_or("", Region::as_ref));
            hosts.push(host(settings.endpoint(STS)?, usual));
        }
        Ok(hosts)
    }

    /// FIPS and dual-stack are for AWS's own endpoints.
    fn provider_config(&self, endpoint: Option<&Endpoint>) -> ProviderConfig {
        let is_of_aws = endpoint.is_none();
        self.provider_config
            .clone()
            .with_use_fips(Some(is_of_aws && self.settings.use_fips()))
            .with_use_dual_stack(Some(is_of_aws && self.settings.use_dual_stack()))
    }

    async fn role(
        &self,
        role: &Role,
        with: SharedCredentialsProvider,
    ) -> SharedCredentialsProvider {
        let mut provider = AssumeRoleProvider::builder(&role.arn).configure(&self.sts_config);
        if let Some(name) = &role.session_name {
            provider = provider.session_name(name);
        }
        if let Some(id) = &role.external_id {
            provider = provider.external_id(id);
        }
        if let Some(seconds) = role.duration_seconds {
            provider = provider.session_length(Duration::from_secs(seconds.into()));
        }
        SharedCredentialsProvider::new(provider.build_from_provider(with).await)
    }

    fn sso(&self, sso: &Sso) -> Result<SharedCredentialsProvider, ConnectError> {
        self.settings.check_ignored(SSO)?;
        let endpoint = self.settings.endpoint(SSO)?;
        let Some(session) = sso.session.as_deref().filter(|name| !is_identifier(name)) else {
            let mut lines = vec![
                ("sso_account_id", sso.account_id.as_str()),
                ("sso_role_name", &sso.role_name),
            ];
            let of_session = [
                ("sso_start_url", sso.start_url.as_str()),
                ("sso_region", &sso.region),
            ];
            let mut sections = String::new();
            match &sso.session {
                Some(session) => {
                    lines.push(("sso_session", session));
                    let name = format!("sso-session {session}");
                    section(&mut sections, &name, &of_session)?;
                }
                None => lines.extend(of_session),
            }
            return self.of_profile(lines, sections, endpoint.as_ref());
        };
        // The SDK's files do not allow such a session name, and its builder takes no endpoint of a profile.
        let of_profile = |endpoint: &Endpoint| !endpoint.setting.starts_with("AWS_");
        if endpoint.as_ref().is_some_and(of_profile) {
            return Err(ConnectError::SsoSession {
                session: session.to_owned(),
            });
        }
        let provider = SsoCredentialsProvider::builder()
            .configure(&self.provider_config(endpoint.as_ref()))
            .account_id(&sso.account_id)
            .role_name(&sso.role_name)
            .start_url(&sso.start_url)
            .region(Region::new(sso.region.clone()))
            .session_name(session)
            .build();
        Ok(SharedCredentialsProvider::new(provider))
    }

    fn web_identity(&self, role: &WebIdentity) -> Result<SharedCredentialsProvider, ConnectError> {
        self.settings.check_ignored(STS)?;
        let endpoint = self.settings.endpoint(STS)?;
        let mut lines = vec![
            ("role_arn", role.role_arn.as_str()),
            ("web_identity_token_file", &role.token_file),
        ];
        if let Some(name) = &role.session_name {
            lines.push(("role_session_name", name));
        }
        self.of_profile(lines, String::new(), endpoint.as_ref())
    }

    /// The SDK's own provider over a profile of `lines`.
    fn of_profile<'a>(
        &self,
        mut lines: Vec<(&'static str, &'a str)>,
        mut sections: String,
        endpoint: Option<&'a Endpoint>,
    ) -> Result<SharedCredentialsProvider, ConnectError> {
        lines.extend(endpoint.map(|endpoint| ("endpoint_url", endpoint.url.as_str())));
        section(&mut sections, &format!("profile {PROFILE}"), &lines)?;
        let files = EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, sections)
            .build();
        let provider = ProfileFileCredentialsProvider::builder()
            .configure(&self.provider_config(endpoint))
            .profile_files(files)
            .profile_name(PROFILE)
            .build();
        Ok(SharedCredentialsProvider::new(provider))
    }
}

/// A host of AWS in the region's partition.
fn of_aws(service: &str, region: &str) -> String {
    let suffix = if region.starts_with("cn-") {
        "amazonaws.com.cn"
    } else {
        "amazonaws.com"
    };
    format!("{service}.{region}.{suffix}")
}

/// Writes a section of the SDK's files. The SDK cuts a value at a comment sign after a space.
fn section(
    text: &mut String,
    name: &str,
    lines: &[(&'static str, &str)],
) -> Result<(), ConnectError> {
    let mut written = vec![format!("[{name}]")];
    for (key, value) in lines {
        let mut letters = value.chars().zip(value.chars().skip(1));
        if letters.any(|(first, second)| first.is_whitespace() && matches!(second, '#' | ';')) {
            return Err(ConnectError::Value {
                setting: key,
                value: (*value).to_owned(),
            });
        }
        written.push(format!("{key} = {value}"));
    }
    text.push_str(&written.join("\n"));
    text.push('\n');
    Ok(())
}

/// The SDK's rule for the name of a section (`aws-runtime`, `validate_identifier`).
fn is_identifier(name: &str) -> bool {
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "_-/.%@:+".contains(letter);
    !name.is_empty() && name.chars().all(is_allowed)
}
