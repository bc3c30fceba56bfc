//! `greengroup`: the terminal UI, from its arguments to its exit status.

use super::{Account, ColorChoice, CommandLine, LogLevel};
use crate::app::{App, Keymap};
use crate::runtime::files::{Paths, log};
use crate::runtime::gateway::Gateway;
use crate::runtime::journal::Journal;
use crate::runtime::receipt;
use crate::runtime::run::{Ended, Setup, run};
use crate::runtime::terminal::{ColorMode, TerminalError, judge};
use crate::sandbox::Sandbox;
use crate::ui::theme::Theme;

/// What is left to say and the status to end with, once the terminal is given back.
#[derive(Debug, Default)]
pub struct Farewell {
    /// Lines for standard output.
    pub receipt: Vec<String>,
    /// For standard error.
    pub complaint: Option<String>,
    pub status: u8,
}

impl Farewell {
    pub(super) fn refused(complaint: impl Into<String>) -> Self {
        Self {
            receipt: Vec::new(),
            complaint: Some(complaint.into()),
            status: 2,
        }
    }

    pub(super) fn failed(complaint: impl Into<String>) -> Self {
        Self {
            complaint: Some(complaint.into()),
            status: 1,
            ..Self::default()
        }
    }
}

/// Runs the terminal UI.
pub(super) async fn show(command_line: CommandLine) -> Farewell {
    let (gateway, keeps_files) = match gateway(&command_line) {
        Ok(gateway) => gateway,
        Err(complaint) => return Farewell::refused(complaint),
    };
    let journal = match Paths::from_environment(|name| std::env::var_os(name)) {
        _ if !keeps_files => Journal::nowhere(),
        Ok(paths) => {
            let journal = Journal::at(&paths);
            start_log(&paths, command_line.appearance.log_level);
            journal
        }
        Err(homeless) => Journal::without(homeless.to_string()),
    };
    let colors = match command_line.appearance.color {
        ColorChoice::Auto => None,
        ColorChoice::Always => Some(ColorMode::Ansi16),
        ColorChoice::Never => Some(ColorMode::None),
    };
    let (capabilities, colors) = judge(|name| std::env::var_os(name), colors);
    let theme = theme(&command_line, colors);
    let setup = Setup {
        app: App::new(command_line.launch(), Keymap::default()),
        gateway,
        journal,
        theme,
        capabilities,
        colors,
    };
    let output = command_line.start.output.into();
    match Box::pin(run(setup, |name| std::env::var_os(name))).await {
        Ok(ended) => farewell(ended, output),
        Err(TerminalError::Absent(_)) => Farewell::refused(
            "this is a screen program and there is no terminal here; see greengroup --help for what works without one",
        ),
        Err(error) => Farewell::failed(format!("the terminal failed: {error}")),
    }
}

fn farewell(ended: Ended, output: receipt::Output) -> Farewell {
    let created = ended
        .created
        .iter()
        .map(|version| receipt::created(version, output));
    let rehearsed = ended
        .rehearsed
        .iter()
        .map(|request| receipt::rehearsed(request, output));
    Farewell {
        receipt: created.chain(rehearsed).collect(),
        complaint: ended.farewell,
        status: ended.exit.status(),
    }
}

/// The way to the account, and whether drafts of it are worth keeping.
fn gateway(command_line: &CommandLine) -> Result<(Gateway, bool), String> {
    let options = command_line.client_options();
    match &command_line.service.sandbox {
        None => Ok((Gateway::Service(command_line.connect_options()), true)),
        // A fresh copy each time: nothing of it outlives the program.
        Some(Account::Demo) => Ok((
            Gateway::Sandbox {
                sandbox: Sandbox::demo(),
                options,
            },
            false,
        )),
        Some(Account::File(file)) => {
            let sandbox = Sandbox::open(file).map_err(|error| error.to_string())?;
            Ok((Gateway::Sandbox { sandbox, options }, true))
        }
    }
}

fn theme(command_line: &CommandLine, colors: ColorMode) -> Theme {
    let name = match colors {
        ColorMode::None => "monochrome",
        ColorMode::Ansi16 => "dark",
    };
    let theme = Theme::named(name).unwrap_or_default();
    if command_line.appearance.ascii || !is_locale_utf8() {
        theme.with_ascii()
    } else {
        theme
    }
}

/// Whether the locale promises a terminal that shows more than ASCII.
fn is_locale_utf8() -> bool {
    let value = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    value.is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}

fn start_log(paths: &Paths, level: LogLevel) {
    let level = match level {
        LogLevel::Off => return,
        LogLevel::Error => tracing::level_filters::LevelFilter::ERROR,
        LogLevel::Warn => tracing::level_filters::LevelFilter::WARN,
        LogLevel::Info => tracing::level_filters::LevelFilter::INFO,
        LogLevel::Debug => tracing::level_filters::LevelFilter::DEBUG,
        LogLevel::Trace => tracing::level_filters::LevelFilter::TRACE,
    };
    // Without a log the program is as good as with one; doctor says where it would be.
    _ = log::start(&paths.log_file(), level);
}
