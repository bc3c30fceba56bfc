//! `greengroup snapshot`: saves an account to a file, with progress on standard error.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use tokio::time::Instant;

use super::account;
use super::arguments::{CommandLine, SnapshotArguments};
use super::command_result::CommandResult;
use super::settings::CommandSettings;
use crate::app::effect::AccountChoice;
use crate::domain::printable::printable;
use crate::runtime::snapshot::{
    Progress, SnapshotError, SnapshotOrigin, Taken, Target, partial_of, take,
};

const INTERRUPTED: u8 = 130;

pub(super) async fn run(
    mut command_line: CommandLine,
    arguments: SnapshotArguments,
) -> Result<CommandResult, CommandResult> {
    // The client refuses every request that would change the account.
    command_line.start.read_only = true;
    let settings = CommandSettings::of(&command_line).map_err(CommandResult::refused)?;
    let target =
        account::target(&command_line, &settings.config).map_err(CommandResult::refused)?;
    let connecting = target.connect(AccountChoice::default()).await;
    let (connection, connected) =
        connecting.map_err(|failure| CommandResult::refused(failure.message))?;
    let origin = SnapshotOrigin::in_region(&connected.region, connected.endpoint);
    let mut meter = Meter::start(settings.capabilities.is_modern);
    let file = &arguments.file;
    let target = Target {
        file,
        replace: arguments.replace,
    };
    let taking = take(&connection.client, target, origin, |progress| {
        meter.show(progress);
    });
    let taken = tokio::select! {
        taken = taking => taken,
        Ok(()) = tokio::signal::ctrl_c() => {
            let partial = partial_of(file);
            meter.clear();
            return Err(CommandResult {
                complaint: Some(format!(
                    "interrupted; everything read is in {}; run the same command again to continue",
                    partial.display()
                )),
                status: INTERRUPTED,
                ..CommandResult::default()
            });
        }
    };
    meter.clear();
    match taken {
        Ok(taken) => Ok(report(&taken, &arguments)),
        Err(error @ SnapshotError::Target(_)) => Err(CommandResult::refused(error.to_string())),
        Err(error) => Err(CommandResult::failed(printable(&error.to_string()))),
    }
}

/// Reports the saved and the missing parts on standard error; standard output stays empty.
fn report(taken: &Taken, arguments: &SnapshotArguments) -> CommandResult {
    let mut output = std::io::stderr();
    // A closed standard error is not an error.
    _ = writeln!(
        output,
        "{}: account {} in {}: {} groups with {} versions, {} definitions with {} versions, {} deployments",
        arguments.file.display(),
        taken.account,
        taken.region,
        taken.groups,
        taken.group_versions,
        taken.definitions,
        taken.definition_versions,
        taken.deployments,
    );
    if taken.resumed > 0 {
        _ = writeln!(output, "{} facts are from an earlier run", taken.resumed);
    }
    if taken.missing.is_empty() {
        return CommandResult::default();
    }
    for line in &taken.missing {
        _ = writeln!(output, "missing: {}", printable(line));
    }
    let (count, verb) = match taken.missing.len() {
        1 => (1, "is"),
        count => (count, "are"),
    };
    CommandResult::failed(format!(
        "{count} could not be read and {verb} missing in the file; run the same command again to read that"
    ))
}

/// Progress: on a terminal one line that is overwritten, otherwise a line at intervals.
struct Meter {
    rewrites: bool,
    last: Option<(Instant, &'static str)>,
}

const TERMINAL_PAUSE: Duration = Duration::from_millis(250);
const LOG_PAUSE: Duration = Duration::from_secs(10);

impl Meter {
    fn start(is_modern: bool) -> Self {
        Self {
            rewrites: is_modern && std::io::stderr().is_terminal(),
            last: None,
        }
    }

    fn show(&mut self, progress: Progress) {
        let now = Instant::now();
        let pause = if self.rewrites {
            TERMINAL_PAUSE
        } else {
            LOG_PAUSE
        };
        let is_due = self.last.is_none_or(|(at, reading)| {
            now.duration_since(at) >= pause || reading != progress.reading
        });
        if !is_due {
            return;
        }
        self.last = Some((now, progress.reading));
        let mut line = format!("reading {}: {}", progress.reading, progress.done);
        if let Some(total) = progress.total {
            _ = write!(line, " of {total}");
        }
        if progress.missing > 0 {
            _ = write!(line, ", {} missing", progress.missing);
        }
        let mut output = std::io::stderr();
        _ = if self.rewrites {
            write!(output, "\r\x1b[K{line}").and_then(|()| output.flush())
        } else {
            writeln!(output, "{line}")
        };
    }

    fn clear(&mut self) {
        if self.rewrites && self.last.take().is_some() {
            _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
