//! The flags that say where and how to connect.

use std::ffi::OsString;
use std::sync::Arc;

use crate::greengrass::ClientOptions;
use crate::greengrass::aws_files::AwsFiles;
use crate::greengrass::environment::Environment;

/// The flags of a connection.
#[derive(Debug, Clone, Default)]
pub struct ConnectOptions {
    /// Replaces `AWS_PROFILE`, and takes precedence over credentials in the environment.
    pub profile: Option<String>,
    /// Instead of `AWS_REGION`, the profile's region and the instance's.
    pub region: Option<String>,
    /// Greengrass's endpoint, instead of `AWS_ENDPOINT_URL_GREENGRASS`, `AWS_ENDPOINT_URL` and the profile's.
    pub endpoint_url: Option<String>,
    pub client: ClientOptions,
    /// The program that runs a `credential_process` in its own session, by
    /// [`HELPER_ARGUMENT`](super::HELPER_ARGUMENT). This is the program itself; without it the process keeps
    /// the terminal.
    pub session_helper: Option<OsString>,
    /// Instead of the process's environment.
    pub environment: Option<Arc<Environment>>,
    /// Instead of the files that the environment names.
    pub files: Option<Arc<AwsFiles>>,
}
