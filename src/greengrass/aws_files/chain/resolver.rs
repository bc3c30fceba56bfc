//! Follows a profile to the credentials that sign.

use super::error::ChainError;
use super::links::{Chain, ChainStart, ProfileChoice, Role, Sso};
use super::settings::{
    checked, environment_keys, has_keys, is_in_container, keys, optional, process, role_arn,
    setting, web_identity,
};
use crate::greengrass::aws_files::profile::{Profile, Values};
use crate::greengrass::aws_files::{AwsFiles, FilesError};
use crate::greengrass::environment::Environment;

/// Resolves the chain of the current profile; `None` if the profile does not exist.
pub fn resolve(
    files: &AwsFiles,
    environment: &Environment,
    profile: Option<&Profile>,
    choice: ProfileChoice,
) -> Result<Chain, ChainError> {
    let resolver = Resolver { files, environment };
    let is_explicit = choice == ProfileChoice::Explicit;
    if !is_explicit && let Some(keys) = environment_keys(environment)? {
        return Ok(ChainStart::Environment(keys).into());
    }
    if let Some(profile) = profile {
        profile.check().map_err(FilesError::from)?;
        if let Some(role) = role_arn(profile) {
            return resolver.assume(profile, role, &mut vec![profile.name.clone()]);
        }
    }
    let variables = (!is_explicit).then_some(environment);
    let base = match resolver.base(profile, variables)? {
        Some(base) => base,
        None => resolver.machine(profile)?,
    };
    Ok(base.into())
}

struct Resolver<'a> {
    files: &'a AwsFiles,
    environment: &'a Environment,
}

