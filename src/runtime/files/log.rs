//! The log file: one line an event, nothing in it that steers a terminal, no credentials, never large.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

use super::super::clock;
use super::FileError;
use super::atomic::OWNER_READS_AND_WRITES;
use crate::domain::printable::printable;

/// At this size the file is put beside as `….1`, and a new one begun.
pub const LARGEST: u64 = 5 * 1024 * 1024;

/// Sends what this program and its libraries tell to the log file.
pub fn start(path: &Path, level: LevelFilter) -> Result<(), FileError> {
    let subscriber = subscriber(path, level, LARGEST)?;
    // Fails only where one was set before, as in tests.
    _ = tracing::subscriber::set_global_default(subscriber);
    Ok(())
}

/// Notes a panic in the log, and says on standard error where that is and what to do. The terminal
/// is given back before, by the hook of whoever takes it later.
pub fn keep_panics(file: Option<&Path>) {
    let told = file.map_or_else(String::new, |file| {
        format!(
            " What was picked is kept as a draft, and the message in {}.",
            file.display()
        )
    });
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!("{panic}");
        report(panic);
        _ = writeln!(
            io::stderr(),
            "greengroup: this is a defect.{told} `greengroup doctor --markdown` says what a report of it needs."
        );
    }));
}

/// What [`start`] sets, with the size as a value.
pub fn subscriber(
    path: &Path,
    level: LevelFilter,
    largest: u64,
) -> Result<impl Subscriber + Send + Sync + use<>, FileError> {
    let log = Log::open(path.to_owned(), largest).map_err(FileError::at(path))?;
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_timer(Clock)
        .with_writer(Shared(Mutex::new(log)))
        .with_filter(filter(level));
    Ok(Registry::default().with(lines))
}

/// The libraries below print requests with their signatures, and credentials, from DEBUG on:
/// whatever level is asked for, they tell no more than INFO.
fn filter(level: LevelFilter) -> Targets {
    Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_target("aws_", level.min(LevelFilter::INFO))
        .with_target(env!("CARGO_PKG_NAME"), level)
}

struct Clock;

impl FormatTime for Clock {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        writer.write_str(&clock::now().iso())
    }
}

struct Log {
    path: PathBuf,
    file: File,
    written: u64,
    largest: u64,
}

impl Log {
    fn open(path: PathBuf, largest: u64) -> io::Result<Self> {
        let file = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(OWNER_READS_AND_WRITES)
            .open(&path)?;
        let written = file.metadata()?.len();
        Ok(Self {
            path,
            file,
            written,
            largest,
        })
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        let line = format!("{}\n", printable(line));
        let length = line.len() as u64;
        if self.written > 0 && self.written + length > self.largest {
            let mut older = self.path.clone().into_os_string();
            older.push(".1");
            // What cannot be put beside is better written on than lost.
            if fs::rename(&self.path, older).is_ok() {
                *self = Self::open(self.path.clone(), self.largest)?;
            }
        }
        self.file.write_all(line.as_bytes())?;
        self.written += length;
        Ok(())
    }
}

struct Shared(Mutex<Log>);

impl<'log> MakeWriter<'log> for Shared {
    type Writer = Line<'log>;

    fn make_writer(&'log self) -> Line<'log> {
        Line {
            log: self.0.lock().unwrap_or_else(PoisonError::into_inner),
            text: Vec::new(),
        }
    }
}

/// One event, written when it is complete.
struct Line<'log> {
    log: MutexGuard<'log, Log>,
    text: Vec<u8>,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        let text = String::from_utf8_lossy(&self.text);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        // A full disk must not stop the program, and there is nowhere to tell it.
        _ = self.log.line(line);
    }
}
