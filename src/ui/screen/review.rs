//! The Review screen: the new version in a scrolling body, and below it the boxes and buttons.

mod bottom;
mod changes;
mod findings;
mod slot_change;
mod slot_row;
mod slots;
mod state;

use ratatui::text::Line;

use crate::app::aws_cli::AwsCli;
use crate::app::effect::CreateRequest;
use crate::app::screen::review::{Review, ReviewFocus};
use crate::app::text::request_lines;
use crate::app::work::Work;
use crate::app::{App, KeyContext, Session};
use crate::domain::{DefinitionKind, GroupChange};
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_block::TextBlock;

pub(crate) use bottom::box_words;

use slot_change::SlotChange;

/// The minimum height of the body, in rows.
const MIN_BODY: usize = 4;

/// Draws the body and the buttons, which are always fully visible. Returns the number of lines by which the
/// body can be scrolled.
pub(super) fn draw(app: &App, review: &Review, canvas: &mut Canvas<'_, '_>) -> usize {
    let session = &app.session;
    let room = canvas.height().saturating_sub(MIN_BODY);
    let bottom = bottom::Bottom::new(session, review, canvas, room);
    let rows = canvas.height().saturating_sub(bottom.block.lines.len());
    let mut body = canvas.block();
    let current = review.current_line(session);
    state::add(&mut body, session, review);
    slots::add(&mut body, session, review, current);
    findings::add(&mut body, session, current);
    if let Some(change) = session.work().and_then(Work::requests) {
        add_request(&mut body, session, &change);
    }
    body.cursor = body.cursor.filter(|_| review.focus == ReviewFocus::List);
    let top = body.top(review.scroll, rows);
    canvas.write_all(0, body.lines.iter().skip(top).take(rows));
    let below = body.lines.len().saturating_sub(top + rows);
    let mut under = canvas.part(rows, usize::MAX);
    bottom.draw(Keys::new(session, KeyContext::Review), &mut under, below);
    if let Some(cursor) = &body.cursor {
        canvas.put_cursor(cursor.start.saturating_sub(top), 1);
    }
    body.lines.len().saturating_sub(rows)
}

/// Adds the requests of a change.
pub(super) fn add_request(body: &mut TextBlock<'_>, session: &Session, change: &GroupChange) {
    let is_alone = change.definitions.is_empty();
    body.title(if is_alone { "request" } else { "requests" }, "");
    for line in request_lines(change, &AwsCli::of(session)) {
        body.full(3, &line);
    }
}

/// The changes of a request, slot by slot.
pub(super) fn changed_slots(
    session: &Session,
    request: &CreateRequest,
    body: &TextBlock<'_>,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for kind in DefinitionKind::ALL {
        let change = SlotChange::of_request(request, kind);
        if change.state.is_change() {
            let rows = slot_row::slot(body, session, &change, false);
            lines.extend(rows.into_iter().map(Row::line));
        }
    }
    lines
}
