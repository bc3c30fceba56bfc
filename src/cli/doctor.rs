//! `greengroup doctor`: the settings, and each problem with its fix.

mod account;
mod findings;
mod report;

use super::arguments::{CommandLine, DoctorArguments};
use super::command_result::CommandResult;
use super::settings::CommandSettings;
use crate::runtime::config::DEFAULTS;
use report::Report;

/// Prints the report; the exit status is 1 if it has a problem.
pub(super) async fn run(
    mut command_line: CommandLine,
    arguments: DoctorArguments,
) -> CommandResult {
    if arguments.default_config {
        return CommandResult::text(DEFAULTS);
    }
    command_line.start.read_only = true;
    let mut report = Report::default();
    findings::program(&mut report);
    let settings = match CommandSettings::of(&command_line) {
        Ok(settings) => settings,
        Err(error) => {
            report.bad("configuration", &error, "fix this place in the file");
            return result(&report, &arguments);
        }
    };
    findings::files(&mut report, &settings, &command_line);
    findings::terminal(&mut report, &settings);
    findings::configuration(&mut report, &settings);
    match super::account::target(&command_line, &settings.config) {
        Ok(target) => account::account(&mut report, target).await,
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
