//! The receipt on standard output: one line for each created version, after the terminal is restored.

use serde_json::json;

use crate::app::aws_cli::AwsCli;
use crate::app::text::request_json;
use crate::domain::printable::{printable, printable_json};
use crate::domain::{CreatedDefinitionVersion, CreatedVersion, DeploymentRequest, GroupChange};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Output {
    /// The four members separated by tabs, in the order of the AWS CLI's text output.
    #[default]
    Text,
    /// The members of the response.
    Json,
    /// Only the ARN.
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

/// The requests that `--dry-run` did not send, in order, as commands for a shell or as JSON. The commands
/// write the files that they read.
///
/// As JSON, a change of several requests is one object a line, with the members `operation`, `path` and
/// `body`.
pub fn rehearsed(change: &GroupChange, cli: &AwsCli, output: Output) -> String {
    match output {
        Output::Json if change.definitions.is_empty() => request_json(&change.create),
        Output::Json => {
            let requests = change.requests().into_iter().map(|request| {
                let json = json!({"operation": request.operation, "path": request.path, "body": request.body});
                printable_json(&json.to_string()).into_owned()
            });
            requests.collect::<Vec<String>>().join("\n")
        }
        Output::Text | Output::Arn => {
            let files = change.files().into_iter().map(|file| {
                let text = printable_json(&file.text);
                format!("cat > {} <<'JSON'\n{text}\nJSON\n", file.name)
            });
            files.chain([cli.script(change)]).collect()
        }
    }
}

/// The line for standard error about a created definition version.
pub fn created_definition(version: &CreatedDefinitionVersion) -> String {
    let arn = &version.arn;
    printable(&format!(
        "created the {} definition version {arn}",
        arn.kind()
    ))
    .into_owned()
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
