//! The settings of environment and profile that name credentials, read and checked.

use super::error::ChainError;
use super::links::{AccessKeys, ChainStart, WebIdentity};
use crate::greengrass::aws_files::profile::{Profile, Values};
use crate::greengrass::aws_files::words;
use crate::greengrass::environment::Environment;

/// The role that is assumed with other credentials.
pub(super) fn role_arn(profile: &Profile) -> Option<&str> {
    let role = profile.get("role_arn");
    role.filter(|_| profile.get("web_identity_token_file").is_none())
}

pub(super) fn has_keys(profile: &Profile) -> bool {
    let keys = ["aws_access_key_id", "aws_secret_access_key"];
    keys.iter().any(|key| profile.get(key).is_some())
}

/// An empty variable counts too, because the CLI only checks that it is set.
pub(super) fn is_in_container(environment: &Environment) -> bool {
    let variables = [
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];
    variables.iter().any(|name| environment.get(name).is_some())
}

pub(super) fn environment_keys(
    environment: &Environment,
) -> Result<Option<AccessKeys>, ChainError> {
    const KEY: &str = "AWS_ACCESS_KEY_ID";
    const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
    let Some(access_key_id) = environment.set(KEY) else {
        return Ok(None);
    };
    let secret = environment.set(SECRET).ok_or(ChainError::HalfEnvironment {
        variable: KEY,
        missing: SECRET,
    })?;
    let mut tokens = ["AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"].into_iter();
    let session_token =
        tokens.find_map(|name| Some(checked(environment.set(name)?, || name.to_owned())));
    Ok(Some(AccessKeys {
        access_key_id: checked(access_key_id, || KEY.to_owned())?,
        secret_access_key: checked(secret, || SECRET.to_owned())?,
        session_token: session_token.transpose()?,
        account_id: environment.set("AWS_ACCOUNT_ID").map(str::to_owned),
    }))
}

/// The environment takes precedence over the profile for each setting.
pub(super) fn web_identity(
    profile: Option<&Profile>,
    variables: Option<&Environment>,
) -> Result<Option<ChainStart>, ChainError> {
    let of_profile = |key| profile.and_then(|profile| profile.get(key));
    let find = |variable, key| {
        let value = variables.and_then(|environment| environment.get(variable));
        value.or_else(|| of_profile(key))
    };
    let token_file = find("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
    let Some(token_file) = token_file.filter(|file| !file.is_empty()) else {
        return Ok(None);
    };
    let role_arn = find("AWS_ROLE_ARN", "role_arn").filter(|arn| !arn.is_empty());
    let name = profile.map_or("default", |profile| profile.name.as_str());
    let role_arn = role_arn.ok_or_else(|| ChainError::Incomplete {
        profile: name.to_owned(),
        key: "web_identity_token_file",
        missing: "role_arn".to_owned(),
    })?;
    let session_name = find("AWS_ROLE_SESSION_NAME", "role_session_name");
    let is_of_profile = of_profile("web_identity_token_file") == Some(token_file);
    let role = WebIdentity {
        token_file: checked(token_file, || "web_identity_token_file".to_owned())?,
        role_arn: checked(role_arn, || "role_arn".to_owned())?,
        session_name: session_name.map(str::to_owned),
    };
    Ok(Some(ChainStart::WebIdentity {
        profile: profile
            .filter(|_| is_of_profile)
            .map(|profile| profile.name.clone()),
        role,
    }))
}

/// The access key in one of the two sections of a profile; the CLI does not mix them.
pub(super) fn keys(
    profile: &Profile,
    section: Option<&Values>,
) -> Result<Option<ChainStart>, ChainError> {
    const KEY: &str = "aws_access_key_id";
    const SECRET: &str = "aws_secret_access_key";
    let Some(section) = section else {
        return Ok(None);
    };
    let Some(access_key_id) = section.get(KEY) else {
        return Ok(None);
    };
    let setting = |key| setting(profile, key);
    let secret = section.get(SECRET).ok_or_else(|| ChainError::Incomplete {
        profile: profile.name.clone(),
        key: KEY,
        missing: format!("{SECRET} beside it in {}", section.path.display()),
    })?;
    let mut tokens = ["aws_security_token", "aws_session_token"].into_iter();
    let token = tokens.find_map(|key| Some((key, section.get(key)?)));
    let session_token = token
        .filter(|(_, token)| !token.is_empty())
        .map(|(key, token)| checked(token, || setting(key)))
        .transpose()?;
    let keys = AccessKeys {
        access_key_id: checked(access_key_id, || setting(KEY))?,
        secret_access_key: checked(secret, || setting(SECRET))?,
        session_token,
        account_id: section.get("aws_account_id").map(str::to_owned),
    };
    Ok(Some(ChainStart::AccessKeys {
        profile: profile.name.clone(),
        file: section.path.clone(),
        keys,
    }))
}

pub(super) fn process(profile: &Profile) -> Result<Option<ChainStart>, ChainError> {
    let Some(command) = profile.get("credential_process") else {
        return Ok(None);
    };
    let name = profile.name.clone();
    let command = words::split(command).ok_or_else(|| ChainError::Command {
        profile: name.clone(),
    })?;
    if command.first().is_none_or(String::is_empty) {
        let setting = setting(profile, "credential_process");
        return Err(ChainError::Empty { setting });
    }
    Ok(Some(ChainStart::Process {
        profile: name,
        command,
        account_id: profile.get("aws_account_id").map(str::to_owned),
    }))
}

/// The name of a profile's setting in errors.
pub(super) fn setting(profile: &Profile, key: &str) -> String {
    format!("{key} of the profile {:?}", profile.name)
}

pub(super) fn optional(profile: &Profile, key: &str) -> Result<Option<String>, ChainError> {
    let value = profile.get(key);
    let value = value.map(|value| checked(value, || setting(profile, key)));
    value.transpose()
}

/// Refuses a value that no request can contain. The SDK would panic on a line break in a header.
pub(super) fn checked(value: &str, setting: impl FnOnce() -> String) -> Result<String, ChainError> {
    if value.is_empty() {
        return Err(ChainError::Empty { setting: setting() });
    }
    if value.chars().any(char::is_control) {
        return Err(ChainError::Control { setting: setting() });
    }
    Ok(value.to_owned())
}
