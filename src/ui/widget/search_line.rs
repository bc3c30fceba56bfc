//! The line in which a search is typed, and in which a filter stands afterwards.

use super::cells::{prefix, width, without_start};
use super::paper::Paper;
use crate::app::text_input::TextInput;
use crate::domain::printable::printable;

/// Draws `  / cam` with the cursor where one types.
pub(crate) fn search_line(
    paper: &mut Paper<'_, '_>,
    line: usize,
    label: &str,
    input: &TextInput,
    is_typing: bool,
) {
    let theme = paper.theme;
    let before = printable(input.before_cursor());
    let text = printable(input.as_str());
    let row = paper.row().gap(3).text(theme.key, label).gap(1);
    let start = row.used();
    let room = paper.width().saturating_sub(start + 1);
    // What is left of the cursor is scrolled out where it is longer than the line.
    let hidden = width(&before).saturating_sub(room);
    let shown = without_start(&text, hidden);
    let (shown, _) = prefix(&shown, room);
    let style = if is_typing {
        theme.selected
    } else {
        theme.plain
    };
    let row = row.text(style, shown);
    paper.write(line, &row.line());
    if is_typing {
        paper.put_cursor(line, start + width(&before) - hidden);
    }
}
