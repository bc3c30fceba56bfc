//! The only owner of the terminal: takes it, draws on it, and restores it.

pub mod backend;
pub mod capabilities;
mod mode;
mod tty;

use std::ffi::OsString;
use std::io::{self, Write};

use ratatui::Frame;
use ratatui::layout::Size;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::printable::printable;
use backend::{Device, LeanBackend};
pub use capabilities::{Capabilities, ColorMode};
pub use mode::{give_back, stderr_takes_bytes};
use tty::Tty;
pub use tty::{open_for_reading, open_for_writing};

const MAX_TITLE: usize = 120;

#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error("this needs a terminal: there is none behind standard output or /dev/tty ({0})")]
    Absent(#[source] io::Error),
    #[error("the terminal failed: {0}")]
    Failed(#[from] io::Error),
}

#[derive(Debug, thiserror::Error)]
pub enum SuspendError {
    #[error("no shell waits behind this program, so nothing could continue it after Ctrl-Z")]
    NoShellWaits,
    #[error("could not suspend: {0}")]
    Failed(#[from] io::Error),
}

/// The terminal, owned from opening to dropping.
#[derive(Debug)]
pub struct Terminal {
    drawing: ratatui::Terminal<LeanBackend<Tty>>,
    capabilities: Capabilities,
    title: String,
}

impl Terminal {
    pub fn open(capabilities: Capabilities, colors: ColorMode) -> Result<Self, TerminalError> {
        let tty = Tty::open()?;
        mode::take(tty.file(), capabilities)?;
        let drawing = LeanBackend::new(tty, capabilities, colors)
            .and_then(ratatui::Terminal::new)
            .inspect_err(|_| mode::give_back())?;
        Ok(Self {
            drawing,
            capabilities,
            title: String::new(),
        })
    }

    pub fn size(&self) -> io::Result<Size> {
        self.drawing.backend().device().size()
    }

    /// True if it is larger than the used area.
    pub fn is_cut(&self) -> io::Result<bool> {
        let device = self.drawing.backend().device();
        Ok(device.full_size()? != device.size()?)
    }

    /// True if the terminal has not accepted all written bytes, as on a stalled link.
    pub fn is_behind(&self) -> bool {
        self.drawing.backend().device().is_behind()
    }

    /// Sends pending bytes as far as the terminal accepts them; true if none remain.
    pub fn catch_up(&mut self) -> io::Result<bool> {
        self.drawing.backend_mut().device_mut().send_pending()?;
        Ok(!self.is_behind())
    }

    /// Waits until the terminal has accepted everything. May be dropped while it waits.
    pub async fn drain(&mut self) -> io::Result<()> {
        self.drawing.backend_mut().device_mut().drain().await
    }

    /// Draws one frame in the terminal's current size. Does nothing while suspended or while
    /// [`Self::is_behind`].
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> Result<(), TerminalError> {
        if mode::is_taken() && !self.is_behind() {
            self.drawing.draw(render)?;
        }
        Ok(())
    }

    /// Erases and redraws the screen with the next frame, because another program wrote on it.
    pub fn forget(&mut self) -> Result<(), TerminalError> {
        self.drawing.clear()?;
        self.drawing.backend_mut().forget();
        Ok(())
    }

    /// Resets the terminal's modes and redraws the screen with the next frame. A terminal that was attached
    /// again gets its modes again.
    pub fn repair(&mut self) -> Result<(), TerminalError> {
        self.send(&mode::entry(self.capabilities.is_modern))?;
        self.forget()
    }

    /// Sets the title of the terminal's window, if it can be restored.
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

    /// Sends bytes without a visible effect, such as those for the clipboard.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let device = self.drawing.backend_mut().device_mut();
        device.write_all(bytes)?;
        device.flush()
    }

    /// Restores the terminal for an editor; nothing is drawn until [`Self::take_back`].
    pub fn lend(&mut self, note: &str) {
        mode::lend(note);
    }

    /// Takes the terminal again, whatever its state after the editor.
    pub fn take_back(&mut self) -> Result<(), TerminalError> {
        mode::take_back()?;
        self.forget()?;
        self.send_title()
    }

    /// Stops with the editor, if a shell can continue both.
    pub fn stop_with_editor(&self) -> Result<(), SuspendError> {
        check_shell_waits()?;
        Ok(kill_current_process_group(Signal::STOP).map_err(io::Error::from)?)
    }

    /// Restores the terminal and stops. [`Self::resume`] follows after [`super::signals::Signal::Continued`].
    pub fn suspend(&mut self) -> Result<(), SuspendError> {
        check_shell_waits()?;
        mode::give_back();
        if let Err(error) = kill_current_process_group(Signal::STOP) {
            mode::take(self.drawing.backend().device().file(), self.capabilities)?;
            return Err(io::Error::from(error).into());
        }
        Ok(())
    }

    /// Takes the terminal again after a suspension or a stop by another process.
    pub fn resume(&mut self) -> Result<(), TerminalError> {
        mode::give_back();
        mode::take(self.drawing.backend().device().file(), self.capabilities)?;
        self.forget()?;
        self.send_title()
    }
}

/// In the process group of the session's leader there is no job control: no shell would notice the stop.
fn check_shell_waits() -> Result<(), SuspendError> {
    if getsid(None).map_err(io::Error::from)? == getpgrp() {
        return Err(SuspendError::NoShellWaits);
    }
    Ok(())
}

impl Drop for Terminal {
    fn drop(&mut self) {
        mode::give_back();
    }
}

/// The capabilities and colours for the terminal named by `TERM`. `colors` takes precedence over `TERM` and
/// `NO_COLOR`.
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
