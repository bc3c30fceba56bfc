//! A real pseudo-terminal with a process of this test program.

#![expect(clippy::disallowed_methods, reason = "a real process takes real time")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{LocalModes, tcgetattr};

const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    is_over: bool,
    /// The reader must close the terminal after its next read.
    must_let_go: bool,
}

/// The process on the terminal, and the bytes that the terminal received.
pub(super) struct Pseudo {
    pub(super) child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    slave: OwnedFd,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    reader: Option<JoinHandle<()>>,
}

pub(super) const SCENARIO: &str = "GREENGROUP_TEST_SCENARIO";

/// The command that runs the test `terminal::mode::scenario` of this program as `scenario`.
pub(super) fn scenario_command(scenario: &str) -> (String, String) {
    let program = std::env::current_exe().unwrap();
    let arguments = "terminal::mode::scenario --exact --nocapture --quiet --test-threads 1";
    let line = format!("{SCENARIO}={scenario} '{}' {arguments}", program.display());
    (line, scenario.to_owned())
}

impl Pseudo {
    /// Runs a line of shell as the only process of the terminal's session.
    pub(super) fn run(line: &str) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", line]);
        Self::spawn(command)
    }

    pub(super) fn spawn(mut command: CommandBuilder) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let name = pair.master.tty_name().unwrap();
        let slave = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        let seen = Arc::new((Mutex::new(Seen::default()), Condvar::new()));
        let mut screen = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&seen);
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let length = screen.read(&mut buffer).unwrap_or(0);
                let mut seen = shared.0.lock().unwrap();
                seen.bytes.extend_from_slice(&buffer[..length]);
                seen.is_over = length == 0 || seen.must_let_go;
                shared.1.notify_all();
                if seen.is_over {
                    return;
                }
            }
        });
        Self {
            child,
            keyboard: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            slave,
            seen,
            reader: Some(reader),
        }
    }

    pub(super) fn press(&mut self, bytes: &[u8]) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(bytes).unwrap();
        keyboard.flush().unwrap();
    }

    /// The current screen of the terminal.
    pub(super) fn screen(&self) -> vt100::Screen {
        let nonzero = |number| NonZeroU16::new(number).unwrap();
        let mut parser = vt100::Parser::new(nonzero(24), nonzero(80), 0);
        parser.process(&self.seen.0.lock().unwrap().bytes);
        parser.screen().clone()
    }

    pub(super) fn sent(&self) -> String {
        String::from_utf8_lossy(&self.seen.0.lock().unwrap().bytes).into_owned()
    }

    /// Waits until the screen satisfies `fits`.
    pub(super) fn wait(&self, what: &str, fits: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        loop {
            if fits(&self.screen()) {
                return;
            }
            let left = until.saturating_duration_since(Instant::now());
            let seen = self.seen.0.lock().unwrap();
            if left.is_zero() || seen.is_over {
                drop(seen);
                panic!("{what} never came; there is\n{}", self.screen().contents());
            }
            drop(
                self.seen
                    .1
                    .wait_timeout(seen, left.min(LOOK_AGAIN))
                    .unwrap(),
            );
        }
    }

    pub(super) fn wait_for_text(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// The exit status of the process, after its end.
    pub(super) fn wait_for_end(&mut self) -> u32 {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            let seen = self.seen.0.lock().unwrap();
            drop(self.seen.1.wait_timeout(seen, LOOK_AGAIN).unwrap());
        }
        panic!(
            "the process did not end; there is\n{}",
            self.screen().contents()
        );
    }

    /// Stops reading the output of the process, as on a stalled link. `key` makes it write, which the reader
    /// waits for.
    pub(super) fn stop_reading(&mut self, key: &[u8]) {
        self.seen.0.lock().unwrap().must_let_go = true;
        self.press(key);
        self.reader.take().unwrap().join().unwrap();
    }

    /// Closes the terminal, like a dropped connection.
    pub(super) fn hang_up(&mut self, key: &[u8]) {
        self.stop_reading(key);
        self.keyboard = None;
        self.master = None;
    }

    /// True if lines are edited and echoed, as a shell requires.
    pub(super) fn is_cooked(&self) -> bool {
        let modes = tcgetattr(&self.slave).unwrap().local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// Also waits for the last bytes: the process may end before they are read.
    pub(super) fn assert_given_back(&self) {
        self.wait("the terminal as it was", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        assert!(self.is_cooked(), "raw mode was left");
    }

    pub(super) fn assert_taken(&self) {
        let screen = self.screen();
        assert!(!self.is_cooked(), "no raw mode");
        assert!(screen.alternate_screen() && screen.bracketed_paste());
    }
}

impl Drop for Pseudo {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
