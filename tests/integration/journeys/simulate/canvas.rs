//! The screen of a simulated program, drawn after every step. If Create is pressed, it is parsed like a user
//! reads it.

use greengroup::app::App;
use greengroup::domain::ShownRequest;
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// So large that an entire review fits without scrolling or wrapping.
const WHOLE: (u16, u16) = (240, 400);

/// Buffers for drawing; the bytes of a backend are tested elsewhere.
#[derive(Debug)]
pub(super) struct Canvas {
    terminal: Terminal<TestBackend>,
    /// The large buffer for a review, created at the first one.
    whole: Option<Terminal<TestBackend>>,
    theme: Theme,
}

impl Default for Canvas {
    fn default() -> Self {
        Self {
            terminal: terminal(1, 1),
            whole: None,
            theme: Theme::default(),
        }
    }
}

impl Canvas {
    /// Draws the full screen in the program's own size.
    pub(super) fn draw(&mut self, app: &App) -> &Buffer {
        let size = app.session.size();
        let area = self.terminal.backend().buffer().area;
        if (area.width, area.height) != (size.width, size.height) {
            self.terminal.backend_mut().resize(size.width, size.height);
            self.terminal.autoresize().unwrap();
        }
        drawn(&mut self.terminal, app, &self.theme)
    }

    /// The requests shown by the review, in order: from the screen, not from memory.
    pub(super) fn requests_shown(&mut self, app: &App) -> Vec<Shown> {
        let whole = || terminal(WHOLE.0, WHOLE.1);
        let screen = drawn(self.whole.get_or_insert_with(whole), app, &self.theme);
        let rows = screen.content.chunks(usize::from(screen.area.width));
        let lines = rows.map(text);
        let mut lines = lines.map(|line| line.trim().to_owned());
        let mut shown = Vec::new();
        while let Some(path) = lines.find_map(|line| line.strip_prefix("POST ").map(str::to_owned))
        {
            let mut text = String::new();
            let body = lines.by_ref().find_map(|line| {
                text.push_str(&line);
                let is_end = line.ends_with('}');
                is_end.then(|| serde_json::from_str(&text).ok()).flatten()
            });
            let body = body
                .unwrap_or_else(|| panic!("the review shows no request that can be read:\n{text}"));
            shown.push(Shown { path, body });
        }
        shown
    }
}

/// The text of a row; a wide character also covers the next cell.
fn text(row: &[Cell]) -> String {
    let mut cells = row.iter();
    let mut text = String::new();
    while let Some(cell) = cells.next() {
        text.push_str(cell.symbol());
        if cell.symbol().width() > 1 {
            cells.next();
        }
    }
    text
}

fn drawn<'a>(terminal: &'a mut Terminal<TestBackend>, app: &App, theme: &Theme) -> &'a Buffer {
    terminal.current_buffer_mut().reset();
    ui::render(app, theme, &mut terminal.get_frame());
    terminal.current_buffer_mut()
}

/// A request as shown on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    path: String,
    pub(super) body: Value,
}

impl Shown {
    pub(super) fn is(&self, request: &ShownRequest) -> bool {
        self.path == request.path && self.body == request.body
    }
}

fn terminal(width: u16, height: u16) -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(width, height)).unwrap()
}
