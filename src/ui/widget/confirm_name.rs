//! The field for the group's name that confirms a change in a protected context.

use ratatui::style::Style;

use super::cells::width;
use super::search_line;
use super::text_block::TextBlock;
use crate::app::text_input::TextInput;
use crate::domain::printable::printable;

/// Adds the question and the typed text, in one line if the entire name fits behind the question. Returns the line
/// and the column of the cursor.
pub(crate) fn confirm_name(
    block: &mut TextBlock<'_>,
    (name, typed): (&str, &TextInput),
    style: Style,
) -> (usize, usize) {
    let theme = block.theme;
    let question = format!("Type the group's name, {name}, to confirm:");
    let needed = width(&printable(&question)) + width(&printable(name)) + 3;
    let mut row = block.row().gap(1);
    if needed <= block.width {
        row = row.text(theme.warning, &question).gap(1);
    } else {
        block.text(1, theme.warning, &question);
    }
    let (shown, cursor) = search_line::typed(typed, row.left().saturating_sub(1));
    let position = (block.lines.len(), row.used() + cursor);
    block.add(row.text(style, &shown));
    position
}
