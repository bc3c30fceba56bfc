//! The program: arguments in, exit status out.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use greengroup::cli::{CommandLine, Completed, Farewell, complete, run};
use greengroup::domain::printable::printable_lines;

fn main() -> ExitCode {
    match complete() {
        Completed::NotAsked => {}
        Completed::Answered => return ExitCode::SUCCESS,
        // A shell's line is no place for complaints.
        Completed::Failed(_) => return ExitCode::FAILURE,
    }
    let command_line = match CommandLine::read(std::env::args_os()) {
        Ok(command_line) => command_line,
        Err(farewell) => return end(&farewell),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            let complaint = Some(format!("cannot start: {error}"));
            return end(&Farewell {
                complaint,
                status: 1,
                ..Farewell::default()
            });
        }
    };
    let farewell = runtime.block_on(run(command_line));
    // A thread that still waits for the terminal or a name server must not keep the program alive.
    runtime.shutdown_background();
    end(&farewell)
}

fn end(farewell: &Farewell) -> ExitCode {
    let mut status = farewell.status;
    let receipt = farewell.receipt.iter().try_for_each(|line| print(line));
    let text = match farewell.text.as_str() {
        "" => Ok(()),
        text => print(text),
    };
    let text = text.or_else(|error| {
        if error.kind() == ErrorKind::BrokenPipe {
            Ok(())
        } else {
            Err(error)
        }
    });
    for (what, written) in [("receipt", receipt), ("text", text)] {
        if let Err(error) = written {
            status = status.max(1);
            complain(&format!("the {what} could not be written: {error}"));
        }
    }
    if let Some(complaint) = &farewell.complaint {
        // It may quote what was typed, what a file holds or what a server said.
        complain(&printable_lines(complaint));
    }
    ExitCode::from(status)
}

fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout();
    writeln!(output, "{text}").and_then(|()| output.flush())
}

/// Who closed standard error does not want to be told.
fn complain(sentence: &str) {
    _ = writeln!(io::stderr(), "greengroup: {sentence}");
}
