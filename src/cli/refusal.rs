//! Errors in the arguments: one sentence and a reference to the help.

use std::ffi::OsString;

use clap::Parser;
use clap::error::ErrorKind;

use super::arguments::CommandLine;
use super::command_result::CommandResult;

impl CommandLine {
    /// Parses the arguments; the error holds the help, the version or a complaint to print.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, CommandResult> {
        let asked_for = [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion];
        Self::try_parse_from(arguments).map_err(|error| {
            if asked_for.contains(&error.kind()) {
                CommandResult::text(&error.render().to_string())
            } else {
                CommandResult::refused(sentence(&error))
            }
        })
    }
}

/// Joins clap's first lines, which name the error, with the hint below them; the usage is left out.
fn sentence(error: &clap::Error) -> String {
    let rendered = error.render().to_string();
    let rendered = rendered.strip_prefix("error: ").unwrap_or(&rendered);
    let said = rendered
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"))
        .filter(|line| !line.is_empty());
    let mut sentence = String::new();
    for line in said {
        let joint = match sentence.chars().last() {
            None => "",
            Some(':') => " ",
            Some(_) if line.starts_with('[') => " ",
            Some(_) => "; ",
        };
        sentence.push_str(joint);
        sentence.push_str(line.strip_prefix("tip: ").unwrap_or(line));
    }
    let help = match words_of_usage(rendered) {
        Some(command) => format!("greengroup {command} --help"),
        None => "greengroup --help".to_owned(),
    };
    format!("{sentence}; see {help}")
}

/// The subcommand whose usage clap shows; `None` for the program's own.
fn words_of_usage(rendered: &str) -> Option<&str> {
    let usage = rendered
        .lines()
        .find_map(|line| line.strip_prefix("Usage: greengroup "))?;
    usage
        .split_whitespace()
        .next()
        .filter(|word| word.chars().all(|letter| letter.is_ascii_lowercase()))
}
