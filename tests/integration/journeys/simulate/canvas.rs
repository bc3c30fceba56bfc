//! The screen of a simulated program, drawn after every step and, where Create is pressed, read as the person reads it.

use greengroup::app::App;
use greengroup::domain::CreateGroupVersion;
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use serde_json::Value;

/// So large that a whole review fits without scrolling or wrapping.
const WHOLE: (u16, u16) = (240, 160);

/// Somewhere to draw: into a buffer and no further, for what a backend does with it is tested elsewhere.
#[derive(Debug)]
pub(super) struct Canvas {
    terminal: Terminal<TestBackend>,
    /// Where a whole review is drawn, from the first one on.
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

    /// The request as the review shows it: what stands on the screen, not what is in memory.
    pub(super) fn request_shown(&mut self, app: &App) -> Option<Shown> {
        let whole = || terminal(WHOLE.0, WHOLE.1);
        let screen = drawn(self.whole.get_or_insert_with(whole), app, &self.theme);
        let rows = screen.content.chunks(usize::from(screen.area.width));
        let lines = rows.map(|row| row.iter().map(Cell::symbol).collect::<String>());
        let lines = lines.map(|line| line.trim().to_owned());
        let mut lines = lines.skip_while(|line| !line.starts_with("POST /greengrass/groups/"));
        let path = lines.next()?;
        let mut body = String::new();
        for line in lines {
            body.push_str(&line);
            if line == "}" || line == "{}" {
                break;
            }
        }
        let body = serde_json::from_str(&body).unwrap_or_else(|error| {
            panic!("the review shows no request that can be read ({error}):\n{body}")
        });
        Some(Shown { path, body })
    }
}

fn drawn<'a>(terminal: &'a mut Terminal<TestBackend>, app: &App, theme: &Theme) -> &'a Buffer {
    terminal.current_buffer_mut().reset();
    ui::render(app, theme, &mut terminal.get_frame());
    terminal.current_buffer_mut()
}

/// A request as it stood on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    path: String,
    body: Value,
}

impl Shown {
    pub(super) fn is(&self, request: &CreateGroupVersion) -> bool {
        let path = format!("POST /greengrass/groups/{}/versions", request.group);
        self.path == path && self.body == request.body()
    }
}

fn terminal(width: u16, height: u16) -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(width, height)).unwrap()
}
