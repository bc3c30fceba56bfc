//! The program: arguments in, exit status out.

use std::io::Write;
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
    let mut output = std::io::stdout();
    let written = farewell
        .receipt
        .iter()
        .try_for_each(|line| writeln!(output, "{line}"))
        .and_then(|()| output.flush());
    let mut status = farewell.status;
    if let Err(error) = written {
        status = status.max(1);
        _ = writeln!(
            std::io::stderr(),
            "greengroup: the receipt could not be written: {error}"
        );
    }
    if let Some(complaint) = &farewell.complaint {
        // It may quote what was typed, what a file holds or what a server said.
        let complaint = printable_lines(complaint);
        _ = writeln!(std::io::stderr(), "greengroup: {complaint}");
    }
    ExitCode::from(status)
}
