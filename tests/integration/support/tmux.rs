//! A real tmux with a process in its only pane, as an independent terminal.

use std::ffi::OsStr;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Duration;

use tempfile::TempDir;

/// Set if tmux must be installed, so that its tests cannot be skipped silently.
const WANTED: &str = "GREENGROUP_TESTS_WITH_TMUX";

/// With the pauses between them, these looks take more than a minute.
const LOOKS: usize = 2500;

/// The time between two looks, which leaves the processor to the programs.
const PAUSE: Duration = Duration::from_millis(30);

pub(crate) struct Tmux {
    folder: TempDir,
    /// The home of the process, which must stay as long as the process.
    home: Option<TempDir>,
}

impl Tmux {
    /// Runs a line of shell in a pane of this size; `None` without tmux.
    pub(crate) fn start((width, height): (u16, u16), line: &str) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            assert!(
                std::env::var_os(WANTED).is_none(),
                "tmux is not installed, though {WANTED} says that it is: apt-get install tmux"
            );
            eprintln!("tmux is not installed: NOTHING WAS TESTED IN TMUX");
            return None;
        }
        let tmux = Self {
            folder: tempfile::tempdir().unwrap(),
            home: None,
        };
        let configuration = tmux.folder.path().join("conf");
        std::fs::write(&configuration, "set -g status off\nset -g escape-time 0\n").unwrap();
        let (width, height) = (width.to_string(), height.to_string());
        let words = [
            "-u",
            "-f",
            configuration.to_str().unwrap(),
            "new-session",
            "-d",
            "-x",
            &width,
            "-y",
            &height,
            line,
        ];
        let output = tmux.run(words);
        assert!(output.status.success(), "{output:?}");
        Some(tmux)
    }

    pub(crate) fn with_home(mut self, home: TempDir) -> Self {
        self.home = Some(home);
        self
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    pub(crate) fn run<Word: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = Word>) -> Output {
        Command::new("tmux")
            .env("LANG", "C.UTF-8")
            .arg("-S")
            .arg(self.socket())
            .args(words)
            .output()
            .unwrap()
    }

    /// The text in the pane.
    pub(crate) fn shown(&self) -> String {
        let output = self.run(["capture-pane", "-p"]);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Types bytes unchanged.
    pub(crate) fn send(&self, bytes: &[u8]) {
        let bytes = bytes.iter().map(|byte| format!("{byte:02x}"));
        let words = ["send-keys", "-H"].into_iter().map(str::to_owned);
        let output = self.run(words.chain(bytes));
        assert!(output.status.success(), "{output:?}");
    }

    pub(crate) fn resize(&self, (width, height): (u16, u16)) {
        let (width, height) = (width.to_string(), height.to_string());
        self.run(["resize-window", "-x", &width, "-y", &height]);
    }

    /// The pane with its colours and its cursor.
    pub(crate) fn screen(&self) -> vt100::Screen {
        let look = "#{pane_width} #{pane_height} #{cursor_x} #{cursor_y} #{cursor_flag}";
        let words = ["display-message", "-p", look, ";", "capture-pane", "-epN"];
        let text = String::from_utf8(self.run(words).stdout).unwrap();
        let (facts, rows) = text.split_once('\n').unwrap_or_default();
        let facts: Vec<u16> = facts
            .split(' ')
            .filter_map(|fact| fact.parse().ok())
            .collect();
        let &[width, height, x, y, is_cursor_shown] = facts.as_slice() else {
            panic!("{text}");
        };
        let nonzero = |number| NonZeroU16::new(number).unwrap();
        let mut parser = vt100::Parser::new(nonzero(height), nonzero(width), 0);
        for (place, row) in rows.lines().enumerate() {
            parser.process(format!("\x1b[{};1H{row}", place + 1).as_bytes());
        }
        let cursor = if is_cursor_shown == 1 { "h" } else { "l" };
        parser.process(format!("\x1b[{};{}H\x1b[?25{cursor}", y + 1, x + 1).as_bytes());
        parser.screen().clone()
    }

    /// Looks repeatedly until the pane satisfies `fits`; after the last look, returns it as it is.
    pub(crate) fn look_until(
        &self,
        fits: impl Fn(&vt100::Screen) -> bool,
    ) -> Result<(), Box<vt100::Screen>> {
        for _ in 0..LOOKS {
            if fits(&self.screen()) {
                return Ok(());
            }
            std::thread::park_timeout(PAUSE);
        }
        Err(Box::new(self.screen()))
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(["kill-server"]);
    }
}
