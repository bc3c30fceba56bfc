//! The Review screen: what would be created in a body that scrolls, and below it what decides.

mod body;
mod bottom;
mod findings;
mod slots;

use crate::app::App;
use crate::app::screen::review::{Review, ReviewFocus};
use crate::ui::widget::paper::Paper;

use body::Body;

/// The body never gets fewer rows than this.
const BODY_AT_LEAST: usize = 4;

/// Draws the body and, always in full view, the buttons; how far the body can be scrolled is the answer.
pub(super) fn draw(app: &App, review: &Review, paper: &mut Paper<'_, '_>) -> usize {
    let session = &app.session;
    let room = paper.height().saturating_sub(BODY_AT_LEAST);
    let bottom = bottom::Bottom::new(session, review, paper.theme, paper.width(), room);
    let rows = paper.height().saturating_sub(bottom.lines.len());
    let body = Body::new(session, review, paper.theme, paper.width());
    let top = shown_from(review, &body, rows);
    let shown = body.lines.iter().skip(top).take(rows);
    paper.write_all(0, shown);
    let below = body.lines.len().saturating_sub(top + rows);
    let mut under = paper.part(rows, usize::MAX);
    bottom.draw(&mut under, below);
    if let Some(cursor) = body.cursor.filter(|_| review.focus == ReviewFocus::List) {
        paper.put_cursor(cursor.start.saturating_sub(top), 1);
    }
    body.lines.len().saturating_sub(rows)
}

/// The first line of the body that is drawn: as scrolled, but the cursor always in view.
fn shown_from(review: &Review, body: &Body, rows: usize) -> usize {
    let last = body.lines.len().saturating_sub(rows);
    let top = review.scroll.hidden(last);
    let Some(cursor) = body
        .cursor
        .clone()
        .filter(|_| review.focus == ReviewFocus::List)
    else {
        return top;
    };
    if cursor.start < top {
        cursor.start
    } else if cursor.end > top + rows {
        cursor.end.saturating_sub(rows).min(cursor.start)
    } else {
        top
    }
}
