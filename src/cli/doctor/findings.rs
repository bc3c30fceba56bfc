//! The report's sections: program, files, terminal and settings.

use std::path::Path;
use std::{env, io};

use rustix::fs::{Access, access};
use rustix::termios::tcgetwinsize;

use super::report::Report;
use crate::app::{Command, KeyContext, Keymap};
use crate::cli::CommandLine;
use crate::cli::settings::{CommandSettings, is_utf8, locale};
use crate::domain::service_error::END_OF_SUPPORT;
use crate::runtime::clipboard::Clipboard;
use crate::runtime::config::{color_name, sort_name};
use crate::runtime::editor::Editor;
use crate::runtime::files::history::{History, Sending};
use crate::runtime::terminal::ColorMode;

pub(super) fn program(report: &mut Report) {
    report.section("Program");
    report.say("version", env!("CARGO_PKG_VERSION"));
    let (arch, system) = (std::env::consts::ARCH, std::env::consts::OS);
    let library = if cfg!(target_env = "musl") {
        "musl"
    } else if cfg!(target_env = "gnu") {
        "gnu"
    } else {
        "native"
    };
    report.say("built for", format!("{arch}-{system}-{library}"));
    report.say("end of V1 at AWS", END_OF_SUPPORT);
}

pub(super) fn files(report: &mut Report, settings: &CommandSettings, command_line: &CommandLine) {
    report.section("Files");
    let exists = |path: &Path| {
        let there = if path.exists() { "there" } else { "not there" };
        format!("{} ({there})", path.display())
    };
    let asked = command_line.appearance.config.as_ref();
    if let Some(file) = asked.or(settings.config_file.as_ref()) {
        report.say("configuration", exists(file));
    }
    match &settings.paths {
        Ok(paths) => {
            report.say("drafts", exists(&paths.drafts_folder()));
            report.say("history", exists(&paths.history_file()));
            report.say("log", exists(&paths.log_file()));
            requests(report, &paths.history_file());
            if let Some(folder) = unwritable(paths.state_folder()) {
                let what = format!("{} cannot be written to", folder.display());
                let advice = "make the folder writable for you; until then no draft is kept";
                report.bad("state", &what, advice);
            }
        }
        Err(error) => report.bad("state", &error.to_string(), "until then no draft is kept"),
    }
}

/// The requests with an unknown outcome.
fn requests(report: &mut Report, history: &Path) {
    if !history.exists() {
        return;
    }
    let unsettled = match History::at(history.to_owned()).unsettled() {
        Ok(unsettled) => unsettled,
        Err(error) => {
            let advice = "make the file readable for you";
            return report.bad("history", &error.to_string(), advice);
        }
    };
    for Sending { group, at, .. } in unsettled {
        let what = format!("the outcome of the request of {at} to the group {group} is unknown");
        let advice = "open the group; b shows whether it has a version with what was sent";
        report.bad("history", &what, advice);
    }
}

/// Returns the folder without write access, either `folder` or its first existing parent. Creates nothing.
fn unwritable(folder: &Path) -> Option<&Path> {
    let existing = folder.ancestors().find(|folder| folder.exists())?;
    let is_writable =
        existing.is_dir() && access(existing, Access::WRITE_OK | Access::EXEC_OK).is_ok();
    (!is_writable).then_some(existing)
}

pub(super) fn terminal(report: &mut Report, settings: &CommandSettings) {
    report.section("Terminal");
    let term = env::var_os("TERM").unwrap_or_default();
    if term.is_empty() {
        let advice = "set it to what your terminal is, such as xterm-256color";
        report.bad("TERM", "not set", advice);
    } else {
        report.say("TERM", term.to_string_lossy());
    }
    match terminal_size() {
        None => report.say("size", "no terminal here"),
        Some((columns, rows)) => {
            let size = format!("{columns} columns, {rows} rows");
            if columns < 60 || rows < 15 {
                let advice = "make it 60×15 or larger; 80×24 is comfortable";
                report.bad("size", &size, advice);
            } else {
                report.say("size", size);
            }
        }
    }
    let locale = locale();
    let characters = if is_utf8(&locale) {
        "UTF-8"
    } else {
        "ASCII only"
    };
    let locale = if locale.is_empty() { "none" } else { &locale };
    report.say("locale", format!("{locale} ({characters})"));
    report.say("borders", if settings.is_ascii { "ASCII" } else { "lines" });
    report.say(
        "colours",
        match settings.colors {
            ColorMode::Ansi16 => "sixteen",
            ColorMode::None => "none",
        },
    );
    surroundings(report);
}

