//! The screen of a session, drawn in memory.

use greengroup::app::App;
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::buffer::{Buffer, Cell};
use unicode_width::UnicodeWidthStr;

/// What a terminal shows: its cells and its cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub buffer: Buffer,
    /// The position of the terminal's cursor, if it is visible.
    pub cursor: Option<(u16, u16)>,
}

impl Picture {
    /// The rows without trailing blanks.
    pub fn rows(&self) -> Vec<String> {
        let rows = self.buffer.content.chunks(self.buffer.area.width.into());
        rows.map(|row| text(row).trim_end().to_owned()).collect()
    }
}

/// The text of a row; a wide character also covers the next cell.
pub fn text(row: &[Cell]) -> String {
    let (mut line, mut hidden) = (String::new(), 0);
    for cell in row {
        let symbol = cell.symbol();
        if hidden == 0 {
            line.push_str(symbol);
            hidden = symbol.width().max(1);
        }
        hidden -= 1;
    }
    line
}

/// Buffers for drawing, which are used again for the next frame.
#[derive(Debug)]
pub struct Canvas {
    terminal: Terminal<TestBackend>,
}

impl Canvas {
    pub fn new((width, height): (u16, u16)) -> Self {
        Self {
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
        }
    }

    pub fn resize(&mut self, (width, height): (u16, u16)) {
        let area = self.terminal.backend().buffer().area;
        if (area.width, area.height) != (width, height) {
            self.terminal.backend_mut().resize(width, height);
            self.terminal.autoresize().unwrap();
        }
    }

    /// Draws the cells alone, which costs less than a frame.
    pub fn cells(&mut self, app: &App, theme: &Theme) -> &Buffer {
        self.terminal.current_buffer_mut().reset();
        ui::render(app, theme, &mut self.terminal.get_frame());
        self.terminal.current_buffer_mut()
    }

    /// Draws a frame, with its cursor and its measurements.
    pub fn frame(&mut self, app: &App, theme: &Theme) -> (Picture, ui::Drawn) {
        let mut drawn = ui::Drawn::default();
        self.terminal
            .draw(|frame| drawn = ui::render(app, theme, frame))
            .unwrap();
        let backend = self.terminal.backend_mut();
        let at = backend.get_cursor_position().unwrap();
        let picture = Picture {
            cursor: backend.cursor_visible().then_some((at.x, at.y)),
            buffer: backend.buffer().clone(),
        };
        (picture, drawn)
    }
}
