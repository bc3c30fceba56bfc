//! The start of the program under test: its arguments, its files, and the terminal that it runs on.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::Program;
use crate::support::program::{alone, greengroup, own_test, shell_line, shell_line_alone};
use crate::support::tmux::Tmux;

pub(super) const STANDARD_OUTPUT: &str = "standard-output";
pub(super) const STANDARD_ERROR: &str = "standard-error";

/// Standard error goes to a file, so that the screen and the error messages stay separate.
const SEPARATE: &str = r#"exec "$0" "$@" 2>"$STANDARD_ERROR""#;
const INTO_FILE: &str = r#"exec "$0" "$@" >"$STANDARD_OUTPUT" 2>"$STANDARD_ERROR""#;
const TOGETHER: &str = r#"exec "$0" "$@""#;

/// The settings for starting the program, without this machine's environment.
pub(crate) struct Start {
    command: Command,
    pub(super) size: (u16, u16),
    script: &'static str,
    pub(super) home: TempDir,
}

impl Start {
    /// Arguments separated by blanks.
    pub(crate) fn with(arguments: &str) -> Self {
        let home = TempDir::new().unwrap();
        let mut command = greengroup(home.path());
        command.args(arguments.split_whitespace());
        Self {
            command,
            size: (80, 24),
            script: SEPARATE,
            home,
        }
    }

    /// A test of this binary in place of the program. What it prints is on the terminal too.
    pub(crate) fn test(name: &str) -> Self {
        let home = TempDir::new().unwrap();
        let mut command = alone(own_test(name), home.path());
        command.args(["--quiet", "--test-threads", "1"]);
        Self {
            command,
            size: (80, 24),
            script: TOGETHER,
            home,
        }
    }

    pub(crate) fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.command.arg(argument.into());
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Credentials without access, and a region.
    pub(crate) fn credentials(self) -> Self {
        self.variable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .variable("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key")
            .variable("AWS_REGION", "eu-central-1")
    }

    pub(crate) fn size(mut self, width: u16, height: u16) -> Self {
        self.size = (width, height);
        self
    }

    /// Redirects standard output to a file; the screen is still drawn on the terminal.
    pub(crate) fn into_file(mut self) -> Self {
        self.script = INTO_FILE;
        self
    }

    /// Starts the program by this line of shell, with itself and its arguments as `"$0" "$@"`.
    pub(crate) fn script(mut self, script: &'static str) -> Self {
        self.script = script;
        self
    }

    /// Writes a file to the program's home, which is also its working folder.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.home.path().join(name), content).unwrap();
        self
    }

    /// Creates its home in this folder.
    pub(crate) fn home_in(mut self, folder: &Path) -> Self {
        self.home = TempDir::new_in(folder).unwrap();
        self.command.env("HOME", self.home.path());
        self
    }

    /// The folder of its home, for files that must exist before the start.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program and its arguments as a line of shell.
    pub(crate) fn line(&self) -> String {
        shell_line(&self.command)
    }

    /// Runs the program on a pseudo-terminal.
    pub(crate) fn run(self) -> Program {
        Program::start(self)
    }

    /// Runs the program in tmux, which shows its exit status at its end; `None` without tmux.
    pub(crate) fn run_in_tmux(self) -> Option<Tmux> {
        let (home, line) = (self.home.path().display(), shell_line_alone(&self.command));
        let line = format!("cd '{home}'; {line}; echo ended with $?; cat");
        Some(Tmux::start(self.size, &line)?.with_home(self.home))
    }

    /// The shell that becomes the program on the pseudo-terminal.
    pub(super) fn shell(&self) -> CommandBuilder {
        let home = self.home.path();
        let mut shell = CommandBuilder::new("/bin/sh");
        shell.args(["-c", self.script]);
        shell.arg(self.command.get_program());
        shell.args(self.command.get_args());
        shell.env_clear();
        for (name, value) in self.command.get_envs() {
            shell.env(name, value.unwrap());
        }
        shell.env("STANDARD_OUTPUT", home.join(STANDARD_OUTPUT));
        shell.env("STANDARD_ERROR", home.join(STANDARD_ERROR));
        shell.cwd(home);
        shell
    }
}
