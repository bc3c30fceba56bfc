//! `greengroup doctor`: the settings, and each problem with its fix.

mod account;
mod findings;
mod report;

use std::ffi::OsString;

use super::arguments::{CommandLine, DoctorArguments};
use super::command_result::CommandResult;
use super::settings::CommandSettings;
use crate::domain::printable::printable;
use crate::runtime::config::defaults;
use report::Report;

/// Prints the report; the exit status is 1 if it has a problem.
pub(super) async fn run(
    mut command_line: CommandLine,
    arguments: DoctorArguments,
) -> CommandResult {
    if arguments.default_config {
        return CommandResult::text(&defaults::text());
    }
    command_line.start.read_only = true;
    let variable = |name: &str| std::env::var_os(name);
    let mut report = Report::default();
    findings::program(&mut report);
    let settings = match CommandSettings::of(&command_line, variable) {
        Ok(settings) => settings,
        Err(error) => {
            report.bad(
                "configuration",
                &error.to_string(),
                "fix this place in the file",
            );
            return result(&report, &arguments);
        }
    };
    findings::files(&mut report, &settings, &command_line);
    findings::terminal(&mut report, &settings, variable);
    findings::configuration(&mut report, &settings);
    match super::account::target(&command_line, &settings.config) {
        Ok((target, _)) => account::account(&mut report, target).await,
        Err(complaint) => report.bad("account", &complaint, "name another file"),
    }
    result(&report, &arguments)
}

fn result(report: &Report, arguments: &DoctorArguments) -> CommandResult {
    let text = if arguments.markdown {
        report.markdown()
    } else {
        report.plain()
    };
    CommandResult {
        status: u8::from(report.problems() > 0),
        ..CommandResult::text(&text)
    }
}

/// The value of a variable, made safe to print; empty if it is not set.
fn text_of(value: Option<OsString>) -> String {
    value
        .map(|value| printable(&value.to_string_lossy()).into_owned())
        .unwrap_or_default()
}
