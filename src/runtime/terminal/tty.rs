//! The files of the terminal: standard output and input if they are terminals, else `/dev/tty`.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::termios::{isatty, tcgetwinsize, ttyname};

use super::TerminalError;
use super::backend::Device;

const CONTROLLING_TERMINAL: &str = "/dev/tty";
/// Serial lines and some pipes to containers report no size.
const DEFAULT_SIZE: Size = Size {
    width: 80,
    height: 24,
};

/// The maximum used size, because the screen is held in memory several times.
const MAX_SIZE: Size = Size {
    width: 1000,
    height: 500,
};

/// The pause before another write to a terminal that accepts no bytes.
const TRY_AGAIN: Duration = Duration::from_millis(20);

/// A terminal open for writing. A write never blocks: bytes that the terminal does not accept are kept and
/// sent by [`Tty::drain`].
#[derive(Debug)]
pub(super) struct Tty {
    file: File,
    pending: Vec<u8>,
}

impl Tty {
    /// Opens its own file description if possible. The shell shares the one of standard output and must not
    /// get its non-blocking mode.
    pub(super) fn open() -> Result<Self, TerminalError> {
        let shared = terminal_behind(&io::stdout())?;
        let own = ttyname(&shared, Vec::new()).and_then(|name| {
            let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
            open(name, flags, Mode::empty())
        });
        Ok(Self {
            file: File::from(own.unwrap_or(shared)),
            pending: Vec::new(),
        })
    }

    pub(super) const fn file(&self) -> &File {
        &self.file
    }

    /// The size that the terminal reports, which may exceed the used size.
    pub(super) fn full_size(&self) -> io::Result<Size> {
        let reported = tcgetwinsize(&self.file)?;
        if reported.ws_col == 0 || reported.ws_row == 0 {
            return Ok(DEFAULT_SIZE);
        }
        Ok(Size::new(reported.ws_col, reported.ws_row))
    }

    /// True if the terminal has not accepted all written bytes.
    pub(super) const fn is_behind(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Waits until the terminal has accepted everything. May be dropped while it waits.
    pub(super) async fn drain(&mut self) -> io::Result<()> {
        while self.is_behind() {
            tokio::time::sleep(TRY_AGAIN).await;
            self.send_pending()?;
        }
        Ok(())
    }

    /// Sends kept bytes as far as the terminal accepts them.
    pub(super) fn send_pending(&mut self) -> io::Result<()> {
        let mut sent = 0;
        let result = loop {
            let rest = self.pending.get(sent..).unwrap_or_default();
            if rest.is_empty() {
                break Ok(());
            }
            match (&self.file).write(rest) {
                Ok(0) => break Err(ErrorKind::WriteZero.into()),
                Ok(written) => sent += written,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        self.pending.drain(..sent);
        result
    }
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        self.send_pending()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Device for Tty {
    fn size(&self) -> io::Result<Size> {
        let size = self.full_size()?;
        Ok(Size {
            width: size.width.min(MAX_SIZE.width),
            height: size.height.min(MAX_SIZE.height),
        })
    }
}

/// Writes all of `bytes`. Fails after the terminal has accepted nothing for `limit`.
pub(super) fn write_within(
    limit: Duration,
    mut terminal: &File,
    mut bytes: &[u8],
) -> io::Result<()> {
    while !bytes.is_empty() {
        if !takes_bytes_within(limit, terminal)? {
            return Err(ErrorKind::TimedOut.into());
        }
        match terminal.write(bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// True if `file` accepts bytes before `limit` has passed.
pub(super) fn takes_bytes_within(limit: Duration, file: &impl AsFd) -> io::Result<bool> {
    let limit = Timespec::try_from(limit).unwrap_or(Timespec {
        tv_sec: 1,
        tv_nsec: 0,
    });
    let mut watched = [PollFd::new(file, PollFlags::OUT)];
    match poll(&mut watched, Some(&limit)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Opens the terminal for [`super::super::input::Inputs::start`].
pub fn open_for_reading() -> Result<OwnedFd, TerminalError> {
    terminal_behind(&io::stdin())
}

/// Opens the terminal for the output of another program.
pub fn open_for_writing() -> Result<OwnedFd, TerminalError> {
    terminal_behind(&io::stdout())
}

fn terminal_behind(stream: &impl AsFd) -> Result<OwnedFd, TerminalError> {
    if isatty(stream) {
        return Ok(stream.as_fd().try_clone_to_owned()?);
    }
    match OpenOptions::new()
        .read(true)
        .write(true)
        .open(CONTROLLING_TERMINAL)
    {
        Ok(file) => Ok(file.into()),
        Err(error) => match Errno::from_io_error(&error) {
            // A process without free file descriptors may still have a terminal.
            Some(Errno::MFILE | Errno::NFILE | Errno::NOMEM) => Err(error.into()),
            Some(_) | None => Err(TerminalError::Absent(error)),
        },
    }
}
