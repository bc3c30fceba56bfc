//! Refuses options that a subcommand would ignore, because the user expects an effect.

use super::arguments::{CommandLine, OutputFormat, Subcommands};

/// An option and whether it was given.
type Given = (&'static str, bool);

/// The reason why an option cannot be used with its subcommand.
pub(super) fn refusal(command_line: &CommandLine) -> Option<String> {
    let subcommand = command_line.subcommand.as_ref()?;
    if let Some(option) = first(&service_options(command_line)) {
        match subcommand {
            Subcommands::Snapshot(_) | Subcommands::Doctor(_) => {}
            Subcommands::Serve(arguments) => {
                let is_demo = command_line.service.is_demo();
                let is_for_empty = arguments.empty && option == "--region";
                if !is_for_empty && (!is_demo || arguments.file.is_some()) {
                    return Some(format!(
                        "`greengroup serve` serves the demo account, or that in FILE as `greengroup serve FILE`; leave {option} out"
                    ));
                }
            }
            Subcommands::Completions { .. } | Subcommands::Man => {
                return Some(useless(subcommand, option));
            }
        }
    }
    first(&start_options(command_line)).map(|option| useless(subcommand, option))
}

fn service_options(command_line: &CommandLine) -> [Given; 4] {
    let service = &command_line.service;
    [
        ("--profile", service.profile.is_some()),
        ("--region", service.region.is_some()),
        ("--endpoint-url", service.endpoint_url.is_some()),
        ("--sandbox", service.sandbox.is_some()),
    ]
}

fn start_options(command_line: &CommandLine) -> [Given; 7] {
    let start = &command_line.start;
    [
        ("--group", start.group.is_some()),
        ("--from", start.from != "latest"),
        ("--set", !start.set.is_empty()),
        ("--read-only", start.read_only),
        ("--dry-run", start.dry_run),
        ("--deploy", start.deploy.is_some()),
        ("--output", start.output != OutputFormat::default()),
    ]
}

fn first(options: &[Given]) -> Option<&'static str> {
    options
        .iter()
        .find(|(_, is_given)| *is_given)
        .map(|(option, _)| *option)
}

fn useless(subcommand: &Subcommands, option: &str) -> String {
    let name = match subcommand {
        Subcommands::Serve(_) => "serve",
        Subcommands::Snapshot(_) => "snapshot",
        Subcommands::Doctor(_) => "doctor",
        Subcommands::Completions { .. } => "completions",
        Subcommands::Man => "man",
    };
    format!("`greengroup {name}` has no use for {option}; leave it out")
}
