//! The program: arguments in, exit status out.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use greengroup::cli::{CommandLine, CommandResult, complete, run};
use greengroup::domain::printable::printable_lines;
use greengroup::greengrass::{HELPER_ARGUMENT, run_in_own_session};

/// The time that a possibly stalled terminal gets for each of the last texts.
const LAST_TEXT_WITHIN: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments
        .next()
        .is_some_and(|first| first == HELPER_ARGUMENT)
    {
        // Returns only if the command cannot be started; the parent reads standard error.
        let error = run_in_own_session(arguments);
        complain(&[error.to_string()], false);
        return ExitCode::from(127);
    }
    if let Some(status) = complete() {
        return status;
    }
    let command_line = match CommandLine::read(std::env::args_os()) {
        Ok(command_line) => command_line,
        Err(result) => return end(result),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return end(CommandResult::failed(format!("cannot start: {error}"))),
    };
    let result = runtime.block_on(run(command_line));
    // A thread that waits for the terminal, a file or a name server must not keep the process alive.
    runtime.shutdown_background();
    end(result)
}

fn end(result: CommandResult) -> ExitCode {
    let CommandResult {
        receipt,
        text,
        complaint,
        mut status,
        is_after_screen,
    } = result;
    let mut complaints = Vec::new();
    if !receipt.is_empty() {
        let receipt = receipt.join("\n");
        if let Err(error) = write(io::stdout(), &receipt, is_after_screen) {
            // The receipt must reach the user, even on standard error.
            complaints.push(format!(
                "the receipt could not be written ({error}), it is:\n{receipt}"
            ));
        }
    }
    if !text.is_empty()
        && let Err(error) = write(io::stdout(), &text, is_after_screen)
        && error.kind() != ErrorKind::BrokenPipe
    {
        status = status.max(1);
        complaints.push(format!("the text could not be written: {error}"));
    }
    // A complaint may quote arguments, files, and responses of a server.
    complaints.extend(complaint.map(|complaint| printable_lines(&complaint)));
    complain(&complaints, is_after_screen);
    ExitCode::from(status)
}

/// If standard error is closed, there is nowhere to report errors.
fn complain(sentences: &[String], is_after_screen: bool) {
    let lines = sentences.iter().map(|each| format!("greengroup: {each}"));
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        _ = write(io::stderr(), &lines.join("\n"), is_after_screen);
    }
}

/// Writes `text` as lines. A write to a terminal that exceeds the limit is abandoned; its thread ends with
/// the process.
fn write(
    mut output: impl Write + IsTerminal + Send + 'static,
    text: &str,
    is_after_screen: bool,
) -> io::Result<()> {
    let is_limited = is_after_screen && output.is_terminal();
    let lines = format!("{text}\n");
    let mut write = move || {
        output.write_all(lines.as_bytes())?;
        output.flush()
    };
    if !is_limited {
        return write();
    }
    let (sender, result) = mpsc::channel();
    thread::Builder::new().spawn(move || sender.send(write()))?;
    result
        .recv_timeout(LAST_TEXT_WITHIN)
        .unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
}
