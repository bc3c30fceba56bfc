//! A group's deployment: the question before it, or its status until it ends.

mod question;
mod watch;

use ratatui::text::Line;

use crate::app::App;
use crate::app::overlay::deployment::DeploymentView;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::text_block::TextBlock;

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
    body: &TextBlock<'_>,
    bottom: &[Line<'static>],
    canvas: &mut Canvas<'_, '_>,
) -> usize {
    let rows = canvas.height().saturating_sub(1 + bottom.len());
    let top = body.top(view.scroll, rows);
    let right = match body.lines.len().saturating_sub(top + rows) {
        0 => String::new(),
        below => format!("{below} more lines"),
    };
    canvas.title(title, &right);
    canvas.write_all(1, body.lines.iter().skip(top).take(rows));
    canvas.write_all(1 + rows, bottom);
    if let Some(cursor) = &body.cursor {
        canvas.put_cursor(1 + cursor.start.saturating_sub(top), 1);
    }
    body.lines.len().saturating_sub(rows)
}
