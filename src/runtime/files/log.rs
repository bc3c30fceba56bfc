//! The log file: a line for each event, no control characters, no credentials, a limited size.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

use super::super::clock;
use super::super::terminal::stderr_takes_bytes;
use super::FileError;
use crate::disk;
use crate::domain::printable::printable;

/// The size at which the file is rotated to `….1`.
pub const MAX_BYTES: u64 = 5 * 1024 * 1024;

/// The maximum number of lines that wait for a slow disk; more are dropped.
const MAX_WAITING: usize = 1024;

/// The maximum wait for the last lines.
const FLUSH_WITHIN: Duration = Duration::from_millis(250);

/// The running log, for [`flush`].
static STARTED: OnceLock<SyncSender<Message>> = OnceLock::new();

/// Writes the events of this program and its libraries to the log file.
pub fn start(path: &Path, level: LevelFilter) -> Result<(), FileError> {
    let log = LogThread::start(path, MAX_BYTES)?;
    _ = STARTED.set(log.sender.clone());
    // Fails only if a subscriber was set before, as in tests.
    _ = tracing::subscriber::set_global_default(writing_to(log, level));
    Ok(())
}

/// Waits until the lines so far are written, but not longer than the limit.
pub fn flush() {
    let Some(sender) = STARTED.get() else { return };
    let (flushed, is_flushed) = sync_channel(1);
    if sender.try_send(Message::Flush(flushed)).is_ok() {
        _ = is_flushed.recv_timeout(FLUSH_WITHIN);
    }
}

/// Writes the message of a panic to the log, and names the log on standard error. Must be called before the
/// terminal is taken: its own hook restores the terminal first.
pub fn keep_panics(file: Option<&Path>) {
    let place = file.map_or_else(String::new, |file| {
        format!(" The message is in {}.", file.display())
    });
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!("{panic}");
        flush();
        // A stalled terminal would block the process forever.
        if stderr_takes_bytes() {
            report(panic);
            _ = writeln!(
                io::stderr(),
                "greengroup: this is a defect.{place} `greengroup doctor --markdown` says what a report of it needs."
            );
        }
    }));
}

/// The subscriber of [`start`], with the size as a parameter.
pub fn subscriber(
    path: &Path,
    level: LevelFilter,
    max_bytes: u64,
) -> Result<impl Subscriber + Send + Sync + use<>, FileError> {
    LogThread::start(path, max_bytes).map(|log| writing_to(log, level))
}

fn writing_to(log: LogThread, level: LevelFilter) -> impl Subscriber + Send + Sync + use<> {
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_timer(LogClock)
        .with_writer(move || log.line())
        .with_filter(filter(level));
    Registry::default().with(lines)
}

/// AWS's libraries print requests, signatures and entire credentials files, partly as warnings. So none of
/// their events is logged at any level. This program logs its own summary.
fn filter(level: LevelFilter) -> Targets {
    Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_target("aws_", LevelFilter::OFF)
        .with_target(env!("CARGO_PKG_NAME"), level)
}

struct LogClock;

impl FormatTime for LogClock {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        writer.write_str(&clock::now().iso())
    }
}

struct Log {
    path: PathBuf,
    file: File,
    written: u64,
    max_bytes: u64,
}

impl Log {
    fn write_all(mut self, messages: &Receiver<Message>) {
        for message in messages {
            match message {
                // A full disk must not stop the program, and the error cannot be reported.
                Message::Line(line) => _ = self.line(&line),
                Message::Flush(flushed) => _ = flushed.try_send(()),
            }
        }
    }

    fn open(path: PathBuf, max_bytes: u64) -> io::Result<Self> {
        let file = disk::open(OpenOptions::new().append(true).create(true), &path)?;
        let written = file.metadata()?.len();
        Ok(Self {
            path,
            file,
            written,
            max_bytes,
        })
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        // The AWS libraries log the output of a `credential_process`, which may be a secret.
        let line = line
            .split_once("Stderr: ")
            .map_or(line, |(before, _)| before);
        let line = format!("{}\n", printable(line));
        let length = line.len() as u64;
        if self.written > 0 && self.written + length > self.max_bytes {
            let older = self.path.with_added_extension("1");
            // If the rotation fails, the file keeps growing, so that no lines are lost.
            if fs::rename(&self.path, older).is_ok() {
                *self = Self::open(self.path.clone(), self.max_bytes)?;
            }
        }
        self.file.write_all(line.as_bytes())?;
        self.written += length;
        Ok(())
    }
}

enum Message {
    Line(String),
    Flush(SyncSender<()>),
}

/// Writes lines on a separate thread, so that a slow disk blocks no key.
struct LogThread {
    sender: SyncSender<Message>,
    thread: Option<JoinHandle<()>>,
}

impl LogThread {
    fn start(path: &Path, max_bytes: u64) -> Result<Self, FileError> {
        let log = Log::open(path.to_owned(), max_bytes).map_err(FileError::at(path))?;
        let (sender, receiver) = sync_channel(MAX_WAITING);
        let thread = thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || log.write_all(&receiver))
            .map_err(FileError::at(path))?;
        Ok(Self {
            sender,
            thread: Some(thread),
        })
    }

    fn line(&self) -> LogLine {
        LogLine {
            sender: self.sender.clone(),
            text: Vec::new(),
        }
    }
}

impl Drop for LogThread {
    fn drop(&mut self) {
        self.sender = sync_channel(0).0;
        _ = self.thread.take().map(JoinHandle::join);
    }
}

/// One event, sent when it is complete.
struct LogLine {
    sender: SyncSender<Message>,
    text: Vec<u8>,
}

impl Write for LogLine {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for LogLine {
    fn drop(&mut self) {
        let text = String::from_utf8_lossy(&self.text);
        let line = text.strip_suffix('\n').unwrap_or(&text).to_owned();
        // Without room the line is lost, and the loss cannot be reported.
        _ = self.sender.try_send(Message::Line(line));
    }
}
