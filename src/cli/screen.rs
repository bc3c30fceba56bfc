//! `greengroup`: the terminal UI, from its arguments to its exit status.

use super::settings::Settings;
use super::{CommandLine, Farewell, LogLevel, account};
use crate::app::App;
use crate::runtime::files::{Paths, log};
use crate::runtime::journal::Journal;
use crate::runtime::receipt;
use crate::runtime::run::{Ended, Setup, run};
use crate::runtime::terminal::TerminalError;

/// Runs the terminal UI.
pub(super) async fn show(command_line: CommandLine) -> Farewell {
    let settings = match Settings::of(&command_line, |name| std::env::var_os(name)) {
        Ok(settings) => settings,
        Err(error) => return Farewell::refused(error.to_string()),
    };
    let (target, keeps_files) = match account::target(&command_line, &settings.config) {
        Ok(target) => target,
        Err(complaint) => return Farewell::refused(complaint),
    };
    let journal = match &settings.paths {
        _ if !keeps_files => {
            log::keep_panics(None);
            Journal::nowhere()
        }
        Ok(paths) => {
            let journal = Journal::at(paths);
            start_log(paths, command_line.appearance.log_level);
            log::keep_panics(Some(&paths.log_file()));
            journal
        }
        Err(error) => {
            log::keep_panics(None);
            Journal::without(error.to_string())
        }
    };
    let theme = settings.theme;
    let config = settings.config;
    let mut app = App::new(command_line.launch(&config), config.keymap);
    app.session.protect(config.protected);
    let setup = Setup {
        app,
        target,
        journal,
        theme,
        capabilities: settings.capabilities,
        colors: settings.colors,
    };
    let output = command_line.start.output.into();
    let ran = Box::pin(run(setup, |name| std::env::var_os(name))).await;
    log::flush();
    match ran {
        Ok(ended) => farewell(&ended, output),
        Err(TerminalError::Absent(_)) => Farewell::refused(
            "this is a screen program and there is no terminal here; see greengroup --help for what works without one",
        ),
        Err(error) => Farewell::failed(error.to_string()),
    }
}

fn farewell(ended: &Ended, output: receipt::Output) -> Farewell {
    let created = ended
        .created
        .iter()
        .map(|version| receipt::created(version, output));
    let rehearsed = ended
        .rehearsed
        .iter()
        .map(|request| receipt::rehearsed(request, &ended.aws_cli, output));
    Farewell {
        receipt: created.chain(rehearsed).collect(),
        complaint: (!ended.messages.is_empty()).then(|| ended.messages.join("\ngreengroup: ")),
        status: ended.exit.status(),
        is_after_screen: true,
        ..Farewell::default()
    }
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
