//! Completion in the shell: the script for options, and the candidates for profiles, regions and groups.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

use clap::{Command, CommandFactory, Parser};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};
use tokio::runtime::Builder;
use tokio::time::timeout;

use super::account;
use super::arguments::CommandLine;
use super::command_result::CommandResult;
use super::settings::CommandSettings;
use crate::app::effect::AccountChoice;
use crate::domain::Group;
use crate::domain::region::REGIONS;
use crate::greengrass::{self, read_pages};

/// The scripts set this variable to the shell's name when they request completions.
const VARIABLE: &str = "GREENGROUP_COMPLETE";

const PROGRAM: &str = "greengroup";

/// The maximum time for reading groups, because the user waits after Tab.
const PATIENCE: Duration = Duration::from_secs(3);

static IS_BASH: OnceLock<bool> = OnceLock::new();

/// Answers a shell's request for completions; `None` without one. Must be called first.
pub fn complete() -> Option<ExitCode> {
    // The variable is removed before the candidates are computed.
    IS_BASH.get_or_init(|| std::env::var_os(VARIABLE).is_some_and(|shell| shell == "bash"));
    let current_folder = std::env::current_dir().ok();
    let answered = CompleteEnv::with_factory(command)
        .var(VARIABLE)
        .bin(PROGRAM)
        .try_complete(std::env::args_os(), current_folder.as_deref());
    match answered {
        Ok(false) => None,
        Ok(true) => Some(ExitCode::SUCCESS),
        // An error would be printed into the shell's prompt.
        Err(_) => Some(ExitCode::FAILURE),
    }
}

/// The arguments with the candidates for their values.
fn command() -> Command {
    CommandLine::command()
        .mut_arg("profile", |profile| {
            profile.add(ArgValueCandidates::new(profiles))
        })
        .mut_arg("region", |region| {
            region.add(ArgValueCandidates::new(regions))
        })
        .mut_arg("group", |group| group.add(ArgValueCandidates::new(groups)))
}

/// The script that makes a shell request completions.
pub(super) fn script(shell: Shell) -> CommandResult {
    let name = shell.to_string();
    let shells = Shells::builtins();
    let Some(registration) = shells.completer(&name) else {
        return CommandResult::failed(format!("there are no completions for {name}"));
    };
    let mut text = Vec::new();
    match registration.write_registration(VARIABLE, PROGRAM, PROGRAM, &program(), &mut text) {
        Ok(()) => CommandResult::text(&String::from_utf8_lossy(&text)),
        Err(error) => CommandResult::failed(error.to_string()),
    }
}

/// The command of this program in the script: its name if it is on the path, else its full path.
fn program() -> String {
    let called = std::env::args_os().next().unwrap_or_default();
    let called = Path::new(&called);
    if called.components().count() > 1
        && let Ok(path) = std::path::absolute(called)
    {
        return path.to_string_lossy().into_owned();
    }
    PROGRAM.to_owned()
}

fn profiles() -> Vec<CompletionCandidate> {
    let profiles = greengrass::profiles();
    profiles.iter().map(|name| offer(name)).collect()
}

fn regions() -> Vec<CompletionCandidate> {
    REGIONS.iter().map(CompletionCandidate::new).collect()
}

/// The groups by name. A name of two groups would be ambiguous, so their ids are offered.
fn groups() -> Vec<CompletionCandidate> {
    let groups = read_groups().unwrap_or_default();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for name in groups.iter().filter_map(|group| group.name.as_deref()) {
        *uses.entry(name).or_default() += 1;
    }
    let is_usable = |name: &&str| uses.get(name) == Some(&1) && !name.chars().any(char::is_control);
    groups
        .iter()
        .map(|group| match group.name.as_deref().filter(is_usable) {
            Some(name) => offer(name).help(Some(group.id.to_string().into())),
            None => offer(group.id.as_str()).help(group.name.clone().map(Into::into)),
        })
        .collect()
}

/// The groups of the account selected by the options so far, as many as can be read in time.
fn read_groups() -> Option<Vec<Group>> {
    let command_line = so_far(std::env::args_os())?;
    let settings = CommandSettings::of(&command_line).ok()?;
    let target = account::target(&command_line, &settings.config).ok()?;
    let runtime = Builder::new_current_thread().enable_all().build().ok()?;
    let mut groups = Vec::new();
    let reading = async {
        if let Ok((connection, _)) = target.connect(AccountChoice::default()).await {
            let ask = |from| connection.client.groups(from);
            _ = read_pages("ListGroups", ask, |page| groups.extend(page.items)).await;
        }
    };
    _ = runtime.block_on(async { timeout(PATIENCE, reading).await });
    runtime.shutdown_background();
    Some(groups)
}

/// Bash inserts a candidate unchanged; the scripts of the other shells quote it.
fn offer(text: &str) -> CompletionCandidate {
    if IS_BASH.get() != Some(&true) {
        return CompletionCandidate::new(text);
    }
    let mut quoted = String::new();
    for character in text.chars() {
        let is_plain = character.is_alphanumeric() || "-_./:,+@%=".contains(character);
        if !is_plain {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    CompletionCandidate::new(quoted)
}

/// Parses only the options before the cursor that select the account, since the line is incomplete.
fn so_far(arguments: impl Iterator<Item = OsString>) -> Option<CommandLine> {
    const OF_THE_ACCOUNT: [&str; 5] = [
        "--profile",
        "--region",
        "--endpoint-url",
        "--sandbox",
        "--config",
    ];
    let words: Vec<OsString> = arguments.skip_while(|word| word != "--").skip(2).collect();
    let words = joined(words.iter().map(|word| word.to_string_lossy().into_owned()));
    let mut kept = vec![PROGRAM.to_owned()];
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let name = word.split_once('=').map_or(word.as_str(), |(name, _)| name);
        if !OF_THE_ACCOUNT.contains(&name) {
            continue;
        }
        let takes_next = word != "--sandbox" && !word.contains('=');
        kept.push(word);
        if takes_next && let Some(value) = words.next_if(|next| !next.starts_with("--")) {
            kept.push(value);
        }
    }
    CommandLine::try_parse_from(kept).ok()
}

/// Bash splits `--name=value` into three words, and `http://host:port` into five.
fn joined(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in words {
        let is_break = !word.is_empty() && word.chars().all(|sign| "=:".contains(sign));
        let follows = is_open || is_break;
        is_open = is_break;
        match joined.last_mut() {
            Some(last) if follows => last.push_str(&word),
            Some(_) | None => joined.push(word),
        }
    }
    joined
}