/// The columns and rows of the first standard stream that is a terminal.
fn terminal_size() -> Option<(u16, u16)> {
    let size = tcgetwinsize(io::stdin())
        .or_else(|_| tcgetwinsize(io::stdout()))
        .or_else(|_| tcgetwinsize(io::stderr()));
    size.ok().map(|size| (size.ws_col, size.ws_row))
}

/// tmux, GNU screen and SSH between the program and the user's screen.
fn surroundings(report: &mut Report) {
    let variable = |name: &str| env::var_os(name);
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let seen = [
        ("tmux", is_set("TMUX")),
        ("GNU screen", is_set("STY")),
        ("SSH", is_set("SSH_CONNECTION") || is_set("SSH_TTY")),
    ];
    let inside = seen.into_iter().filter(|(_, is_inside)| *is_inside);
    let inside: Vec<&str> = inside.map(|(name, _)| name).collect();
    report.say("inside", joined_or(&inside, ", ", "neither tmux nor SSH"));
    report.say(
        "copying",
        match Clipboard::from_environment(variable) {
            Clipboard::Tmux => "to tmux, and through it to your terminal",
            Clipboard::Terminal => "to your terminal (OSC 52)",
            Clipboard::Screen => "to your terminal through GNU screen (OSC 52)",
            Clipboard::Unavailable => "by hand only (Y shows plain text)",
        },
    );
    let editor = Editor::from_environment(variable);
    let source = editor.variable.unwrap_or("default");
    report.say("editor", format!("{} ({source})", editor.command()));
}

pub(super) fn configuration(report: &mut Report, settings: &CommandSettings) {
    let config = &settings.config;
    report.section("Settings");
    let requests = config.requests;
    report.say(
        "requests",
        format!(
            "{} a second, {} at once",
            requests.per_second, requests.burst
        ),
    );
    report.say("sort", sort_name(config.sort));
    report.say("color", color_name(config.color));
    let roles = match config.looks.roles.len() {
        0 => String::new(),
        1 => ", 1 role changed".to_owned(),
        changed => format!(", {changed} roles changed"),
    };
    report.say("theme", format!("{}{roles}", settings.theme_name));
    let protected = &config.protected;
    for (name, patterns) in [
        ("protected profiles", &protected.profiles),
        ("protected accounts", &protected.accounts),
        ("protected groups", &protected.groups),
    ] {
        if !patterns.is_empty() {
            report.say(name, patterns.join(", "));
        }
    }
    let changed = changed_keys(&config.keymap);
    report.say("keys", joined_or(&changed, "; ", "default"));
}

/// The parts as one text, or `none` without parts.
fn joined_or(parts: &[impl AsRef<str>], separator: &str, none: &str) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    match parts.as_slice() {
        [] => none.to_owned(),
        parts => parts.join(separator),
    }
}

/// The commands whose keys differ from the default: `review a Ctrl-R`.
fn changed_keys(keymap: &Keymap) -> Vec<String> {
    let delivered = Keymap::default();
    let mut changed = Vec::new();
    for command in Command::all() {
        let place = KeyContext::ALL
            .into_iter()
            .find(|&place| keymap.keys(place, command) != delivered.keys(place, command));
        if let Some(place) = place {
            let keys: Vec<String> = keymap
                .keys(place, command)
                .iter()
                .map(ToString::to_string)
                .collect();
            let keys = joined_or(&keys, " ", "no key");
            changed.push(format!("{} {keys}", command.name()));
        }
    }
    changed
}
