//! `greengroup serve` as a separate process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::support::program::greengroup;

/// The process, which ends with this value.
pub(crate) struct Serving {
    child: Child,
    output: BufReader<ChildStdout>,
    /// The first line of its output.
    pub(crate) ready: String,
    pub(crate) endpoint: String,
}

/// `greengroup serve` with these arguments, in an empty home.
pub(crate) fn command(home: &Path, arguments: &[&str]) -> Command {
    let mut command = greengroup(home);
    command.arg("serve").args(arguments);
    command
}

impl Serving {
    /// On a free port of the loopback address.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let arguments = [arguments, &["--listen", "127.0.0.1:0"]].concat();
        Self::run(&mut command(home.path(), &arguments))
    }

    /// As another user; only root may do that.
    pub(crate) fn start_as(user: u32, arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let arguments = [arguments, &["--listen", "127.0.0.1:0"]].concat();
        Self::run(command(home.path(), &arguments).uid(user).gid(user))
    }

    pub(crate) fn run(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut ready = String::new();
        output.read_line(&mut ready).unwrap();
        let endpoint = ready.split(' ').find(|word| word.starts_with("http://"));
        let endpoint = endpoint.unwrap_or_else(|| panic!("{ready}")).to_owned();
        Self {
            child,
            output,
            ready,
            endpoint,
        }
    }

    /// The next line of its output.
    pub(crate) fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line
    }

    /// The response to a request to create a group: status line, headers and body.
    pub(crate) fn create_group(&self, name: &str) -> String {
        let address = self.endpoint.strip_prefix("http://").unwrap();
        let body = format!("{{\"Name\":\"{name}\"}}");
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "POST /greengrass/groups HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
