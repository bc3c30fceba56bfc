//! A terminal in memory that compares the received bytes with the drawn buffer.

use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZeroU16;
use std::rc::Rc;

use greengroup::runtime::terminal::backend::{Device, LeanBackend};
use greengroup::runtime::terminal::{Capabilities, ColorMode};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal};

/// The bytes of each write.
#[derive(Debug, Clone, Default)]
pub(super) struct Wire(pub(super) Rc<RefCell<Vec<Vec<u8>>>>);

#[derive(Debug)]
pub(super) struct Screen {
    pub(super) wire: Wire,
    pub(super) size: Rc<RefCell<Size>>,
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.wire.0.borrow_mut().push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Device for Screen {
    fn size(&self) -> io::Result<Size> {
        Ok(*self.size.borrow())
    }
}

/// A terminal in memory: encodes the drawn buffer, and shows the sent bytes with `vt100`.
pub(super) struct Pair {
    pub(super) drawing: Terminal<LeanBackend<Screen>>,
    pub(super) wire: Wire,
    pub(super) size: Rc<RefCell<Size>>,
    pub(super) shown: vt100::Parser,
    pub(super) colors: ColorMode,
}

impl Pair {
    pub(super) fn new(width: u16, height: u16) -> Self {
        Self::with(width, height, Capabilities::MODERN, ColorMode::Ansi16)
    }

    pub(super) fn with(
        width: u16,
        height: u16,
        capabilities: Capabilities,
        colors: ColorMode,
    ) -> Self {
        let wire = Wire::default();
        let size = Rc::new(RefCell::new(Size::new(width, height)));
        let screen = Screen {
            wire: wire.clone(),
            size: Rc::clone(&size),
        };
        let backend = LeanBackend::new(screen, capabilities, colors).unwrap();
        let nonzero = |number| NonZeroU16::new(number).unwrap();
        let mut shown = vt100::Parser::new(nonzero(height), nonzero(width), 0);
        shown.process(b"\x1b[31;7mrubbish that was there before\x1b[?25l");
        Self {
            drawing: Terminal::new(backend).unwrap(),
            wire,
            size,
            shown,
            colors,
        }
    }

    /// Draws one frame; returns the bytes of its writes.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> Vec<Vec<u8>> {
        let drawn = self.drawing.draw(render).unwrap().buffer.clone();
        let writes = std::mem::take(&mut *self.wire.0.borrow_mut());
        for bytes in &writes {
            self.shown.process(bytes);
        }
        assert_shows(self.shown.screen(), &drawn, self.colors);
        writes
    }

    pub(super) fn bytes(&mut self, render: impl FnOnce(&mut Frame)) -> usize {
        let writes = self.draw(render);
        assert!(writes.len() <= 1, "{} writes for one frame", writes.len());
        writes.concat().len()
    }
}

pub(super) fn expected_color(color: Color) -> vt100::Color {
    let index = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ]
    .iter()
    .position(|named| *named == color);
    match (color, index) {
        (_, Some(index)) => vt100::Color::Idx(u8::try_from(index).unwrap()),
        (Color::Indexed(index), None) => vt100::Color::Idx(index),
        (Color::Rgb(red, green, blue), None) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    }
}

/// Checks that the screens look the same: symbols, and all visible parts of the styles.
pub(super) fn assert_shows(screen: &vt100::Screen, drawn: &Buffer, colors: ColorMode) {
    for y in 0..drawn.area.height {
        let mut x = 0;
        while x < drawn.area.width {
            let wanted = &drawn[(x, y)];
            let shown = screen.cell(y, x).unwrap();
            let same = |is_same: bool, what: &str| {
                assert!(
                    is_same,
                    "{what} at {x},{y}: {wanted:?} is shown as {shown:?}"
                );
            };
            let fits = x + wanted.cell_width() <= drawn.area.width;
            let symbol = if wanted.cell_width() > 0 && fits {
                wanted.symbol()
            } else {
                " "
            };
            let contents = if shown.has_contents() {
                shown.contents()
            } else {
                " "
            };
            same(contents == symbol, "symbol");
            let (foreground, background) = match colors {
                ColorMode::Ansi16 => (wanted.fg, wanted.bg),
                ColorMode::None => (Color::Reset, Color::Reset),
            };
            let modifier = wanted.modifier;
            same(shown.bgcolor() == expected_color(background), "bgcolor");
            same(
                shown.inverse() == (modifier.contains(Modifier::REVERSED)),
                "inverse",
            );
            same(
                shown.underline() == (modifier.contains(Modifier::UNDERLINED)),
                "underline",
            );
            if symbol != " " || shown.inverse() || shown.underline() {
                same(shown.fgcolor() == expected_color(foreground), "fgcolor");
            }
            if symbol != " " {
                // The replaying terminal keeps one of the two.
                let intensity = modifier & (Modifier::BOLD | Modifier::DIM);
                if intensity != Modifier::BOLD | Modifier::DIM {
                    same(shown.bold() == (intensity == Modifier::BOLD), "bold");
                    same(shown.dim() == (intensity == Modifier::DIM), "dim");
                }
                same(
                    shown.italic() == (modifier.contains(Modifier::ITALIC)),
                    "italic",
                );
            }
            x += wanted.cell_width().max(1);
        }
    }
}
