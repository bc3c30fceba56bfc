//! The screen of a simulated program, drawn after every step. If Create is pressed, it is parsed like a user
//! reads it.

use greengroup::app::App;
use greengroup::domain::ShownRequest;
use greengroup::ui::theme::Theme;
use ratatui::buffer::Buffer;
use serde_json::Value;

use crate::support::session;

/// So large that an entire review fits without scrolling or wrapping.
const LARGE: (u16, u16) = (240, 400);

/// Buffers for drawing; the bytes of a backend are tested elsewhere.
#[derive(Debug)]
pub(super) struct Canvas {
    screen: session::Canvas,
    /// The large buffer for a review, created at the first one.
    large: Option<session::Canvas>,
    theme: Theme,
}

impl Default for Canvas {
    fn default() -> Self {
        Self {
            screen: session::Canvas::new((1, 1)),
            large: None,
            theme: Theme::default(),
        }
    }
}

impl Canvas {
    /// Draws the full screen in the program's own size.
    pub(super) fn draw(&mut self, app: &App) -> &Buffer {
        let size = app.session.size();
        self.screen.resize((size.width, size.height));
        self.screen.cells(app, &self.theme)
    }

    /// The requests shown by the review, in order: from the screen, not from memory.
    pub(super) fn requests_shown(&mut self, app: &App) -> Vec<Shown> {
        let large = self
            .large
            .get_or_insert_with(|| session::Canvas::new(LARGE));
        let screen = large.cells(app, &self.theme);
        let rows = screen.content.chunks(usize::from(screen.area.width));
        let lines = rows.map(session::text);
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
