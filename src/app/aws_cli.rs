//! The AWS CLI's commands for what the program does, with the endpoint, region and profile in force.

use super::session::Session;
use crate::domain::request::shell_quoted;
use crate::domain::{
    CreateGroupVersion, DeploymentAction, DeploymentRequest, GroupId, GroupVersionId,
};

/// Where `greengroup serve` listens unless `--listen` says otherwise.
pub const SERVE_ADDRESS: &str = "127.0.0.1:8471";

/// The flags that lead a command to the same account.
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

    /// What has to run first; `None` if the commands work as they are.
    pub const fn needs(&self) -> Option<&'static str> {
        if self.is_sandbox {
            Some("# The sandbox has no address: first run greengroup serve in another terminal.")
        } else {
            None
        }
    }

    /// Creates the same version; one flag a line, with nothing in it that a terminal would act on.
    pub fn create(&self, request: &CreateGroupVersion) -> String {
        self.lines(&request.command_words())
    }

    /// Creates the same version; in one line.
    pub fn create_in_one_line(&self, request: &CreateGroupVersion) -> String {
        self.quoted(&request.command_words()).join(" ")
    }

    /// Deploys a version of the group.
    pub fn deploy(&self, group: &GroupId, version: &str) -> String {
        self.of_deployment(&DeploymentRequest {
            group: group.clone(),
            action: DeploymentAction::Deploy(GroupVersionId::new(version)),
        })
    }

    /// Starts the same deployment or reset.
    pub fn of_deployment(&self, request: &DeploymentRequest) -> String {
        self.lines(&request.command_words())
    }

    /// The same in one line.
    pub fn of_deployment_in_one_line(&self, request: &DeploymentRequest) -> String {
        self.quoted(&request.command_words()).join(" ")
    }

    fn quoted(&self, words: &[String]) -> Vec<String> {
        let words = words.iter().chain(&self.flags);
        words.map(|word| shell_quoted(word)).collect()
    }

    fn lines(&self, words: &[String]) -> String {
        let mut command = String::new();
        for word in self.quoted(words) {
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
}
