//! The real program on a real pseudo-terminal, with times.

use std::cell::RefCell;
use std::io::Read;
use std::num::NonZeroU16;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

const COLUMNS: u16 = 120;
const ROWS: u16 = 40;

/// Credentials without access, a region, and no configuration of this machine.
pub(crate) const CREDENTIALS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "secret"),
    ("AWS_DEFAULT_REGION", "eu-central-1"),
];

/// How to start the program.
pub(crate) struct Surroundings {
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    home: TempDir,
}

impl Surroundings {
    /// Arguments separated by blanks.
    pub(crate) fn with(arguments: &str) -> Self {
        Self {
            arguments: arguments.split_whitespace().map(str::to_owned).collect(),
            variables: Vec::new(),
            home: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn credentials(mut self) -> Self {
        for (name, value) in CREDENTIALS {
            self = self.variable(name, value);
        }
        self
    }

    fn command(&self) -> CommandBuilder {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_greengroup"));
        command.args(&self.arguments);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("HOME", self.home.path());
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command.cwd(self.home.path());
        command
    }
}

/// The running program; dropping this kills it.
pub(crate) struct Running {
    begun: Instant,
    executed: Instant,
    child: Box<dyn Child + Send + Sync>,
    terminal: RefCell<(Box<dyn Read + Send>, vt100::Parser)>,
    /// Keeps the terminal open.
    _master: Box<dyn MasterPty + Send>,
}

impl Running {
    pub(crate) fn start(surroundings: &Surroundings) -> Self {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let command = surroundings.command();
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        // The call returns when exec has closed a pipe.
        let executed = Instant::now();
        let (rows, columns) = (NonZeroU16::new(ROWS), NonZeroU16::new(COLUMNS));
        let parser = vt100::Parser::new(rows.unwrap(), columns.unwrap(), 0);
        Self {
            begun,
            executed,
            child,
            terminal: RefCell::new((pair.master.try_clone_reader().unwrap(), parser)),
            _master: pair.master,
        }
    }

    /// The duration of the call that forked this process and executed the program.
    pub(crate) fn forked_in(&self) -> Duration {
        self.executed.duration_since(self.begun)
    }

    /// The time from that call until the screen first satisfies `fits`.
    pub(crate) fn until(&self, fits: impl Fn(&vt100::Screen) -> bool) -> Duration {
        let (reader, parser) = &mut *self.terminal.borrow_mut();
        let mut buffer = [0; 8_192];
        loop {
            let length = reader.read(&mut buffer).unwrap_or(0);
            let now = self.begun.elapsed();
            parser.process(&buffer[..length]);
            if fits(parser.screen()) {
                return now;
            }
            assert!(length > 0, "it ended:\n{}", parser.screen().contents());
        }
    }

    /// The maximum resident memory so far, in KiB.
    pub(crate) fn peak_memory(&self) -> u64 {
        let process = self.child.process_id().unwrap();
        let status = std::fs::read_to_string(format!("/proc/{process}/status"));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.map_or(0, |number| number.parse().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
