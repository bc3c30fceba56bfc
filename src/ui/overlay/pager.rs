//! A text over the entire screen, its matches highlighted.

use crate::app::overlay::pager::Pager;
use crate::app::{App, Command, KeyContext};
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::width;
use crate::ui::widget::search_line::search_line;
use crate::ui::widget::text_lines::{CutLines, found_line, worded, wrapped_lines};
use crate::ui::widget::titled_rule::TitledRule;

pub(super) fn draw(app: &App, reader: &Pager, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let theme = canvas.theme;
    let keys = Keys::new(session, KeyContext::Pager);
    let top = reader.top(session);
    let rows = canvas.height().saturating_sub(1);
    let last = (top + rows).min(reader.lines.len());
    let right = format!("lines {}-{last} of {}", top + 1, reader.lines.len());
    let title = reader.subject.title();
    let mut rule = TitledRule::focused(theme, &title).right(&right);
    let needle = reader.search.as_str();
    if !needle.is_empty() && !reader.is_typing() {
        let found = match reader.found {
            Some(line) => format!("{needle}: line {}", line + 1),
            None => format!("{needle}: not found"),
        };
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
            return vec![cut.at(top + place, room)];
        }
        let line = worded(line, keys);
        if reader.is_wrapped {
            wrapped_lines(theme, &line, needle, room)
        } else {
            vec![found_line(theme, &line, needle, reader.left, room)]
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
