//! The files by which the terminal is reached: standard output and input where they are terminals, else `/dev/tty`.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};

use ratatui::layout::Size;
use rustix::termios::{isatty, tcgetwinsize};

use super::backend::Device;

const CONTROLLING_TERMINAL: &str = "/dev/tty";
/// Serial lines and some pipes to containers tell no size.
const UNTOLD: Size = Size {
    width: 80,
    height: 24,
};

/// A terminal open for writing.
#[derive(Debug)]
pub(super) struct Tty(File);

impl Tty {
    pub(super) fn open() -> io::Result<Self> {
        terminal_behind(&io::stdout()).map(|file| Self(File::from(file)))
    }

    pub(super) const fn file(&self) -> &File {
        &self.0
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
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
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
