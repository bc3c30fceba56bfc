//! AWS CLI commands for the program's requests, with the current endpoint, region and profile.

use super::session::Session;
use crate::domain::request::shell_quoted;
use crate::domain::{
    DeploymentAction, DeploymentRequest, GroupChange, GroupId, GroupVersionId, ShownRequest,
};

/// The default address of `greengroup serve`.
pub const SERVE_ADDRESS: &str = "127.0.0.1:8471";

/// The flags that select the same account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AwsCli {
    flags: Vec<String>,
    is_sandbox: bool,
}

impl AwsCli {
    pub fn of(session: &Session) -> Self {
        let connected = session.connected();
        let is_sandbox = session.launch().is_sandbox;
        let endpoint = if is_sandbox {
            Some(format!("http://{SERVE_ADDRESS}"))
        } else {
            connected.and_then(|connected| connected.endpoint.clone())
        };
        let region = connected.map(|connected| connected.region.clone());
        let profile = connected.and_then(|connected| connected.profile.clone());
        let flags = [
            ("--endpoint-url", endpoint),
            ("--region", region.filter(|region| !region.is_empty())),
            ("--profile", profile),
        ];
        let flags = flags
            .into_iter()
            .filter_map(|(flag, value)| Some([flag.to_owned(), value?]));
        Self {
            flags: flags.flatten().collect(),
            is_sandbox,
        }
    }

    /// A command to run first; `None` if the others work without it.
    pub const fn needs(&self) -> Option<&'static str> {
        if self.is_sandbox {
            Some("# The sandbox has no address: first run greengroup serve in another terminal.")
        } else {
            None
        }
    }

    /// The command for the same request, one flag a line and without control characters. A result that a later
    /// request needs is assigned to a variable.
    pub fn command(&self, request: &ShownRequest) -> String {
        assigned(in_lines(self.with_flags(request)), request)
    }

    /// The commands for the same requests, one line each.
    pub fn script(&self, change: &GroupChange) -> String {
        let requests = change.requests();
        let commands = requests.iter().map(|request| {
            let words: Vec<String> = self.with_flags(request).collect();
            assigned(words.join(" "), request)
        });
        commands.collect::<Vec<String>>().join("\n")
    }

    fn with_flags<'a>(&'a self, request: &'a ShownRequest) -> impl Iterator<Item = String> + 'a {
        let query = request.result.iter();
        let query = query
            .flat_map(|(_, member)| ["--query", member, "--output", "text"].map(str::to_owned));
        let flags = self.flags.iter().map(|word| shell_quoted(word));
        request.words.iter().cloned().chain(flags).chain(query)
    }

    /// The command that deploys a version of the group.
    pub fn deploy(&self, group: &GroupId, version: &str) -> String {
        self.of_deployment(&DeploymentRequest {
            group: group.clone(),
            action: DeploymentAction::Deploy(GroupVersionId::new(version)),
        })
    }

    /// The command that starts the same deployment or reset.
    pub fn of_deployment(&self, request: &DeploymentRequest) -> String {
        in_lines(self.quoted(&request.command_words()))
    }

    /// The same command in one line.
    pub fn of_deployment_in_one_line(&self, request: &DeploymentRequest) -> String {
        let words: Vec<String> = self.quoted(&request.command_words()).collect();
        words.join(" ")
    }

    fn quoted<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = String> + 'a {
        let words = words.iter().chain(&self.flags);
        words.map(|word| shell_quoted(word))
    }
}

fn in_lines(words: impl Iterator<Item = String>) -> String {
    let mut command = String::new();
    for word in words {
        let separator = match command.as_str() {
            "" => "",
            _ if word.starts_with("--") => " \\\n  ",
            _ => " ",
        };
        command.push_str(separator);
        command.push_str(&word);
    }
    command
}

/// `NAME=$(command)` if a later request needs the result.
fn assigned(command: String, request: &ShownRequest) -> String {
    match &request.result {
        Some((variable, _)) => format!("{variable}=$({command})"),
        None => command,
    }
}
