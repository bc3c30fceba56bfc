//! A short list to choose from: its title, its filter, and the rows around the cursor.

use crate::app::overlay::menu::{Menu, MenuRow};
use crate::ui::widget::paper::Paper;
use crate::ui::widget::row::Row;
use crate::ui::widget::rule::Rule;
use crate::ui::widget::search_line::search_line;

/// Draws the rows, each as `row` draws it behind the marker; returns how many lines are used.
pub(super) fn draw<T: PartialEq>(
    menu: &Menu<T>,
    title: &str,
    paper: &mut Paper<'_, '_>,
    row: impl for<'a> Fn(Row<'a>, &MenuRow<T>, bool) -> Row<'a>,
) -> usize {
    let theme = paper.theme;
    let visible: Vec<&MenuRow<T>> = menu.visible().collect();
    let count = if menu.filter.is_empty() {
        visible.len().to_string()
    } else {
        format!("{}/{}", visible.len(), menu.len())
    };
    let mut rule = Rule::titled(theme, title);
    rule.is_focused = true;
    rule.right = &count;
    paper.write(0, &rule.line(theme, paper.width()));
    paper.put_cursor(0, 1);
    let mut first = 1;
    if menu.is_typing() || !menu.filter.is_empty() {
        search_line(paper, first, "/", &menu.filter, menu.is_typing());
        first += 1;
    }
    let rows = paper.height().saturating_sub(first);
    let top = (menu.cursor() + 1).saturating_sub(rows);
    let mut drawn = 0;
    for (place, entry) in visible.iter().enumerate().skip(top).take(rows) {
        let is_selected = place == menu.cursor();
        let marker = if is_selected {
            theme.symbols.marker
        } else {
            ""
        };
        let line = paper.row().gap(1).cell(theme.marker, marker, 2);
        let line = row(line, entry, is_selected).line();
        paper.write(first + drawn, &line);
        if is_selected && !menu.is_typing() {
            paper.put_cursor(first + drawn, 1);
        }
        drawn += 1;
    }
    if visible.is_empty() && !menu.filter.is_empty() {
        let line = paper.row().gap(3).text(theme.faint, "No row matches.");
        paper.write(first, &line.line());
        drawn = 1;
    }
    first + drawn
}
