//! A ratatui backend for slow links: one write a frame, and only the differences.
//!
//! ratatui's `CrosstermBackend` would write 4 508 bytes instead of at most 106 for one-line scrolling at
//! 120x40. For an unchanged frame it would write 25 bytes instead of none.

mod grid;
mod painter;
mod pen;
mod scroll;

use std::cell::Cell as Slot;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::capabilities::{Capabilities, ColorMode};
use grid::Grid;
use painter::Painter;

/// Smaller frames arrive in one packet anyway.
const WORTH_SYNCHRONIZING: usize = 500;

const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

pub trait Device: Write {
    fn size(&self) -> io::Result<Size>;
}

/// Draws on a [`Device`]. It stores the entire screen, so that nothing is sent twice.
#[derive(Debug)]
pub struct LeanBackend<D> {
    device: D,
    capabilities: Capabilities,
    colors: ColorMode,
    shown: Grid,
    wanted: Grid,
    /// Rows in which `wanted` may differ from `shown`.
    changed: Vec<bool>,
    painter: Painter,
    must_erase: bool,
    cursor: Position,
    is_cursor_wanted: bool,
    is_cursor_shown: bool,
    /// The size last reported to ratatui.
    known_size: Slot<Size>,
}

impl<D: Device> LeanBackend<D> {
    /// Uses a terminal whose cursor is hidden; the first frame erases its content.
    pub fn new(device: D, capabilities: Capabilities, colors: ColorMode) -> io::Result<Self> {
        let size = device.size()?;
        Ok(Self {
            device,
            capabilities,
            colors,
            shown: Grid::erased(size),
            wanted: Grid::erased(size),
            changed: vec![false; usize::from(size.height)],
            painter: Painter::new(capabilities),
            must_erase: true,
            cursor: Position::ORIGIN,
            is_cursor_wanted: false,
            is_cursor_shown: false,
            known_size: Slot::new(size),
        })
    }

    pub const fn device(&self) -> &D {
        &self.device
    }

    pub const fn device_mut(&mut self) -> &mut D {
        &mut self.device
    }

    /// Marks the terminal's content as unknown, after another program has written on it. The next frame is
    /// drawn in full.
    pub fn forget(&mut self) {
        self.painter.bytes.extend_from_slice(HIDE_CURSOR);
        self.is_cursor_shown = false;
        self.start_over(self.known_size.get());
    }

    fn start_over(&mut self, size: Size) {
        self.shown = Grid::erased(size);
        self.wanted = Grid::erased(size);
        self.changed = vec![false; usize::from(size.height)];
        self.must_erase = true;
    }

    fn paint(&mut self) {
        if self.has_line_over_rows() {
            self.shown = Grid::erased(self.shown.size());
            self.changed.fill(true);
            self.must_erase = true;
        }
        if self.must_erase {
            self.painter.erase_screen(self.shown.size().width);
            self.must_erase = false;
        } else if let Some(scroll) = scroll::find(&self.shown, &self.wanted, &self.changed) {
            self.painter.scroll(scroll.top, scroll.bottom, scroll.rows);
            self.shown.scroll(scroll.top, scroll.bottom, scroll.rows);
            let band = usize::from(scroll.top)..usize::from(scroll.bottom);
            self.changed.get_mut(band).unwrap_or_default().fill(true);
        }
        for (y, is_changed) in (0..).zip(&mut self.changed) {
            if std::mem::take(is_changed) {
                self.painter.row(y, self.shown.row(y), self.wanted.row(y));
                self.shown.copy_row(y, &self.wanted);
            }
        }
    }

    /// True where a line over several rows changes: the terminal knows it as one only if nothing is written between
    /// its rows.
    fn has_line_over_rows(&self) -> bool {
        let rows = (1..).zip(self.changed.windows(2));
        let mut changed = rows.filter(|(_, changed)| changed.contains(&true));
        changed.any(|(y, _)| self.shown.continues(y) || self.wanted.continues(y))
    }

    /// The painted bytes, with the cursor in its place.
    fn frame(&mut self) -> Vec<u8> {
        let mut frame = Vec::new();
        let mut painted = std::mem::take(&mut self.painter.bytes);
        let is_large = painted.len() > WORTH_SYNCHRONIZING;
        let is_synchronized = is_large && self.capabilities.synchronized;
        let must_hide =
            self.is_cursor_shown && (!self.is_cursor_wanted || (is_large && !is_synchronized));
        if is_synchronized {
            frame.extend_from_slice(b"\x1b[?2026h");
        }
        if must_hide {
            frame.extend_from_slice(HIDE_CURSOR);
            self.is_cursor_shown = false;
        }
        frame.append(&mut painted);
        if self.is_cursor_wanted {
            self.painter.move_to(self.cursor.x, self.cursor.y);
            frame.append(&mut self.painter.bytes);
            if !self.is_cursor_shown {
                frame.extend_from_slice(b"\x1b[?25h");
                self.is_cursor_shown = true;
            }
        }
        if is_synchronized {
            frame.extend_from_slice(b"\x1b[?2026l");
        }
        frame
    }
}

impl<D: Device> Backend for LeanBackend<D> {
    type Error = io::Error;

    fn draw<'cells, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'cells Cell)>,
    {
        for (x, y, cell) in content {
            self.wanted.put(x, y, cell, self.colors);
            if let Some(is_changed) = self.changed.get_mut(usize::from(y)) {
                *is_changed = true;
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.is_cursor_wanted = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.is_cursor_wanted = true;
        Ok(())
    }

    /// The position that ratatui last set: the terminal itself is never queried.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        let size = self.shown.size();
        self.cursor = Position {
            x: x.min(size.width.saturating_sub(1)),
            y: y.min(size.height.saturating_sub(1)),
        };
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.start_over(self.known_size.get());
        Ok(())
    }

    /// ratatui clears parts of the screen only for viewports smaller than the screen.
    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        if clear_type == ClearType::All {
            self.clear()
        } else {
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    fn size(&self) -> io::Result<Size> {
        let size = self.device.size()?;
        self.known_size.set(size);
        Ok(size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.paint();
        let frame = self.frame();
        if frame.is_empty() {
            return Ok(());
        }
        self.device.write_all(&frame)?;
        self.device.flush()
    }
}
