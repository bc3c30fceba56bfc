//! The field for the group's name that confirms a change in a protected context.

use ratatui::style::Style;
use ratatui::text::Line;

use super::cells::{width, wrap};
use super::row::Row;
use super::search_line;
use crate::app::text_input::TextInput;
use crate::domain::printable::printable;
use crate::ui::Theme;

/// The question and the typed text, in one line if the entire name fits behind the question. The column is that of
/// the cursor in the last line.
pub(crate) fn confirm_name(
    theme: &Theme,
    room: usize,
    (name, typed): (&str, &TextInput),
    style: Style,
) -> (Vec<Line<'static>>, usize) {
    let row = || Row::new(theme, room).gap(1);
    let question = format!("Type the group's name, {name}, to confirm:");
    let needed = width(&printable(&question)) + width(&printable(name)) + 3;
    let mut lines = Vec::new();
    let line = if needed <= room {
        row().text(theme.warning, &question).gap(1)
    } else {
        let parts = wrap(&question, room.saturating_sub(2));
        let parts = parts.iter();
        lines.extend(parts.map(|part| row().text(theme.warning, part).line()));
        row()
    };
    let (shown, cursor) = search_line::typed(typed, line.left().saturating_sub(1));
    let column = line.used() + cursor;
    lines.push(line.text(style, &shown).line());
    (lines, column)
}
