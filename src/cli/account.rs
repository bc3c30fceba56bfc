//! The account that a command works on: AWS, another endpoint, or the sandbox.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use super::arguments::{CommandLine, SandboxAccount};
use crate::domain::RequestLimit;
use crate::greengrass::{ClientOptions, ConnectOptions};
use crate::runtime::config::Config;
use crate::runtime::connection::ConnectionTarget;
use crate::sandbox::Sandbox;

pub(super) fn target(
    command_line: &CommandLine,
    config: &Config,
) -> Result<ConnectionTarget, String> {
    let options = client_options(command_line, config);
    let sandbox = match &command_line.service.sandbox {
        None => {
            let options = connect_options(command_line, options);
            return Ok(ConnectionTarget::Service(options));
        }
        Some(SandboxAccount::Demo) => Arc::default(),
        Some(SandboxAccount::File(file)) => {
            let sandbox = Sandbox::open(file).map_err(|error| error.to_string())?;
            Arc::new(sandbox.into())
        }
    };
    Ok(ConnectionTarget::Sandbox { sandbox, options })
}

/// The limit for requests; none for the sandbox, because no device shares it.
pub(super) fn request_limit(command_line: &CommandLine, config: &Config) -> RequestLimit {
    let mut limit = config.requests;
    if command_line.service.sandbox.is_some() && limit == RequestLimit::default() {
        limit.per_second = f64::INFINITY;
    }
    limit
}

pub fn client_options(command_line: &CommandLine, config: &Config) -> ClientOptions {
    let limit = request_limit(command_line, config);
    ClientOptions {
        read_only: command_line.start.read_only,
        requests_per_second: limit.per_second,
        burst: limit.burst,
        ..ClientOptions::default()
    }
}

/// The options of a connection to an account other than the built-in one.
fn connect_options(command_line: &CommandLine, client: ClientOptions) -> ConnectOptions {
    ConnectOptions {
        profile: command_line.service.profile.clone(),
        region: command_line.service.region.clone(),
        endpoint_url: command_line.service.endpoint_url.clone(),
        client,
        session_helper: session_helper(),
        environment: None,
        files: None,
    }
}

/// The path of this program, which starts a `credential_process` without the terminal. Linux's link to it
/// remains valid after the file was replaced.
fn session_helper() -> Option<OsString> {
    let link = Path::new("/proc/self/exe");
    if link.exists() {
        return Some(link.into());
    }
    std::env::current_exe().ok().map(OsString::from)
}
