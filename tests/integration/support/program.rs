//! The real program as a process, without this machine's environment. Each test that starts it begins here.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use greengroup::domain::request::shell_quoted;

use crate::support::secrets::assert_no_secret;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_greengroup");

/// The program with its own home, and no way to any account.
pub(crate) fn greengroup(home: &Path) -> Command {
    alone(Command::new(PROGRAM), home)
}

/// The command without this machine's environment.
pub(super) fn alone(mut command: Command, home: &Path) -> Command {
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", home)
        .env("TERM", "xterm-256color")
        .env("LANG", "C.UTF-8")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::null());
    command
}

/// One test of this binary, which runs in its own process.
pub(crate) fn own_test(name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([name, "--exact", "--include-ignored", "--nocapture"]);
    command
}

/// Runs a command to its end: its exit status, standard output and standard error, without any secret.
pub(crate) fn ran(command: &mut Command) -> (Option<i32>, String, String) {
    texts(&command.output().unwrap())
}

pub(crate) fn texts(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (printed, said) = (text(&output.stdout), text(&output.stderr));
    assert_no_secret(&printed);
    assert_no_secret(&said);
    (output.status.code(), printed, said)
}

/// The program and the arguments of a command, as a line of shell.
pub(crate) fn shell_line(command: &Command) -> String {
    let words = [command.get_program()]
        .into_iter()
        .chain(command.get_args());
    words.map(quoted).collect::<Vec<_>>().join(" ")
}

/// The same with its environment instead of the shell's.
pub(crate) fn shell_line_alone(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        let (name, value) = (name.to_str().unwrap(), quoted(value?));
        Some(format!("{name}={value} "))
    });
    format!(
        "env -i TMUX=\"$TMUX\" {}{}",
        variables.collect::<String>(),
        shell_line(command)
    )
}

fn quoted(word: &OsStr) -> String {
    shell_quoted(word.to_str().unwrap())
}
