//! The tables of keys and settings and the help, as the documents show them.

use std::fmt::Write;

use clap::CommandFactory;
use greengroup::app::keymap::{BINDINGS, Binding, KeyContext};
use greengroup::cli::CommandLine;
use greengroup::runtime::config::DEFAULTS;

/// The maximum width of the help.
const HELP_COLUMNS: usize = 100;

/// The keys as a Markdown table.
pub(super) fn keys_table() -> String {
    let mut table = "| keys | what they do | where | command |\n|---|---|---|---|\n".to_owned();
    for binding in BINDINGS {
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        // A command without keys is found by its name.
        let keys = if keys.is_empty() {
            "`:`".to_owned()
        } else {
            keys.join(" ")
        };
        let command = binding.command;
        let places = places(binding);
        _ = writeln!(
            table,
            "| {keys} | {} | {places} | `{}` |",
            binding.help(),
            command.name()
        );
    }
    table
}

fn places(binding: &Binding) -> String {
    let is_valid = |context: &KeyContext| binding.contexts.contains(context);
    let missing: Vec<KeyContext> = KeyContext::ALL
        .into_iter()
        .filter(|place| !is_valid(place))
        .collect();
    let names = |places: &[KeyContext]| {
        let names: Vec<&str> = places.iter().map(|place| place.name()).collect();
        names.join(", ")
    };
    match missing.as_slice() {
        [] => "everywhere".to_owned(),
        [_] | [_, _] => format!("everywhere but {}", names(&missing)),
        _ => names(
            &KeyContext::ALL
                .into_iter()
                .filter(is_valid)
                .collect::<Vec<_>>(),
        ),
    }
}

/// The settings other than keys as a Markdown table.
pub(super) fn configuration_table() -> String {
    let mut table = "| section | setting | default | what it is |\n|---|---|---|---|\n".to_owned();
    let (settings, _) = DEFAULTS.split_once("\n[keys]").unwrap();
    let (mut section, mut help) = ("(top)".to_owned(), "");
    for line in settings.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            help = comment;
        } else if line.starts_with('[') {
            section = format!("`{line}`");
        } else if let Some((name, default)) = line.split_once(" = ") {
            _ = writeln!(table, "| {section} | `{name}` | `{default}` | {help} |");
        }
    }
    table
}

/// The output of `greengroup --help` as a block of Markdown.
pub(super) fn help_block() -> String {
    let mut command = CommandLine::command().term_width(HELP_COLUMNS);
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    format!("```text\n{}\n```\n", lines.join("\n").trim_end())
}
