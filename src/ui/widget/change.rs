//! An old and a new text next to each other, each cut so that what differs stays visible.

use ratatui::style::{Modifier, Style};

use super::cells::width;
use super::highlighted::Highlighted;
use super::row::Row;
use crate::domain::printable::printable;

/// Adds `cam:12 → cam:13`, with the differing characters marked. A short side leaves its cells to the other.
pub(crate) fn change<'a>(
    row: Row<'a>,
    (old, new): (Style, Style),
    (before, after): (&str, &str),
) -> Row<'a> {
    let theme = row.theme();
    let arrow = theme.symbols.arrow;
    let room = row.left().saturating_sub(width(arrow) + 2);
    let cells = |text: &str| width(&printable(text));
    let left = cells(before).min((room / 2).max(room.saturating_sub(cells(after))));
    let right = cells(after).min(room - left);
    let row = side(row, old, (before, after), left).gap(1);
    let row = row.text(theme.plain, arrow).gap(1);
    side(row, new, (after, before), right)
}

fn side<'a>(row: Row<'a>, style: Style, (text, other): (&str, &str), cells: usize) -> Row<'a> {
    let marked = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    let text = Highlighted::differing(text, other, 0);
    let text = text.fitted(cells, row.theme().symbols.ellipsis);
    row.marked_cell((style, marked), &text, cells)
}
