//! An error in full where the missing thing would be: what the service said and what to do next.

use ratatui::text::Line;

use super::cells::wrap;
use super::row::Row;
use super::text_lines::tone_style;
use crate::app::text::{Tone, error_lines};
use crate::domain::ServiceError;
use crate::ui::Theme;

/// Facts are written behind names of this width.
const NAME: usize = 11;

/// The lines of an error, each as long as it needs to be, `indent` cells from the left.
pub(crate) fn failure_lines(
    theme: &Theme,
    error: &ServiceError,
    indent: usize,
    width: usize,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for line in error_lines(error) {
        let style = tone_style(theme, line.tone);
        let fact = line.text.split_at_checked(NAME);
        let is_fact = line.tone == Tone::Plain;
        let (name, text) = fact.filter(|_| is_fact).unwrap_or(("", &line.text));
        let hanging = if name.is_empty() { 0 } else { NAME };
        let room = width.saturating_sub(indent + hanging + 1);
        for (place, part) in wrap(text, room).iter().enumerate() {
            let name = if place == 0 { name } else { "" };
            let row = Row::new(theme, width)
                .gap(indent)
                .cell(theme.faint, name, hanging)
                .text(style, part);
            lines.push(row.line());
        }
    }
    lines
}
