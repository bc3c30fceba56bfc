//! The one owner of the terminal: takes it over, draws on it, and gives it back.

pub mod backend;
pub mod capabilities;
mod mode;
mod tty;

use std::ffi::OsString;
use std::io::{self, Write};
use std::os::fd::OwnedFd;

use ratatui::Frame;
use ratatui::layout::Size;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::printable::printable;
use backend::{Device, LeanBackend};
pub use capabilities::{Capabilities, ColorMode};
pub use mode::{give_back, stderr_takes_bytes};
use tty::Tty;

const MAX_TITLE: usize = 120;

/// Why there is no terminal to draw on, or none any more.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error("this needs a terminal: there is none behind standard output or /dev/tty ({0})")]
    Absent(#[source] io::Error),
    #[error("the terminal failed: {0}")]
    Failed(#[from] io::Error),
}

/// Why the program cannot be suspended.
#[derive(Debug, thiserror::Error)]
pub enum SuspendError {
    #[error("no shell waits behind this program, so nothing could continue it after Ctrl-Z")]
    NoShellWaits,
    #[error("could not suspend: {0}")]
    Failed(#[from] io::Error),
}

/// The terminal, ours from opening to dropping.
#[derive(Debug)]
pub struct Terminal {
    drawing: ratatui::Terminal<LeanBackend<Tty>>,
    capabilities: Capabilities,
    title: String,
}

impl Terminal {
    /// Takes the terminal over.
    pub fn open(capabilities: Capabilities, colors: ColorMode) -> Result<Self, TerminalError> {
        let tty = Tty::open()?;
        mode::take(tty.file(), capabilities)?;
        let drawing = LeanBackend::new(tty, capabilities, colors).and_then(ratatui::Terminal::new);
        match drawing {
            Ok(drawing) => Ok(Self {
                drawing,
                capabilities,
                title: String::new(),
            }),
            Err(error) => {
                mode::give_back();
                Err(error.into())
            }
        }
    }

    /// The terminal for reading, for [`super::input::Inputs::start`].
    pub fn input() -> Result<OwnedFd, TerminalError> {
        tty::open_for_reading()
    }

    /// The terminal for writing by another program.
    pub fn output() -> Result<OwnedFd, TerminalError> {
        tty::open_for_writing()
    }

    /// The size right now.
    pub fn size(&self) -> io::Result<Size> {
        self.drawing.backend().device().size()
    }

    /// True if it is larger than what is drawn on.
    pub fn is_cut(&self) -> io::Result<bool> {
        let device = self.drawing.backend().device();
        Ok(device.full_size()? != device.size()?)
    }

    /// True while the terminal has not taken everything that was written, as on a stalled link.
    pub fn is_behind(&self) -> bool {
        self.drawing.backend().device().is_behind()
    }

    /// Sends what the terminal takes now of what it did not take before; true when that is all.
    pub fn catch_up(&mut self) -> io::Result<bool> {
        self.drawing.backend_mut().device_mut().send_pending()?;
        Ok(!self.is_behind())
    }

    /// Waits until the terminal has taken everything. May be dropped while it waits.
    pub async fn drain(&mut self) -> io::Result<()> {
        self.drawing.backend_mut().device_mut().drain().await
    }

    /// Draws one frame in the terminal's size of this moment; nothing while suspended or while
    /// [`Self::is_behind`].
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> Result<(), TerminalError> {
        if mode::is_taken() && !self.is_behind() {
            self.drawing.draw(render)?;
        }
        Ok(())
    }

    /// Erases the screen with the next frame and draws all of it, for when something else wrote on it.
    pub fn forget(&mut self) -> Result<(), TerminalError> {
        self.drawing.clear()?;
        self.drawing.backend_mut().forget();
        Ok(())
    }

    /// Puts the terminal right, whatever another program left on, and draws the full screen with
    /// the next frame. A terminal that was attached again gets its modes again.
    pub fn repair(&mut self) -> Result<(), TerminalError> {
        self.send(&mode::entry(self.capabilities.is_modern))?;
        self.forget()
    }

    /// Names the terminal's window, where that can be taken back.
    pub fn set_title(&mut self, title: &str) -> Result<(), TerminalError> {
        if self.title != title {
            title.clone_into(&mut self.title);
            self.send_title()?;
        }
        Ok(())
    }

    fn send_title(&mut self) -> Result<(), TerminalError> {
        if !self.capabilities.title || self.title.is_empty() {
            return Ok(());
        }
        let safe = printable(&self.title);
        let short: String = safe.graphemes(true).take(MAX_TITLE).collect();
        Ok(self.send(&mode::title(&short))?)
    }

    /// Sends bytes that show nothing and move nothing, such as those that fill the clipboard.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let device = self.drawing.backend_mut().device_mut();
        device.write_all(bytes)?;
        device.flush()
    }

    /// Gives the terminal to an editor, as before the program; nothing is drawn until
    /// [`Self::take_back`].
    pub fn lend(&mut self, note: &str) {
        mode::lend(note);
    }

    /// Takes the terminal again, whatever the editor left it as.
    pub fn take_back(&mut self) -> Result<(), TerminalError> {
        mode::take_back()?;
        self.forget()?;
        self.send_title()
    }

    /// Stops with the editor that has the terminal, where a shell can continue both.
    pub fn stop_with_editor(&self) -> Result<(), SuspendError> {
        if !a_shell_waits()? {
            return Err(SuspendError::NoShellWaits);
        }
        Ok(kill_current_process_group(Signal::STOP).map_err(io::Error::from)?)
    }

    /// Gives the terminal back and stops; after [`super::signals::Signal::Continued`] comes
    /// [`Self::resume`].
    pub fn suspend(&mut self) -> Result<(), SuspendError> {
        if !a_shell_waits()? {
            return Err(SuspendError::NoShellWaits);
        }
        mode::give_back();
        if let Err(error) = kill_current_process_group(Signal::STOP) {
            mode::take(self.drawing.backend().device().file(), self.capabilities)?;
            return Err(io::Error::from(error).into());
        }
        Ok(())
    }

    /// Takes the terminal again after it was given back or stopped from outside.
    pub fn resume(&mut self) -> Result<(), TerminalError> {
        mode::give_back();
        mode::take(self.drawing.backend().device().file(), self.capabilities)?;
        self.forget()?;
        self.send_title()
    }
}

/// In the process group of its session's leader there is no job control: no shell would notice that
/// the program stopped.
fn a_shell_waits() -> io::Result<bool> {
    Ok(getsid(None)? != getpgrp())
}

impl Drop for Terminal {
    fn drop(&mut self) {
        mode::give_back();
    }
}

/// How to draw on the terminal named by `TERM`; `colors`, or else what it and `NO_COLOR` allow.
pub fn detect(
    variable: impl Fn(&str) -> Option<OsString>,
    colors: Option<ColorMode>,
) -> (Capabilities, ColorMode) {
    let term = variable("TERM");
    let automatic = || ColorMode::automatic(variable("NO_COLOR").as_deref(), term.as_deref());
    (
        Capabilities::from_term(term.as_deref()),
        colors.unwrap_or_else(automatic),
    )
}
