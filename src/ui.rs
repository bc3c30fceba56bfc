//! The screen as a function of the state: nothing here is kept, asked for or changed.

mod naming;
mod overlay;
mod screen;
pub mod theme;
mod widget;

use ratatui::Frame;
use ratatui::layout::Rect;

pub use theme::{Theme, ThemeError};

use crate::app::App;
use crate::app::layout::{MIN_SIZE, Size};
use widget::paper::Paper;

/// Rows of the header.
const HEADER_ROWS: u16 = 2;

/// What drawing has found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drawn {
    /// How far the body of the screen can be scrolled down, for a body that only drawing measures.
    pub most_hidden: Option<usize>,
}

/// Draws the whole screen.
pub fn render(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    draw(app, theme, frame);
}

/// Draws the whole screen and tells what that has found out.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) -> Drawn {
    let mut drawn = Drawn::default();
    let area = frame.area();
    if area.is_empty() {
        return drawn;
    }
    let mut whole = Paper::new(frame, theme, area);
    whole.clear();
    if app.session.size().is_too_small() || size_of(area).is_too_small() {
        too_small(&mut whole, app);
        return drawn;
    }
    widget::header::draw(app, &mut whole);
    let last = area.height.saturating_sub(1);
    let footer = Rect {
        y: area.y + last,
        height: 1,
        ..area
    };
    let body = Rect {
        y: area.y + HEADER_ROWS,
        height: last.saturating_sub(HEADER_ROWS),
        ..area
    };
    let is_covered = app.overlays().iter().any(overlay::covers);
    if !is_covered && let Some(screen) = app.screen() {
        drawn.most_hidden = screen::draw(app, screen, &mut Paper::new(frame, theme, body));
    }
    for overlay in app.overlays() {
        overlay::draw(app, overlay, &mut Paper::new(frame, theme, body));
    }
    widget::footer::draw(app, &mut Paper::new(frame, theme, footer));
    drawn
}

const fn size_of(area: Rect) -> Size {
    Size {
        width: area.width,
        height: area.height,
    }
}

fn too_small(paper: &mut Paper<'_, '_>, app: &App) {
    let (width, height) = (paper.area.width, paper.area.height);
    let quit = app
        .session
        .keymap()
        .key_name(app.context(), crate::app::Command::Quit);
    let sentence = format!(
        "This terminal has {width}x{height} cells; greengroup needs {}x{}. Make it larger, or leave with {quit}.",
        MIN_SIZE.width, MIN_SIZE.height
    );
    let lines = widget::cells::wrap(&sentence, paper.width());
    for (place, line) in lines.iter().take(paper.height()).enumerate() {
        let row = paper.row().text(paper.theme.plain, line);
        paper.write(place, &row.line());
    }
}
