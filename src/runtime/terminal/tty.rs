//! The files by which the terminal is reached: standard output and input where they are terminals, else `/dev/tty`.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::termios::{isatty, tcgetwinsize, ttyname};

use super::super::signals::is_ending;
use super::backend::Device;

const CONTROLLING_TERMINAL: &str = "/dev/tty";
/// Serial lines and some pipes to containers tell no size.
const UNTOLD: Size = Size {
    width: 80,
    height: 24,
};

/// How often a terminal that takes nothing is looked at again.
const LOOK_AGAIN: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 250_000_000,
};

/// A terminal open for writing.
#[derive(Debug)]
pub(super) struct Tty(File);

impl Tty {
    /// Opens the terminal anew where it can, so that writing without waiting is this program's
    /// way only and not also that of the shell, which shares standard output with it.
    pub(super) fn open() -> io::Result<Self> {
        let shared = terminal_behind(&io::stdout())?;
        let anew = ttyname(&shared, Vec::new()).and_then(|name| {
            let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
            open(name, flags, Mode::empty())
        });
        Ok(Self(File::from(anew.unwrap_or(shared))))
    }

    pub(super) const fn file(&self) -> &File {
        &self.0
    }
}

/// Writes some of `bytes`. While the terminal takes nothing, as behind a link that stands still,
/// it is waited for until `gives_up` says so.
pub(super) fn write_some(
    mut terminal: &File,
    bytes: &[u8],
    mut gives_up: impl FnMut() -> bool,
) -> io::Result<usize> {
    loop {
        match terminal.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            written => return written,
        }
        if gives_up() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let mut watched = [PollFd::new(terminal, PollFlags::OUT)];
        match poll(&mut watched, Some(&LOOK_AGAIN)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// The terminal for reading what is typed.
pub(super) fn open_for_reading() -> io::Result<OwnedFd> {
    terminal_behind(&io::stdin())
}

fn terminal_behind(stream: &impl AsFd) -> io::Result<OwnedFd> {
    if isatty(stream) {
        return stream.as_fd().try_clone_to_owned();
    }
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(CONTROLLING_TERMINAL)?;
    Ok(file.into())
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_some(&self.0, bytes, is_ending)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Device for Tty {
    fn size(&self) -> io::Result<Size> {
        let told = tcgetwinsize(&self.0)?;
        if told.ws_col == 0 || told.ws_row == 0 {
            return Ok(UNTOLD);
        }
        Ok(Size::new(told.ws_col, told.ws_row))
    }
}
