//! The start of the program under test: its arguments, its terminal's size, and an environment without this
//! machine's settings.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::Program;

pub(super) const STANDARD_OUTPUT: &str = "standard-output";
pub(super) const STANDARD_ERROR: &str = "standard-error";

/// Standard error goes to a file, so that the screen and the error messages stay separate.
const ON_TERMINAL: &str = r#"exec "$0" "$@" 2>"$STANDARD_ERROR""#;
const INTO_FILE: &str = r#"exec "$0" "$@" >"$STANDARD_OUTPUT" 2>"$STANDARD_ERROR""#;

/// The settings for starting the program, without this machine's environment.
pub(crate) struct Start {
    arguments: Vec<OsString>,
    environment: Vec<(String, String)>,
    pub(super) size: (u16, u16),
    script: &'static str,
    pub(super) home: TempDir,
}

impl Start {
    /// Arguments separated by blanks.
    pub(crate) fn with(arguments: &str) -> Self {
        Self {
            arguments: arguments.split_whitespace().map(OsString::from).collect(),
            environment: Vec::new(),
            size: (80, 24),
            script: ON_TERMINAL,
            home: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
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
        self
    }

    /// The folder of its home, for files that must exist before the start.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn run(self) -> Program {
        Program::start(self)
    }
}

pub(super) fn command(start: &Start) -> CommandBuilder {
    let home = start.home.path();
    let mut command = CommandBuilder::new("/bin/sh");
    command.args(["-c", start.script, env!("CARGO_BIN_EXE_greengroup")]);
    command.args(&start.arguments);
    command.env_clear();
    for (name, value) in surroundings(home.into()) {
        command.env(name, value);
    }
    command.env("TERM", "xterm-256color");
    for (name, value) in &start.environment {
        command.env(name, value);
    }
    command.cwd(home);
    command
}

/// The environment of the program: its own home, and no way to any account.
pub(crate) fn surroundings(home: PathBuf) -> Vec<(&'static str, OsString)> {
    vec![
        ("PATH", "/usr/bin:/bin".into()),
        ("LANG", "C.UTF-8".into()),
        ("AWS_EC2_METADATA_DISABLED", "true".into()),
        ("NO_PROXY", "127.0.0.1".into()),
        ("STANDARD_OUTPUT", home.join(STANDARD_OUTPUT).into()),
        ("STANDARD_ERROR", home.join(STANDARD_ERROR).into()),
        ("HOME", home.into()),
    ]
}