impl Resolver<'_> {
    /// The role of `profile`, with the credentials of its source below it.
    fn assume(
        &self,
        profile: &Profile,
        role: &str,
        visited: &mut Vec<String>,
    ) -> Result<Chain, ChainError> {
        let name = || profile.name.clone();
        if let Some(serial) = profile.get("mfa_serial") {
            return Err(ChainError::NeedsMfa {
                profile: name(),
                serial: serial.to_owned(),
            });
        }
        let role = Role {
            profile: name(),
            arn: checked(role, || setting(profile, "role_arn"))?,
            session_name: optional(profile, "role_session_name")?,
            external_id: optional(profile, "external_id")?,
            duration_seconds: profile
                .get("duration_seconds")
                .and_then(|seconds| seconds.trim().parse().ok()),
        };
        let sources = (
            profile.get("source_profile"),
            profile.get("credential_source"),
        );
        let mut chain = match sources {
            (Some(_), Some(_)) => return Err(ChainError::TwoSources { profile: name() }),
            (None, None) => {
                return Err(ChainError::Incomplete {
                    profile: name(),
                    key: "role_arn",
                    missing: "source_profile or credential_source".to_owned(),
                });
            }
            (None, Some(source)) => self.named_source(profile, source)?.into(),
            (Some(source), None) => self.source(profile, source, visited)?,
        };
        chain.roles.push(role);
        Ok(chain)
    }

    fn source(
        &self,
        profile: &Profile,
        source_name: &str,
        visited: &mut Vec<String>,
    ) -> Result<Chain, ChainError> {
        let (name, source_profile) = (profile.name.clone(), source_name.to_owned());
        let Some(source) = self.files.get(source_name) else {
            return Err(ChainError::MissingSource {
                profile: name,
                source_profile,
            });
        };
        source.check().map_err(FilesError::from)?;
        // A profile may be its own source, with keys of its own besides the role.
        let is_own_source = source_name == profile.name && has_keys(source);
        if visited.iter().any(|one| one == source_name) && !is_own_source {
            return Err(ChainError::Loop {
                profile: name,
                source_profile,
            });
        }
        visited.push(source_profile.clone());
        if let Some(role) = role_arn(source)
            && !has_keys(source)
        {
            return self.assume(source, role, visited);
        }
        let Some(base) = self.base(Some(source), None)? else {
            refuse_halves(source)?;
            return Err(ChainError::SourceWithoutCredentials {
                profile: name,
                source_profile,
            });
        };
        Ok(base.into())
    }

    fn named_source(&self, profile: &Profile, source: &str) -> Result<ChainStart, ChainError> {
        let absent = |reason| ChainError::SourceAbsent {
            profile: profile.name.clone(),
            source_name: source.to_owned(),
            reason,
        };
        match source {
            "Environment" => environment_keys(self.environment)?
                .map(ChainStart::Environment)
                .ok_or_else(|| absent("AWS_ACCESS_KEY_ID is not set")),
            "EcsContainer" if is_in_container(self.environment) => Ok(ChainStart::Container),
            "EcsContainer" => Err(absent(
                "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
            )),
            "Ec2InstanceMetadata" if self.environment.is_without_instance() => {
                Err(absent("AWS_EC2_METADATA_DISABLED is set"))
            }
            "Ec2InstanceMetadata" => Ok(ChainStart::Instance),
            other => Err(ChainError::UnknownSource {
                profile: profile.name.clone(),
                source_name: other.to_owned(),
            }),
        }
    }

    /// The credentials that the profile itself names, in the CLI's order; `None` if it names none.
    fn base(
        &self,
        profile: Option<&Profile>,
        variables: Option<&Environment>,
    ) -> Result<Option<ChainStart>, ChainError> {
        if let Some(role) = web_identity(profile, variables)? {
            return Ok(Some(role));
        }
        let Some(profile) = profile else {
            return Ok(None);
        };
        if let Some(sso) = self.sso(profile)? {
            let profile = profile.name.clone();
            return Ok(Some(ChainStart::Sso { profile, sso }));
        }
        if let Some(keys) = keys(profile, profile.credentials.as_ref())? {
            return Ok(Some(keys));
        }
        if profile.get("login_session").is_some() {
            let profile = profile.name.clone();
            return Err(ChainError::LoginSession { profile });
        }
        if let Some(process) = process(profile)? {
            return Ok(Some(process));
        }
        keys(profile, profile.config.as_ref())
    }

    fn sso(&self, profile: &Profile) -> Result<Option<Sso>, ChainError> {
        if profile.get("sso_role_name").is_none() && profile.get("sso_account_id").is_none() {
            return Ok(None);
        }
        let session_name = profile.get("sso_session");
        let session = session_name.map(|session| self.sso_session(profile, session));
        let session = session.transpose()?;
        let value = |key: &'static str| {
            let value = session.and_then(|session| session.get(key));
            let value = value.or_else(|| profile.get(key));
            let value = value.ok_or_else(|| ChainError::Incomplete {
                profile: profile.name.clone(),
                key: "settings for SSO",
                missing: key.to_owned(),
            })?;
            checked(value, || setting(profile, key))
        };
        Ok(Some(Sso {
            account_id: value("sso_account_id")?,
            role_name: value("sso_role_name")?,
            start_url: value("sso_start_url")?,
            region: value("sso_region")?,
            session: session_name.map(str::to_owned),
        }))
    }

    /// The section that the profile names. It is an error if both have a key with different values.
    fn sso_session(&self, profile: &Profile, session: &str) -> Result<&Values, ChainError> {
        let values = self.files.sso_sessions.get(session);
        let values = values.ok_or_else(|| ChainError::MissingSession {
            profile: profile.name.clone(),
            session: session.to_owned(),
        })?;
        values.check().map_err(FilesError::from)?;
        let mut keys: Vec<&String> = values.options.keys().collect();
        keys.sort_unstable();
        let own = |key: &str| profile.get(key);
        let differs = |key: &&String| own(key).is_some_and(|own| Some(own) != values.get(key));
        match keys.into_iter().find(differs) {
            Some(key) => Err(ChainError::SessionDiffers {
                profile: profile.name.clone(),
                session: session.to_owned(),
                key: key.clone(),
            }),
            None => Ok(values),
        }
    }

    /// The role of the machine, if the profile names no credentials.
    fn machine(&self, profile: Option<&Profile>) -> Result<ChainStart, ChainError> {
        if let Some(profile) = profile {
            refuse_halves(profile)?;
        }
        if is_in_container(self.environment) {
            return Ok(ChainStart::Container);
        }
        if self.environment.is_without_instance() {
            let profile = profile.map_or("default", |profile| profile.name.as_str());
            return Err(ChainError::Nothing {
                profile: profile.to_owned(),
            });
        }
        Ok(ChainStart::Instance)
    }
}

/// Refuses a profile with an incomplete setting for credentials.
fn refuse_halves(profile: &Profile) -> Result<(), ChainError> {
    const HALVES: [(&str, &str); 9] = [
        ("role_arn", "source_profile or credential_source"),
        ("source_profile", "role_arn"),
        ("credential_source", "role_arn"),
        ("aws_secret_access_key", "aws_access_key_id"),
        ("aws_session_token", "aws_access_key_id"),
        ("aws_security_token", "aws_access_key_id"),
        ("sso_session", "sso_account_id and sso_role_name"),
        ("sso_start_url", "sso_account_id and sso_role_name"),
        ("web_identity_token_file", "role_arn"),
    ];
    let half = HALVES.iter().find(|(key, _)| profile.get(key).is_some());
    half.map_or(Ok(()), |&(key, missing)| {
        Err(ChainError::Incomplete {
            profile: profile.name.clone(),
            key,
            missing: missing.to_owned(),
        })
    })
}
