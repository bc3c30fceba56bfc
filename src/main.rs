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
        if let Err(error) = print(&receipt, is_after_screen) {
            // The receipt must reach the user, even on standard error.
            complaints.push(format!(
                "the receipt could not be written ({error}), it is:\n{receipt}"
            ));
        }
    }
    if !text.is_empty()
        && let Err(error) = print(&text, is_after_screen)
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

fn print(text: &str, is_after_screen: bool) -> io::Result<()> {
    let line = format!("{text}\n");
    let write = move || {
        let mut output = io::stdout();
        output.write_all(line.as_bytes())?;
        output.flush()
    };
    if is_after_screen && io::stdout().is_terminal() {
        within(LAST_TEXT_WITHIN, write)
    } else {
        write()
    }
}

/// If standard error is closed, there is nowhere to report errors.
fn complain(sentences: &[String], is_after_screen: bool) {
    let lines: Vec<String> = sentences
        .iter()
        .map(|sentence| format!("greengroup: {sentence}\n"))
        .collect();
    let lines = lines.concat();
    let write = move || io::stderr().write_all(lines.as_bytes());
    _ = if is_after_screen && io::stderr().is_terminal() {
        within(LAST_TEXT_WITHIN, write)
    } else {
        write()
    };
}

/// Abandons a write that exceeds the limit; its thread ends with the process.
fn within(
    limit: Duration,
    write: impl FnOnce() -> io::Result<()> + Send + 'static,
) -> io::Result<()> {
    let (sender, result) = mpsc::channel();
    thread::Builder::new().spawn(move || sender.send(write()))?;
    result
        .recv_timeout(limit)
        .unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
}
