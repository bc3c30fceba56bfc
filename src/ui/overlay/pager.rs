//! A text over the entire screen, its matches highlighted.

use ratatui::text::Line;

use crate::app::overlay::pager::Pager;
use crate::app::text::TextLine;
use crate::app::{App, Command, KeyContext};
use crate::ui::Theme;
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::width;
use crate::ui::widget::search_line::search_line;
use crate::ui::widget::text_lines::{CutLines, found_line, worded, wrapped_lines};
use crate::ui::widget::titled_rule::TitledRule;

/// Draws the lines from the scroll position.
pub(super) fn draw(app: &App, reader: &Pager, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let theme = canvas.theme;
    let keys = Keys::new(session, KeyContext::Pager);
    let top = reader.top(session);
    let rows = canvas.height().saturating_sub(1);
    let last = (top + rows).min(reader.lines.len());
    let right = format!("lines {}-{last} of {}", top + 1, reader.lines.len());
    let title = reader.subject.title();
    let mut rule = TitledRule::titled(theme, &title);
    rule.is_focused = true;
    rule.right = &right;
    let needle = reader.search.as_str();
    if !needle.is_empty() && !reader.is_typing() {
        let found = reader.found.map_or_else(
            || format!("{needle}: not found"),
            |line| format!("{needle}: line {}", line + 1),
        );
        rule.left.push((theme.matched, found));
    }
    let room = canvas.width();
    let shown = reader.lines.iter().skip(top).take(rows);
    if reader.left > 0 {
        let text = format!("from column {}", reader.left + 1);
        rule.left.push((theme.faint, text));
    } else if !reader.is_wrapped && shown.clone().any(|line| width(&line.text) > room) {
        let (right, wrap) = (keys.name(Command::Right), keys.name(Command::Wrap));
        let text = format!("long lines: {right}, or {wrap} wraps");
        rule.left.push((theme.faint, text));
    }
    canvas.write(0, &rule.line(theme, room));
    let cut = CutLines {
        theme,
        keys,
        lines: &reader.lines,
        left: reader.left,
    };
    let is_cut = !reader.is_wrapped && needle.is_empty();
    let drawn = shown.enumerate().flat_map(|(place, line)| {
        if is_cut {
            vec![cut.at(top + place, room)]
        } else {
            drawn_lines(theme, reader, &worded(line, keys), room)
        }
    });
    for (place, line) in drawn.take(rows).enumerate() {
        canvas.write(place + 1, &line);
    }
    let read = reader.found.map_or(0, |found| found.saturating_sub(top));
    canvas.put_cursor(1 + read.min(rows.saturating_sub(1)), 0);
    if reader.is_typing() && rows > 0 {
        let mut bottom = canvas.part(rows, 1);
        bottom.clear();
        search_line(&mut bottom, 0, "/", (&reader.search, ""), true);
    }
}

/// A line of the text as drawn: one row, or several if it is wrapped.
fn drawn_lines(theme: &Theme, reader: &Pager, line: &TextLine, room: usize) -> Vec<Line<'static>> {
    let needle = reader.search.as_str();
    if reader.is_wrapped {
        wrapped_lines(theme, line, needle, room)
    } else {
        vec![found_line(theme, line, needle, reader.left, room)]
    }
}
