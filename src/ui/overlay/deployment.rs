//! A group's deployment: the question before it, or its status until it ends.

mod question;
mod watch;

use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::App;
use crate::app::overlay::deployment::DeploymentView;
use crate::app::text::{TextLine, Tone};
use crate::ui::Theme;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::wrap;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_lines::full_lines;

/// The width of the names before facts.
const NAME: usize = 14;

/// Draws the dialog. Returns the number of lines by which the body can be scrolled.
pub(super) fn draw(app: &App, view: &DeploymentView, canvas: &mut Canvas<'_, '_>) -> usize {
    let session = &app.session;
    match &view.question {
        Some(question) => question::draw(session, view, question, canvas),
        None => watch::draw(session, view, canvas),
    }
}

/// Draws the scrolled body above `bottom`, which is always fully visible.
fn draw_parts(
    view: &DeploymentView,
    title: &str,
    body: &DeploymentBody<'_>,
    bottom: &[Line<'static>],
    canvas: &mut Canvas<'_, '_>,
) -> usize {
    let rows = canvas.height().saturating_sub(1 + bottom.len());
    let last = body.lines.len().saturating_sub(rows);
    let top = view.scroll.hidden(last);
    // The cursor is always visible. With the last error, the lines after it are visible too.
    let top = match body.cursor {
        Some(cursor) if body.is_on_last => cursor.min(last),
        Some(cursor) if cursor < top => cursor,
        Some(cursor) if cursor >= top + rows => (cursor + 1).saturating_sub(rows),
        Some(_) | None => top,
    };
    let below = body.lines.len().saturating_sub(top + rows);
    let right = if below > 0 {
        format!("{below} more lines")
    } else {
        String::new()
    };
    canvas.title(title, &right);
    canvas.write_all(1, body.lines.iter().skip(top).take(rows));
    let under = canvas.height().saturating_sub(bottom.len());
    canvas.write_all(under.max(1), bottom);
    if let Some(cursor) = body.cursor {
        canvas.put_cursor(1 + cursor.saturating_sub(top), 1);
    }
    last
}

/// The lines of the body.
struct DeploymentBody<'a> {
    theme: &'a Theme,
    width: usize,
    lines: Vec<Line<'static>>,
    /// The line of the cursor.
    cursor: Option<usize>,
    is_on_last: bool,
}

impl<'a> DeploymentBody<'a> {
    const fn new(theme: &'a Theme, width: usize) -> Self {
        Self {
            theme,
            width,
            lines: Vec::new(),
            cursor: None,
            is_on_last: false,
        }
    }

    const fn row(&self) -> Row<'a> {
        Row::new(self.theme, self.width)
    }

    fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// A text from column `indent` on, wrapped.
    fn text(&mut self, indent: usize, style: Style, text: &str) {
        for part in wrap(text, self.width.saturating_sub(indent + 1)) {
            let row = self.row().gap(indent).text(style, &part);
            self.lines.push(row.line());
        }
    }

    /// A line of a command, not wrapped.
    fn command(&mut self, line: &str) {
        let line = TextLine::new(Tone::Plain, line);
        let lines = full_lines(self.theme, &line, 3, self.width);
        self.lines.extend(lines);
    }

    /// `name value`, with the value wrapped.
    fn fact(&mut self, name: &str, style: Style, value: &str) {
        let room = self.width.saturating_sub(NAME + 2);
        for (place, part) in wrap(value, room).iter().enumerate() {
            let name = if place == 0 { name } else { "" };
            let row = self
                .row()
                .gap(1)
                .cell(self.theme.faint, name, NAME)
                .text(style, part);
            self.lines.push(row.line());
        }
    }
}
