//! The receipt on standard output: one line for each created version, after the terminal is restored.

use serde_json::json;

use crate::app::aws_cli::AwsCli;
use crate::app::text::request_json;
use crate::domain::printable::{printable, printable_json};
use crate::domain::{CreateGroupVersion, CreatedVersion, DeploymentRequest};

/// How the receipt is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Output {
    /// The four members between tabs, in the order in which the AWS CLI prints them as text.
    #[default]
    Text,
    /// The members of the response.
    Json,
    /// The ARN alone.
    Arn,
}

/// The line for one version.
pub fn created(version: &CreatedVersion, output: Output) -> String {
    let members = [
        &version.arn,
        &version.creation_timestamp,
        &version.id,
        &version.version,
    ];
    match output {
        Output::Arn => safe(version.arn.as_deref()),
        Output::Text => members.map(|member| safe(member.as_deref())).join("\t"),
        Output::Json => {
            let [arn, creation_timestamp, id, version] = members;
            let json = json!({"Arn": arn, "CreationTimestamp": creation_timestamp, "Id": id, "Version": version});
            printable_json(&json.to_string()).into_owned()
        }
    }
}

/// The request that `--dry-run` did not send: as JSON, or as a command for a shell.
pub fn rehearsed(request: &CreateGroupVersion, cli: &AwsCli, output: Output) -> String {
    match output {
        Output::Json => request_json(request),
        Output::Text | Output::Arn => cli.create_in_one_line(request),
    }
}

/// The deployment that `--dry-run` did not send.
pub fn rehearsed_deployment(request: &DeploymentRequest, cli: &AwsCli, output: Output) -> String {
    match output {
        Output::Json => printable_json(&request.body().to_string()).into_owned(),
        Output::Text | Output::Arn => cli.of_deployment_in_one_line(request),
    }
}

fn safe(member: Option<&str>) -> String {
    printable(member.unwrap_or("-")).into_owned()
}
