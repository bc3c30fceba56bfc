//! A list that scrolls with its cursor.

use std::hash::Hash;

use super::canvas::Canvas;
use super::row::Row;
use super::search_line::{FIELDS, search_line};
use crate::app::picker::{Picker, VisibleRow};

/// Draws the items around the cursor, each after its marker. Returns the number of drawn rows.
pub(crate) fn list<T>(
    canvas: &mut Canvas<'_, '_>,
    items: &[T],
    cursor: Option<usize>,
    row: impl for<'a> Fn(Row<'a>, &T, bool) -> Row<'a>,
) -> usize {
    let rows = canvas.height();
    let top = (cursor.unwrap_or(0) + 1).saturating_sub(rows);
    let shown = items.get(top..).unwrap_or_default();
    for (line, item) in shown.iter().take(rows).enumerate() {
        let is_selected = cursor == Some(top + line);
        let drawn = row(canvas.row().marker(is_selected), item, is_selected);
        canvas.write(line, &drawn.line());
        if is_selected {
            canvas.put_cursor(line, 1);
        }
    }
    shown.len().min(rows)
}

/// Draws a picker's search line and at most `rows` of its rows, below its title. Returns the number of lines above
/// the rows, and of drawn rows.
pub(crate) fn picker_list<Id: Clone + Eq + Hash>(
    canvas: &mut Canvas<'_, '_>,
    picker: &Picker<Id>,
    rows: usize,
    row: impl for<'a> Fn(Row<'a>, &VisibleRow<'_, Id>) -> Option<Row<'a>>,
) -> (usize, usize) {
    let mut first = 1;
    if picker.has_search_line() {
        let input = (picker.input(), FIELDS);
        search_line(canvas, first, "/", input, picker.is_in_line());
        first += 1;
    }
    let mut drawn = 0;
    for visible in picker.window(rows) {
        let Some(row) = row(canvas.row(), &visible) else {
            continue;
        };
        canvas.write(first + drawn, &row.line());
        if visible.is_selected && !picker.is_in_line() {
            canvas.put_cursor(first + drawn, 1);
        }
        drawn += 1;
    }
    (first, drawn)
}
