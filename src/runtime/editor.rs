//! The user's editor: its command, its start, and the meaning of its exit status.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use signal_hook::low_level::signal_name;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::terminal::{open_for_reading, open_for_writing};
use crate::app::event::EditProblem;

/// The variables that name an editor; the first that is set wins.
pub const VARIABLES: [&str; 3] = ["GREENGROUP_EDITOR", "VISUAL", "EDITOR"];
const DEFAULT: &str = "vi";

/// The editors that accept `+LINE`.
const TAKE_A_LINE: [&str; 6] = ["vi", "vim", "nvim", "nano", "emacs", "micro"];

/// The exit statuses of a shell for a command that cannot be started.
const CANNOT_START: [i32; 2] = [126, 127];

/// The time that an editor gets to end at the end of the program.
const ENDS_WITHIN: Duration = Duration::from_secs(1);

/// A command of the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    command: OsString,
    /// The variable that names it.
    pub variable: Option<&'static str>,
}

impl Editor {
    pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let named = VARIABLES.into_iter().find_map(|name| {
            let value = variable(name)?;
            let command = value.as_bytes().trim_ascii();
            (!command.is_empty()).then(|| (name, OsStr::from_bytes(command).to_owned()))
        });
        let (variable, command) = named.unzip();
        Self {
            command: command.unwrap_or_else(|| DEFAULT.into()),
            variable,
        }
    }

    pub fn command(&self) -> String {
        self.command.to_string_lossy().into_owned()
    }

    /// The file name of its program: `code` of `/usr/bin/code --wait`.
    pub fn name(&self) -> String {
        let command = self.command();
        let word = command.split_whitespace().next().unwrap_or_default();
        let name = word.rsplit('/').next().unwrap_or(word);
        name.trim_matches(['"', '\'']).to_owned()
    }

    /// Starts it on the terminal, which must be lent first.
    pub fn start(&self, file: &Path, line: Option<usize>) -> io::Result<RunningEditor> {
        let output = open_for_writing().map_err(io::Error::other)?;
        let child = Command::new("sh")
            .arg("-c")
            .arg(self.script())
            .arg("greengroup")
            .args(self.line_argument(line))
            .arg(file)
            .stdin(open_for_reading().map_err(io::Error::other)?)
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()?;
        Ok(RunningEditor { child })
    }

    /// A simple command replaces the shell, so that signals reach the editor. For other commands the shell
    /// waits, and Ctrl-C and Ctrl-\ must not end it before the editor.
    fn script(&self) -> OsString {
        let text = self.command.to_string_lossy();
        let first = text.split_whitespace().next().unwrap_or_default();
        let is_program = first.starts_with(|letter: char| {
            letter.is_ascii_alphanumeric() || "/._~$\"'".contains(letter)
        });
        let is_simple = is_program
            && !first.contains('=')
            && !text.contains([';', '&', '|', '(', ')', '{', '}', '`', '\n']);
        let mut script = OsString::from(if is_simple {
            "exec "
        } else {
            "trap : INT QUIT; "
        });
        script.push(&self.command);
        script.push(" \"$@\"");
        script
    }

    fn line_argument(&self, line: Option<usize>) -> Option<String> {
        let line = line.filter(|_| TAKE_A_LINE.contains(&self.name().as_str()))?;
        Some(format!("+{line}"))
    }

    /// The problem with its end or its start; `None` on success.
    pub fn problem(&self, ended: io::Result<ExitStatus>) -> Option<EditProblem> {
        let status = match ended {
            Ok(status) if status.success() => return None,
            Ok(status) => status,
            Err(error) => return Some(EditProblem::NotStarted(error.to_string())),
        };
        Some(match (status.code(), status.signal()) {
            (Some(code), _) if CANNOT_START.contains(&code) => {
                EditProblem::NoEditor(self.command())
            }
            (Some(code), _) => EditProblem::Status(code),
            (None, Some(signal)) => EditProblem::Signal(
                signal_name(signal).map_or_else(|| format!("signal {signal}"), str::to_owned),
            ),
            (None, None) => EditProblem::Status(-1),
        })
    }
}

/// An editor that uses the terminal. Dropping this asks it to end.
///
/// It runs in the process group of this program, as in git. Ctrl-Z in it stops both for the shell, and `fg`
/// continues both. The terminal's foreground group never changes.
#[derive(Debug)]
pub struct RunningEditor {
    child: Child,
}

impl RunningEditor {
    /// May be dropped while it waits.
    pub async fn ended(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Asks it to end, and waits a short time.
    pub async fn end(&mut self) {
        self.ask_to_end();
        _ = timeout(ENDS_WITHIN, self.child.wait()).await;
    }

    fn ask_to_end(&self) {
        // Without an id it has already ended.
        let id = self.child.id().and_then(|id| i32::try_from(id).ok());
        if let Some(process) = id.and_then(Pid::from_raw) {
            _ = kill_process(process, Signal::TERM);
            _ = kill_process(process, Signal::CONT);
        }
    }
}

impl Drop for RunningEditor {
    fn drop(&mut self) {
        self.ask_to_end();
    }
}
