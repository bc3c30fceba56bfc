//! A list that scrolls with its cursor.

use super::canvas::Canvas;
use super::row::Row;

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
