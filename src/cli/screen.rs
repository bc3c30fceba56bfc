//! `greengroup`: the terminal UI, from its arguments to its exit status.

use std::path::Path;

use tracing::level_filters::LevelFilter;

use super::account;
use super::arguments::{CommandLine, DeployChoice, OutputFormat};
use super::command_result::CommandResult;
use super::set_argument::SetArgument;
use super::settings::CommandSettings;
use crate::app::App;
use crate::app::launch::{DeployFlag, Launch, SetSlot};
use crate::domain::GroupVersionId;
use crate::runtime::config::Config;
use crate::runtime::ending::Ended;
use crate::runtime::files::log;
use crate::runtime::journal::Journal;
use crate::runtime::receipt;
use crate::runtime::run::{Setup, run};
use crate::runtime::terminal::TerminalError;

pub(super) async fn show(command_line: CommandLine) -> Result<CommandResult, CommandResult> {
    let settings = CommandSettings::of(&command_line).map_err(CommandResult::refused)?;
    let config = settings.config;
    let target = account::target(&command_line, &config).map_err(CommandResult::refused)?;
    let is_demo = command_line.service.is_demo();
    let journal = match &settings.paths {
        _ if is_demo => Journal::nowhere(),
        Ok(paths) => Journal::at(paths),
        Err(error) => Journal::without(error.to_string()),
    };
    let paths = settings.paths.ok().filter(|_| !is_demo);
    let log_file = paths.map(|paths| paths.log_file());
    start_log(log_file.as_deref(), command_line.appearance.log_level);
    let set = &command_line.start.set;
    if !config.allowed.edit && set.iter().any(SetArgument::is_file) {
        let refusal = "--set KIND=@FILE: the configuration has edit = false in [allow]";
        return Err(CommandResult::refused(refusal));
    }
    let set = set.iter().map(SetArgument::read).collect::<Result<_, _>>();
    let set = set.map_err(CommandResult::refused)?;
    let launch = launch(&command_line, &config, set);
    if launch.deploy.is_some() && !config.allowed.deploy {
        let refusal = "--deploy: the configuration has deploy = false in [allow]";
        return Err(CommandResult::refused(refusal));
    }
    let mut keymap = config.keymap;
    if !config.allowed.deploy {
        keymap = keymap.without_deployments();
    }
    if !config.allowed.edit {
        keymap = keymap.without_edits();
    }
    let mut app = App::new(launch, keymap);
    app.session.protect(config.protected);
    let setup = Setup {
        app,
        target,
        journal,
        theme: settings.theme,
        capabilities: settings.capabilities,
        colors: settings.colors,
    };
    let output = output(command_line.start.output);
    let ran = Box::pin(run(setup, |name| std::env::var_os(name))).await;
    log::flush();
    match ran {
        Ok(ended) => Ok(result(&ended, output)),
        Err(TerminalError::Absent(_)) => Err(CommandResult::refused(
            "this is a screen program and there is no terminal here; see greengroup --help for what works without one",
        )),
        Err(error) => Err(CommandResult::failed(error.to_string())),
    }
}

fn result(ended: &Ended, output: receipt::Output) -> CommandResult {
    let created = ended
        .created
        .iter()
        .map(|version| receipt::created(version, output));
    let rehearsed = ended
        .rehearsed
        .iter()
        .map(|request| receipt::rehearsed(request, &ended.aws_cli, output));
    let deployment = ended
        .rehearsed_deployment
        .iter()
        .map(|request| receipt::rehearsed_deployment(request, &ended.aws_cli, output));
    let definitions = ended.created_definitions.iter();
    let complaints: Vec<String> = definitions
        .map(receipt::created_definition)
        .chain(ended.messages.iter().cloned())
        .collect();
    CommandResult {
        receipt: created.chain(rehearsed).chain(deployment).collect(),
        complaint: (!complaints.is_empty()).then(|| complaints.join("\ngreengroup: ")),
        status: ended.exit.status(),
        is_after_screen: true,
        ..CommandResult::default()
    }
}

fn launch(command_line: &CommandLine, config: &Config, set: Vec<SetSlot>) -> Launch {
    let start = &command_line.start;
    Launch {
        group: start.group.clone(),
        from: (start.from != "latest").then(|| GroupVersionId::new(start.from.as_str())),
        set,
        read_only: start.read_only,
        dry_run: start.dry_run,
        deploy: start.deploy.map(|choice| match choice {
            DeployChoice::Ask => DeployFlag::Ask,
            DeployChoice::Wait => DeployFlag::Wait,
        }),
        is_sandbox: command_line.service.sandbox.is_some(),
        reads_all: command_line.service.sandbox.is_some(),
        is_demo: command_line.service.is_demo(),
        sort: config.sort,
        requests: account::request_limit(command_line, config),
    }
}

const fn output(format: OutputFormat) -> receipt::Output {
    match format {
        OutputFormat::Text => receipt::Output::Text,
        OutputFormat::Json => receipt::Output::Json,
        OutputFormat::Arn => receipt::Output::Arn,
    }
}

fn start_log(file: Option<&Path>, level: LevelFilter) {
    if let Some(file) = file
        && level != LevelFilter::OFF
    {
        // The program works without a log; `doctor` shows the log's path.
        _ = log::start(file, level);
    }
    log::keep_panics(file);
}
