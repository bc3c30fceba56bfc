//! The account that a command works on: AWS, another endpoint, or the sandbox.

use std::sync::Arc;

use super::{CommandLine, SandboxAccount};
use crate::runtime::config::Config;
use crate::runtime::connection::ConnectionTarget;
use crate::sandbox::Sandbox;

/// The way to the account, and whether drafts of it are worth keeping.
pub(super) fn target(
    command_line: &CommandLine,
    config: &Config,
) -> Result<(ConnectionTarget, bool), String> {
    let options = command_line.client_options(config);
    match &command_line.service.sandbox {
        None => Ok((
            ConnectionTarget::Service(command_line.connect_options(options)),
            true,
        )),
        // A fresh copy each time: nothing of it outlives the program.
        Some(SandboxAccount::Demo) => {
            let sandbox = Arc::default();
            Ok((ConnectionTarget::Demo { sandbox, options }, false))
        }
        Some(SandboxAccount::File(file)) => {
            let sandbox = Sandbox::open(file).map_err(|error| error.to_string())?;
            Ok((ConnectionTarget::Sandbox { sandbox, options }, true))
        }
    }
}
