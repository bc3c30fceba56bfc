//! The real program on a real pseudo-terminal: keys go in as bytes, and the terminal's screen comes out.

#![expect(clippy::disallowed_methods, reason = "a real process takes real time")]

mod emulator;
mod start;

use std::fs;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{ChildKiller, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use rustix::termios::{LocalModes, tcgetattr};
use tempfile::TempDir;

use self::emulator::Emulator;
pub(crate) use self::start::Start;
use self::start::{STANDARD_ERROR, STANDARD_OUTPUT};
use crate::support::secrets::{assert_no_secret, assert_no_secret_below};

/// Longer than anything here takes on a slow machine, so only a failing test waits for so long.
const PATIENCE: Duration = Duration::from_secs(30);

struct Seen {
    terminal: Emulator,
    is_over: bool,
    /// The reader must close the terminal after its next read.
    must_let_go: bool,
    transfers: u64,
    status: Option<u32>,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// The running program.
pub(crate) struct Program {
    process: Pid,
    killer: Box<dyn ChildKiller + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    slave: Option<OwnedFd>,
    seen: Shared,
    reader: Option<JoinHandle<()>>,
    transfers_before_hang_up: u64,
    home: TempDir,
}

/// The results of the ended program.
pub(crate) struct Finished {
    pub(crate) status: u32,
    /// The content of the file for standard output; empty if it was the terminal.
    pub(crate) output: String,
    /// Standard error.
    pub(crate) complaint: String,
    pub(crate) screen: vt100::Screen,
    pub(crate) raw: Vec<u8>,
    /// The number of reads and writes since the terminal was closed, or in total.
    pub(crate) transfers: u64,
    /// True if lines are edited and echoed again, as a shell requires.
    pub(crate) is_cooked: bool,
    /// The folder of its home.
    pub(crate) home: TempDir,
}

impl Program {
    fn start(start: Start) -> Self {
        let pair = native_pty_system().openpty(size_of(start.size)).unwrap();
        let name = pair.master.tty_name().unwrap();
        let slave = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let mut child = pair.slave.spawn_command(start.shell()).unwrap();
        drop(pair.slave);
        let seen = Arc::new((Mutex::new(Seen::new(start.size)), Condvar::new()));
        let reader = read(pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        let killer = child.clone_killer();
        let process = Pid::from_raw(child.process_id().unwrap().cast_signed()).unwrap();
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            // Ended, but not reaped: its reads and writes can still be counted.
            _ = waitid(
                WaitId::Pid(process),
                WaitIdOptions::EXITED | WaitIdOptions::NOWAIT,
            );
            shared.0.lock().unwrap().transfers = transfers(process).unwrap_or_default();
            let status = child.wait().map_or(u32::MAX, |status| status.exit_code());
            shared.0.lock().unwrap().status = Some(status);
            shared.1.notify_all();
        });
        Self {
            process,
            killer,
            keyboard: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            slave: Some(slave),
            seen,
            reader: Some(reader),
            transfers_before_hang_up: 0,
            home: start.home,
        }
    }

    /// Sends the bytes of a keyboard.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(bytes.as_ref()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Sends as fast as the program reads; false if it ends first.
    pub(crate) fn flood(&mut self, bytes: &[u8]) -> bool {
        const AT_ONCE: usize = 256;
        const UNREAD: u64 = 1024;
        for piece in bytes.chunks(AT_ONCE) {
            loop {
                let ended = self.wait_for_at_most(Duration::ZERO, |seen| seen.status);
                if ended.is_some() {
                    return false;
                }
                // A full terminal that no program reads would never accept this piece.
                let slave = self.slave.as_ref().unwrap();
                if rustix::io::ioctl_fionread(slave).unwrap() < UNREAD {
                    break;
                }
                self.wait_for_at_most(Duration::from_millis(1), |seen| seen.status);
            }
            self.send(piece);
        }
        true
    }

    /// The program's maximum memory in bytes; 0 if the system does not report it.
    pub(crate) fn most_memory(&self) -> u64 {
        let status = format!("/proc/{}/status", self.process.as_raw_nonzero());
        let status = fs::read_to_string(status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.map_or(0, |number| number.parse::<u64>().unwrap() * 1024)
    }

    /// Makes the terminal report this size, while its screen keeps its own.
    pub(crate) fn report_size(&self, width: u16, height: u16) {
        let master = self.master.as_ref().unwrap();
        master.resize(size_of((width, height))).unwrap();
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.process, signal).unwrap();
    }

    /// The same for a program that may have ended.
    pub(crate) fn signal_if_it_runs(&self, signal: Signal) {
        _ = kill_process(self.process, signal);
    }

    pub(crate) fn resize(&self, width: u16, height: u16) {
        let mut seen = self.seen.0.lock().unwrap();
        seen.terminal.resize((width, height));
        let master = self.master.as_ref().unwrap();
        master.resize(size_of((width, height))).unwrap();
    }

    /// The text on the screen.
    pub(crate) fn screen(&self) -> String {
        self.seen.0.lock().unwrap().terminal.screen().contents()
    }

    /// The number of bytes that the program has written.
    pub(crate) fn written(&self) -> usize {
        self.seen.0.lock().unwrap().terminal.bytes.len()
    }

    /// Waits until nothing is written and no processor time is used for `time`.
    pub(crate) fn wait_for_rest(&self, time: Duration) {
        for _ in 0..PATIENCE.as_millis() / time.as_millis() {
            let before = (self.written(), self.ticks());
            let stirred = self.wait_for_at_most(time, |seen| {
                (seen.terminal.bytes.len() > before.0).then_some(())
            });
            if stirred.is_none() && (self.written(), self.ticks()) == before {
                return;
            }
        }
        panic!("it never rests; there is\n{}", self.screen());
    }

    /// The program's processor time in the system's ticks; 0 if the system does not report it.
    fn ticks(&self) -> u64 {
        let stat = format!("/proc/{}/stat", self.process.as_raw_nonzero());
        let stat = fs::read_to_string(stat).unwrap_or_default();
        // The name in parentheses may contain blanks; 11 members are between it and the two times.
        let (_, members) = stat.rsplit_once(')').unwrap_or_default();
        let times = members.split_whitespace().skip(11).take(2);
        times.map(|time| time.parse::<u64>().unwrap()).sum()
    }

    /// True if lines are edited and echoed, as a shell requires.
    fn is_cooked(&self) -> bool {
        let modes = self.slave.as_ref().map(tcgetattr);
        modes.is_some_and(|modes| {
            let wanted = LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
            modes.is_ok_and(|modes| modes.local_modes.contains(wanted))
        })
    }

    /// Checks that the terminal shows the program's screen, and that keys go to it.
    pub(crate) fn assert_taken(&self) {
        assert!(!self.is_cooked(), "no raw mode");
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.terminal.screen();
        assert!(screen.alternate_screen() && screen.bracketed_paste());
    }

    /// Waits until the terminal is completely restored, although the program may still run.
    pub(crate) fn wait_until_given_back(&self) {
        self.wait_until("the terminal as it was", |screen| {
            is_given_back(screen) && self.is_cooked()
        });
    }

    /// The bytes that the program has written, as text.
    pub(crate) fn sent(&self) -> String {
        sent(&self.seen.0.lock().unwrap().terminal.bytes)
    }

    /// Waits until the bytes that the program has written satisfy `fit`.
    pub(crate) fn wait_until_sent(&self, what: &str, fit: impl Fn(&str) -> bool) {
        let found = self.wait(|seen| fit(&sent(&seen.terminal.bytes)).then_some(()));
        assert!(found.is_some(), "{what} never came: {:?}", self.sent());
    }

    /// Waits until the screen satisfies `fits`, and returns it.
    pub(crate) fn wait_until(&self, what: &str, fits: impl Fn(&vt100::Screen) -> bool) -> String {
        let found = self.wait(|seen| {
            let screen = seen.terminal.screen();
            (fits(screen)).then(|| screen.contents())
        });
        found.unwrap_or_else(|| {
            let complaint = fs::read_to_string(self.home.path().join(STANDARD_ERROR));
            panic!(
                "{what} never came; there is\n{}\n{complaint:?}",
                self.screen()
            )
        })
    }

    /// Waits until the screen satisfies `fits`; after the timeout, returns it as it is.
    pub(crate) fn look_until(
        &self,
        fits: impl Fn(&vt100::Screen) -> bool,
    ) -> Result<(), Box<vt100::Screen>> {
        let found = self.wait(|seen| fits(seen.terminal.screen()).then_some(()));
        found.ok_or_else(|| Box::new(self.seen.0.lock().unwrap().terminal.screen().clone()))
    }

    /// Waits until `text` is on the screen, and returns the entire screen.
    pub(crate) fn wait_for(&self, text: &str) -> String {
        self.wait_until(text, |screen| screen.contents().contains(text))
    }

    /// Repeats a key until the screen satisfies `fits`, for a key without an effect at first.
    pub(crate) fn press_until(
        &mut self,
        key: &str,
        what: &str,
        fits: impl Fn(&vt100::Screen) -> bool,
    ) {
        const AGAIN_AFTER: Duration = Duration::from_millis(500);
        for _ in 0..PATIENCE.as_millis() / AGAIN_AFTER.as_millis() {
            self.send(key);
            let found = self.wait_for_at_most(AGAIN_AFTER, |seen| {
                fits(seen.terminal.screen()).then_some(())
            });
            if found.is_some() {
                return;
            }
        }
        panic!("{what} never came; there is\n{}", self.screen());
    }

    /// Stops reading the program's output, as on a stalled link. `key` makes the program write, which the
    /// reader waits for.
    pub(crate) fn stall(&mut self, key: &str) {
        self.seen.0.lock().unwrap().must_let_go = true;
        self.send(key);
        self.reader.take().unwrap().join().unwrap();
    }

    /// Stops reading the program's output, then closes the terminal, like a dropped connection. `key` makes
    /// the program write, which the reader waits for.
    pub(crate) fn hang_up(&mut self, key: &str) {
        self.stall(key);
        self.transfers_before_hang_up = transfers(self.process).unwrap();
        self.keyboard = None;
        self.master = None;
    }

    /// Kills the program after a time, as `kill -9` does, and returns its home folder.
    pub(crate) fn kill_after(self, while_it_runs: Duration) -> TempDir {
        self.wait_for_at_most(while_it_runs, |_| None::<()>);
        self.signal(Signal::KILL);
        self.finish().home
    }

    /// Waits for the end of the program.
    pub(crate) fn finish(self) -> Finished {
        self.finish_within(PATIENCE)
    }

    /// Waits for the end of the program, at most for this time.
    pub(crate) fn finish_within(mut self, patience: Duration) -> Finished {
        let Some(status) = self.wait_for_at_most(patience, |seen| seen.status) else {
            panic!("it does not end; there is\n{}", self.screen());
        };
        let is_cooked = self.is_cooked();
        // When no process has the terminal open, its reader reaches the end of the output.
        self.slave = None;
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        let seen = self.seen.0.lock().unwrap();
        let file = |name| fs::read_to_string(self.home.path().join(name)).unwrap_or_default();
        assert_no_secret(&String::from_utf8_lossy(&seen.terminal.bytes));
        assert_no_secret(&file(STANDARD_OUTPUT));
        assert_no_secret(&file(STANDARD_ERROR));
        assert_no_secret_below(self.home.path());
        Finished {
            status,
            output: file(STANDARD_OUTPUT),
            complaint: file(STANDARD_ERROR),
            screen: seen.terminal.screen().clone(),
            raw: seen.terminal.bytes.clone(),
            transfers: seen.transfers - self.transfers_before_hang_up,
            is_cooked,
            home: std::mem::replace(&mut self.home, TempDir::new().unwrap()),
        }
    }

    fn wait<T>(&self, answer: impl Fn(&Seen) -> Option<T>) -> Option<T> {
        self.wait_for_at_most(PATIENCE, answer)
    }

    fn wait_for_at_most<T>(
        &self,
        patience: Duration,
        answer: impl Fn(&Seen) -> Option<T>,
    ) -> Option<T> {
        let until = Instant::now() + patience;
        let mut seen = self.seen.0.lock().unwrap();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let is_last = left.is_zero() || (seen.is_over && seen.status.is_some());
            // An incomplete frame is not shown, unless nothing follows it.
            let is_shown = seen.terminal.is_whole() || is_last;
            let found = if is_shown { answer(&seen) } else { None };
            if found.is_some() || is_last {
                return found;
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A failed test must not leave its program running; an ended one cannot be killed.
        if self.seen.0.lock().is_ok_and(|seen| seen.status.is_none()) {
            drop(self.killer.kill());
        }
    }
}

impl Finished {
    /// The bytes that the program has written, as text.
    pub(crate) fn sent(&self) -> String {
        sent(&self.raw)
    }

    /// Checks that the terminal is completely restored.
    pub(crate) fn assert_given_back(&self) {
        let screen = &self.screen;
        assert!(!screen.alternate_screen(), "the alternate screen was left");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert!(self.is_cooked, "raw mode is on");
    }
}

fn is_given_back(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
}

fn sent(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Seen {
    fn new(size: (u16, u16)) -> Self {
        Self {
            terminal: Emulator::new(size),
            is_over: false,
            must_let_go: false,
            transfers: 0,
            status: None,
        }
    }
}

/// The reads and writes of a process so far, failed ones included; `None` if the kernel does not count them.
fn transfers(process: Pid) -> Option<u64> {
    let account = fs::read_to_string(format!("/proc/{}/io", process.as_raw_nonzero())).ok()?;
    let counts = account.lines().filter_map(|line| line.split_once(": "));
    let calls = counts.filter(|(name, _)| matches!(*name, "syscr" | "syscw"));
    calls.map(|(_, count)| count.parse::<u64>().ok()).sum()
}

fn read(mut screen: Box<dyn Read + Send>, shared: Shared) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        loop {
            let length = screen.read(&mut buffer).unwrap_or(0);
            let mut seen = shared.0.lock().unwrap();
            seen.terminal.feed(&buffer[..length]);
            seen.is_over = length == 0 || seen.must_let_go;
            shared.1.notify_all();
            if seen.is_over {
                return;
            }
        }
    })
}

const fn size_of((width, height): (u16, u16)) -> PtySize {
    PtySize {
        rows: height,
        cols: width,
        pixel_width: 0,
        pixel_height: 0,
    }
}
