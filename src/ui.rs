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
use crate::app::layout::{SMALLEST, Size};
use widget::paper::Paper;

/// Rows of the header.
const HEADER_ROWS: u16 = 2;

/// Draws the whole screen.
pub fn render(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    let mut whole = Paper::new(frame, theme, area);
    whole.clear();
    if app.session.size.is_too_small() || size_of(area).is_too_small() {
        return too_small(&mut whole, app);
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
        screen::draw(app, screen, &mut Paper::new(frame, theme, body));
    }
    for overlay in app.overlays() {
        overlay::draw(app, overlay, &mut Paper::new(frame, theme, body));
    }
    widget::footer::draw(app, &mut Paper::new(frame, theme, footer));
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
        .keymap
        .key_name(app.context(), crate::app::Command::Quit);
    let sentence = format!(
        "This terminal has {width}x{height} cells; greengroup needs {}x{}. Make it larger, or leave with {quit}.",
        SMALLEST.width, SMALLEST.height
    );
    let lines = widget::cells::wrap(&sentence, paper.width());
    for (place, line) in lines.iter().take(paper.height()).enumerate() {
        let row = paper.row().text(paper.theme.plain, line);
        paper.write(place, &row.line());
    }
}
