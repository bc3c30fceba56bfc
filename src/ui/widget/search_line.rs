//! The line in which the user types a search, and which then shows the filter.

use super::canvas::Canvas;
use super::cells::{prefix, width, without_start};
use crate::app::text_input::TextInput;
use crate::app::{Command, KeyContext, Session};
use crate::domain::printable::printable;
use crate::ui::keys::Keys;

/// The names of the fields that a search can be limited to.
pub(super) const FIELDS: &str = "fn: thing: topic: res: con: id: search in one field";

/// Draws ` / cam` with the cursor; an empty line shows `hint`.
pub(crate) fn search_line(
    canvas: &mut Canvas<'_, '_>,
    line: usize,
    label: &str,
    (input, hint): (&TextInput, &str),
    is_typing: bool,
) {
    let theme = canvas.theme;
    let row = canvas.row().gap(3).text(theme.key, label).gap(1);
    let start = row.used();
    let (shown, cursor) = typed(input, canvas.width().saturating_sub(start + 1));
    let style = if is_typing {
        theme.heading
    } else {
        theme.plain
    };
    let mut row = row.text(style, &shown);
    if is_typing && input.is_empty() {
        row = row.gap(1).text(theme.faint, hint);
    }
    canvas.write(line, &row.line());
    if is_typing {
        canvas.put_cursor(line, start + cursor);
    }
}

/// The sentence in place of the rows if none of `all` matches.
pub(crate) fn no_match(session: &Session, all: usize) -> String {
    let clear = Keys::new(session, KeyContext::Search).name(Command::ClearSearch);
    format!("No match among {all}; {clear} clears the filter.")
}

/// The part of a typed text that is shown in `room` cells, and the cursor's column in it. A longer text scrolls
/// to the left.
pub(crate) fn typed(input: &TextInput, room: usize) -> (String, usize) {
    let before = width(&printable(input.before_cursor()));
    let hidden = before.saturating_sub(room);
    let text = printable(input.as_str());
    let shown = without_start(&text, hidden);
    (prefix(&shown, room).0.to_owned(), before - hidden)
}
