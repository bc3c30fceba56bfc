//! The screen as a pure function of the state.

mod advice;
mod keys;
mod naming;
mod notice;
mod overlay;
mod screen;
pub mod theme;
mod widget;

use ratatui::Frame;

pub use advice::advice;
pub use theme::{Theme, ThemeError};

use crate::app::layout::{HEADER_ROWS, MIN_SIZE};
use crate::app::{App, Command};
use keys::Keys;
use widget::canvas::{Canvas, size_of};

/// Measurements of drawing that the app needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The number of rows by which the body can be scrolled down.
    pub max_hidden: Option<usize>,
}

/// Draws the entire screen; returns measurements for the app.
pub fn render(app: &App, theme: &Theme, frame: &mut Frame<'_>) -> Drawn {
    let mut drawn = Drawn::default();
    let area = frame.area();
    if area.is_empty() {
        return drawn;
    }
    let mut whole = Canvas::new(frame, theme, area);
    whole.clear();
    if app.session.size().is_too_small() || size_of(area).is_too_small() {
        too_small(&mut whole, app);
        return drawn;
    }
    widget::header::draw(app, &mut whole);
    let footer = widget::footer::lines(app, theme, area.width.into());
    let last = whole.height().saturating_sub(footer.len());
    let header_rows = usize::from(HEADER_ROWS);
    let mut body = whole.part(header_rows, last.saturating_sub(header_rows));
    let is_covered = app.overlays().iter().any(overlay::covers);
    if !is_covered {
        drawn.max_hidden = screen::draw(app, app.screen(), &mut body);
    }
    for overlay in app.overlays() {
        let hidden = overlay::draw(app, overlay, &mut body);
        drawn.max_hidden = hidden.or(drawn.max_hidden);
    }
    whole.write_all(last, &footer);
    drawn
}

fn too_small(canvas: &mut Canvas<'_, '_>, app: &App) {
    let (width, height) = (canvas.area.width, canvas.area.height);
    let quit = Keys::new(&app.session, app.context()).name(Command::Quit);
    let sentence = format!(
        "This terminal has {width}x{height} cells; greengroup needs {}x{}. Make it larger, or leave with {quit}.",
        MIN_SIZE.width, MIN_SIZE.height
    );
    let lines = widget::cells::wrap(&sentence, canvas.width());
    for (place, line) in lines.iter().enumerate() {
        let row = canvas.row().text(canvas.theme.plain, line);
        canvas.write(place, &row.line());
    }
}
