//! A menu: its title, its filter, and the rows around the cursor.

use ratatui::style::Style;

use crate::app::overlay::menu::{Menu, MenuRow};
use crate::ui::widget::canvas::Canvas;
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
    let mut first = 1;
    if menu.is_typing() || !menu.filter.is_empty() {
        search_line(canvas, first, "/", (&menu.filter, ""), menu.is_typing());
        first += 1;
    }
    let rows = canvas.height().saturating_sub(first);
    let top = (menu.cursor() + 1).saturating_sub(rows);
    let mut drawn = 0;
    for (place, entry) in visible.iter().enumerate().skip(top).take(rows) {
        let is_selected = place == menu.cursor();
        let marker = if is_selected {
            theme.symbols.marker
        } else {
            ""
        };
        let line = canvas.row().gap(1).cell(theme.marker, marker, 2);
        let line = row(line, entry, theme.row(is_selected)).line();
        canvas.write(first + drawn, &line);
        if is_selected && !menu.is_typing() {
            canvas.put_cursor(first + drawn, 1);
        }
        drawn += 1;
    }
    if visible.is_empty() && !menu.filter.is_empty() {
        let line = canvas.row().gap(3).text(theme.faint, "No row matches.");
        canvas.write(first, &line.line());
        drawn = 1;
    }
    first + drawn
}
