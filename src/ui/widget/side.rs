//! The part of a screen next to its list, after a vertical line.

use ratatui::text::Line;

use super::canvas::Canvas;
use super::row::Row;

/// Draws a title and the lines below it; `line` gets its place and the cells that there are.
pub(crate) fn draw(
    canvas: &mut Canvas<'_, '_>,
    title: &str,
    line: impl Fn(usize, usize) -> Line<'static>,
) {
    let theme = canvas.theme;
    let title = edge(canvas)
        .gap(1)
        .middle(theme.heading, title)
        .gap(1)
        .fill(theme.rule, theme.symbols.horizontal, usize::MAX);
    canvas.write(0, &title.line());
    for place in 0..canvas.height().saturating_sub(1) {
        let row = edge(canvas).gap(1);
        let room = row.left();
        let mut drawn = row.line();
        drawn.spans.extend(line(place, room).spans);
        canvas.write(place + 1, &drawn);
    }
}

fn edge<'a>(canvas: &Canvas<'a, '_>) -> Row<'a> {
    let theme = canvas.theme;
    canvas.row().text(theme.rule, theme.symbols.vertical)
}
