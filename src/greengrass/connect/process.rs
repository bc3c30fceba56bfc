//! `credential_process`: a command that prints credentials. It runs without the terminal and ends with the
//! program.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{ExitStatus, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future::ProvideCredentials as Provided};
use rustix::process::{Pid, Signal, kill_process_group, setsid};
use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::credentials::of_keys;
use crate::domain::ErrorKind;
use crate::greengrass::aws_files::chain::AccessKeys;
use crate::greengrass::credentials_failure::CredentialsFailure;
use crate::greengrass::transport::{CallTag, ClientTraffic};

/// The argument with which this program starts a command in its own session: `greengroup ARGUMENT COMMAND …`.
pub const HELPER_ARGUMENT: &str = "--run-in-own-session";

/// The exit status of a shell, and of this program's helper, for a command that cannot be started.
const NOT_FOUND: i32 = 127;

/// A call times out after two minutes; this shorter timeout gives the better error message.
const TIMEOUT: Duration = Duration::from_secs(100);

/// Detaches from the terminal and executes the command. Returns only if that fails.
///
/// The standard library cannot start a process in a session of its own without `unsafe`.
pub fn run_in_own_session(command: impl IntoIterator<Item = OsString>) -> io::Error {
    let mut command = command.into_iter();
    let Some(program) = command.next() else {
        return io::Error::other("there is no command");
    };
    // It fails only for the leader of a process group, which needs no new session.
    _ = setsid();
    #[cfg(target_os = "linux")]
    {
        // If this program is killed, nothing else would end the command.
        _ = rustix::process::set_parent_process_death_signal(Some(Signal::TERM));
    }
    let error = std::process::Command::new(&program).args(command).exec();
    io::Error::new(
        error.kind(),
        format!("{}: {error}", program.to_string_lossy()),
    )
}

/// The command of a profile.
pub(super) struct Process {
    pub(super) command: Vec<String>,
    pub(super) account_id: Option<String>,
    pub(super) session_helper: Option<OsString>,
    pub(super) traffic: Arc<ClientTraffic>,
}

impl fmt::Debug for Process {
    /// Without arguments, which may be secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Process({})", self.name())
    }
}

/// The output of the command, by AWS's document on sourcing credentials with an external process.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ProcessAnswer {
    version: serde_json::Value,
    access_key_id: Option<String>,
    secret_access_key: Option<String>,
    session_token: Option<String>,
    expiration: Option<String>,
    account_id: Option<String>,
}

impl Process {
    fn program(&self) -> &str {
        self.command.first().map_or("", String::as_str)
    }

    /// The file name of the program, for the screen.
    fn name(&self) -> &str {
        let program = self.program();
        program.rsplit('/').next().unwrap_or(program)
    }

    fn failed(&self, what: impl fmt::Display) -> CredentialsFailure {
        let message = format!("credential_process {}: {what}", self.name());
        CredentialsFailure::new(ErrorKind::NoCredentials, message)
    }

    async fn credentials(&self) -> Result<Credentials, CredentialsFailure> {
        let output = self.output().await?;
        if !output.status.success() {
            if output.status.code() == Some(NOT_FOUND) {
                let program = self.program();
                return Err(self.failed(format_args!("{program} cannot be found or started")));
            }
            // The standard error may contain secrets.
            let what = ended(output.status);
            return Err(self.failed(format_args!("{what}; its standard error is not shown")));
        }
        // The parser's error would quote the output, which contains secrets.
        let answer: ProcessAnswer = serde_json::from_slice(&output.stdout)
            .map_err(|_| self.failed("its answer is not the JSON that AWS describes"))?;
        self.read(answer)
    }

    async fn output(&self) -> Result<Output, CredentialsFailure> {
        let mut command = if let Some(helper) = &self.session_helper {
            let mut command = tokio::process::Command::new(helper);
            command.arg(HELPER_ARGUMENT).args(&self.command);
            command
        } else {
            let mut command = tokio::process::Command::new(self.program());
            command.args(self.command.iter().skip(1));
            command
        };
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| self.failed(format_args!("cannot be started: {error}")))?;
        let id = child.id().filter(|_| self.session_helper.is_some());
        let _group = ProcessGroup(id.and_then(|id| i32::try_from(id).ok()));
        let tag = CallTag::alone(format!("credential_process {}", self.name()));
        let running = self.traffic.running(&tag);
        let ended = tokio::time::timeout(TIMEOUT, child.wait_with_output()).await;
        let Ok(output) = ended else {
            let limit = TIMEOUT.as_secs();
            return Err(self.failed(format_args!("no answer within {limit} s; it was ended")));
        };
        let output = output.map_err(|error| self.failed(error))?;
        running.end_of_process(output.status.success());
        Ok(output)
    }

    fn read(&self, answer: ProcessAnswer) -> Result<Credentials, CredentialsFailure> {
        if answer.version != 1 {
            let version = answer.version;
            return Err(self.failed(format_args!("its Version is {version}, and must be 1")));
        }
        let missing = |name: &str| self.failed(format_args!("its answer has no {name}"));
        let secret = answer.secret_access_key;
        let keys = AccessKeys {
            access_key_id: answer.access_key_id.ok_or_else(|| missing("AccessKeyId"))?,
            secret_access_key: secret.ok_or_else(|| missing("SecretAccessKey"))?,
            session_token: answer.session_token.filter(|token| !token.is_empty()),
            account_id: answer.account_id.or_else(|| self.account_id.clone()),
        };
        let expiration = answer
            .expiration
            .map(|text| OffsetDateTime::parse(&text, &Rfc3339));
        let expiration = expiration.transpose().map_err(|_| {
            self.failed("its Expiration is not a time such as 2030-01-02T03:04:05Z")
        })?;
        let expiry = expiration.map(SystemTime::from);
        Ok(of_keys(keys, expiry, "credential_process"))
    }
}

fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("ended with exit status {code}"),
        None => "was ended by a signal".to_owned(),
    }
}

impl ProvideCredentials for Process {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(async {
            self.credentials()
                .await
                .map_err(CredentialsError::provider_error)
        })
    }
}

/// The processes that a command has started; they end with it.
struct ProcessGroup(Option<i32>);

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        if let Some(group) = self.0.and_then(Pid::from_raw) {
            // Without a process group, every process has ended.
            _ = kill_process_group(group, Signal::KILL);
        }
    }
}
