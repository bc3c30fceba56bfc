//! The Review screen: the new version in a scrolling body, and below it the boxes and buttons.

mod body;
mod bottom;
mod changes;
mod findings;
mod slot_change;
mod slot_row;
mod slots;

use ratatui::text::Line;

use crate::app::effect::CreateRequest;
use crate::app::screen::review::{Review, ReviewFocus};
use crate::app::{App, KeyContext, Session};
use crate::domain::DefinitionKind;
use crate::ui::Theme;
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;

pub(crate) use bottom::box_words;

use body::Body;
use slot_change::SlotChange;

/// The minimum height of the body, in rows.
const MIN_BODY: usize = 4;

/// Draws the body and the buttons, which are always fully visible. Returns the number of lines by which the
/// body can be scrolled.
pub(super) fn draw(app: &App, review: &Review, canvas: &mut Canvas<'_, '_>) -> usize {
    let session = &app.session;
    let room = canvas.height().saturating_sub(MIN_BODY);
    let bottom = bottom::Bottom::new(session, review, canvas.theme, canvas.width(), room);
    let rows = canvas.height().saturating_sub(bottom.lines.len());
    let mut body = Body::new(canvas.theme, canvas.width());
    let current = review.current_line(session);
    body.group(session, review);
    slots::add(&mut body, session, review, current);
    findings::add(&mut body, session, current);
    body.request(session);
    let top = shown_from(review, &body, rows);
    let shown = body.lines.iter().skip(top).take(rows);
    canvas.write_all(0, shown);
    let below = body.lines.len().saturating_sub(top + rows);
    let mut under = canvas.part(rows, usize::MAX);
    bottom.draw(Keys::new(session, KeyContext::Review), &mut under, below);
    if let Some(cursor) = body.cursor.filter(|_| review.focus == ReviewFocus::List) {
        canvas.put_cursor(cursor.start.saturating_sub(top), 1);
    }
    body.lines.len().saturating_sub(rows)
}

/// The changes of a request, slot by slot.
pub(super) fn changed_slots(
    session: &Session,
    request: &CreateRequest,
    theme: &Theme,
    width: usize,
) -> Vec<Line<'static>> {
    let mut body = Body::new(theme, width);
    for kind in DefinitionKind::ALL {
        let change = SlotChange::of_request(request, kind);
        if change.state.is_change() {
            for row in slot_row::slot(&body, session, &change, false) {
                body.add(row);
            }
        }
    }
    body.lines
}

/// The first visible line of the body. The cursor is always visible.
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
