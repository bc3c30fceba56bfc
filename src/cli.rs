//! The command line: which file runs each subcommand.

mod account;
mod arguments;
mod command_result;
mod completions;
mod doctor;
pub mod manual;
mod refusal;
mod screen;
mod serve;
mod set_argument;
mod settings;
mod snapshot;
mod unused;

use arguments::Subcommands;

pub use account::client_options;
pub use arguments::CommandLine;
pub use command_result::CommandResult;
pub use completions::complete;

/// Runs the subcommand, or opens the screen.
pub async fn run(command_line: CommandLine) -> CommandResult {
    if let Some(refusal) = unused::refusal(&command_line) {
        return CommandResult::refused(refusal);
    }
    let result = match command_line.subcommand.clone() {
        None => Box::pin(screen::show(command_line)).await,
        Some(Subcommands::Serve(arguments)) => {
            serve::run(arguments, command_line.service.region).await
        }
        Some(Subcommands::Snapshot(arguments)) => {
            Box::pin(snapshot::run(command_line, arguments)).await
        }
        Some(Subcommands::Doctor(arguments)) => Ok(doctor::run(command_line, arguments).await),
        Some(Subcommands::Completions { shell }) => Ok(completions::script(shell)),
        Some(Subcommands::Man) => Ok(manual::print()),
    };
    let (Ok(result) | Err(result)) = result;
    result
}
