//! The account of the report: AWS's files, proxies, credentials, identity, and whether groups can be listed.

use std::time::Duration;

use super::report::Report;
use crate::app::effect::AccountChoice;
use crate::app::event::Connected;
use crate::domain::ServiceError;
use crate::greengrass::aws_files::{AwsFile, AwsFiles, FileState};
use crate::greengrass::{Client, Environment, Timeouts, proxy_variables};
use crate::runtime::connection::ConnectionTarget;
use crate::ui::advice;

/// One attempt with short timeouts, so that the report shows the error of the attempt. A silent server must
/// be reported as such before the attempt ends.
const TIMEOUTS: Timeouts = Timeouts {
    connect: Duration::from_secs(5),
    read: Duration::from_secs(8),
    attempt: Duration::from_secs(12),
    operation: Duration::from_secs(110),
};

/// Connects, asks STS for the identity, and lists groups.
pub(super) async fn account(report: &mut Report, mut target: ConnectionTarget) {
    report.section("Account");
    if matches!(target, ConnectionTarget::Service(_)) {
        aws_files(report);
        proxies(report);
    }
    let options = target.client_options();
    options.timeouts = TIMEOUTS;
    options.max_attempts = 1;
    let (connection, connected) = match target.connect(AccountChoice::default()).await {
        Ok(connection) => connection,
        Err(failure) => {
            return report.bad("connection", &failure.message, "correct this setting");
        }
    };
    facts(report, &connected);
    identity(report, &connection.client).await;
    match connection.client.groups(None).await {
        Ok(_) => report.say("groups", "can be listed"),
        Err(error) => failed(report, "groups", &error),
    }
}

fn failed(report: &mut Report, name: &'static str, error: &ServiceError) {
    report.bad(name, &error.to_string(), &advice(error.next_step()));
}

/// Both AWS files: whether each can be read, and its skipped lines.
fn aws_files(report: &mut Report) {
    let files = AwsFiles::read(&Environment::of_process());
    aws_file(report, "AWS config", &files.config);
    aws_file(report, "AWS credentials", &files.credentials);
}

fn aws_file(report: &mut Report, name: &'static str, file: &AwsFile) {
    let path = file.path.display();
    match &file.state {
        FileState::Absent => report.say(name, format!("{path} (not there)")),
        FileState::Unusable(reason) => {
            let what = format!("{path}: {reason}");
            report.bad(name, &what, "correct the file; nothing is signed before");
        }
        FileState::Read { skipped } => {
            report.say(name, format!("{path} (there, UTF-8)"));
            for problem in skipped {
                let (line, reason) = (problem.line, &problem.reason);
                report.say("  passed over", format!("line {line}: {reason}"));
            }
        }
    }
}

fn proxies(report: &mut Report) {
    for variable in proxy_variables(&Environment::of_process()) {
        let unused = if variable.is_used { "" } else { " (not used)" };
        report.say(variable.name, format!("{}{unused}", variable.shown));
    }
}

fn facts(report: &mut Report, connected: &Connected) {
    if connected.is_sandbox {
        report.say("account of", "the sandbox");
        return report.say("region", &connected.region);
    }
    report.say("profile", connected.profile.as_deref().unwrap_or("none"));
    report.say("region", &connected.region);
    report.say(
        "endpoint",
        connected.endpoint.as_deref().unwrap_or("AWS's own"),
    );
    let credentials = &connected.credentials;
    report.say("credentials", &credentials.text);
    if !credentials.hosts.is_empty() {
        let hosts = credentials.hosts.join(", ");
        report.say(
            "",
            format!("{hosts} is asked for them, whatever --endpoint-url is"),
        );
    }
}

async fn identity(report: &mut Report, client: &Client) {
    match client.identity().await {
        Ok(Some(identity)) => {
            report.say("account", &identity.account);
            report.say("identity", &identity.arn);
        }
        Ok(None) => report.say(
            "identity",
            "STS is not asked: the endpoint is not AWS's, and none for STS is configured",
        ),
        Err(error) => failed(report, "identity", &error),
    }
}
