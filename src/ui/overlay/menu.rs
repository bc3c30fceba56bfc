//! A menu: its title, its filter, and the rows around the cursor.

use ratatui::style::Style;

use crate::app::overlay::menu::{Menu, MenuRow};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::list::list;
use crate::ui::widget::row::Row;
use crate::ui::widget::search_line::search_line;

/// Draws the title with the number of rows.
pub(super) fn rule<T: PartialEq>(menu: &Menu<T>, title: &str, canvas: &mut Canvas<'_, '_>) {
    let visible = menu.visible().count();
    let count = if menu.filter.is_empty() {
        visible.to_string()
    } else {
        format!("{visible}/{}", menu.len())
    };
    canvas.title(title, &count);
    canvas.put_cursor(0, 1);
}

/// Draws the rows, each as `row` after its marker, in the style of the row. Returns the number of used lines.
pub(super) fn draw<T: PartialEq>(
    menu: &Menu<T>,
    title: &str,
    canvas: &mut Canvas<'_, '_>,
    row: impl for<'a> Fn(Row<'a>, &MenuRow<T>, Style) -> Row<'a>,
) -> usize {
    let theme = canvas.theme;
    let visible: Vec<&MenuRow<T>> = menu.visible().collect();
    rule(menu, title, canvas);
    let has_search_line = menu.is_typing() || !menu.filter.is_empty();
    let first = if has_search_line { 2 } else { 1 };
    let mut below = canvas.part(first, usize::MAX);
    let mut drawn = list(
        &mut below,
        &visible,
        Some(menu.cursor()),
        |line, entry, is_selected| row(line, entry, theme.row(is_selected)),
    );
    if visible.is_empty() && !menu.filter.is_empty() {
        let line = below.row().gap(3).text(theme.faint, "No row matches.");
        below.write(0, &line.line());
        drawn = 1;
    }
    if has_search_line {
        search_line(canvas, 1, "/", (&menu.filter, ""), menu.is_typing());
    }
    first + drawn
}
