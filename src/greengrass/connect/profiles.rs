//! The profiles of AWS's configuration and credentials files, read by AWS's own parser.

use aws_config::profile::{ProfileSet, load};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};

use super::ConnectError;

/// The names of all profiles, sorted; none where there are no files or they cannot be read.
pub async fn profiles() -> Vec<String> {
    read(None)
        .await
        .map(|files| names(&files))
        .unwrap_or_default()
}

/// Reads `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or the files in `~/.aws`.
pub(super) async fn read(profile: Option<String>) -> Result<ProfileSet, ConnectError> {
    load(
        &Fs::real(),
        &Env::real(),
        &EnvConfigFiles::default(),
        profile.map(Into::into),
    )
    .await
    .map_err(|error| ConnectError::Files(crate::greengrass::explain::chain_text(&error)))
}

/// The profile in use; a missing `default` is no error unless somebody asked for it.
pub(super) fn selected(
    files: &ProfileSet,
    asked: Option<&str>,
) -> Result<Option<String>, ConnectError> {
    let name = files.selected_profile();
    if files.get_profile(name).is_some() {
        return Ok(Some(name.to_owned()));
    }
    if asked.is_none() && name == "default" {
        return Ok(None);
    }
    Err(ConnectError::UnknownProfile {
        name: name.to_owned(),
        known: names(files),
    })
}

fn names(files: &ProfileSet) -> Vec<String> {
    let mut names: Vec<String> = files.profiles().map(str::to_owned).collect();
    names.sort_unstable();
    names
}
