//! The line above a part of the screen: its title on the left, its size on the right.

use ratatui::style::Style;
use ratatui::text::Line;

use super::cells::width;
use super::row::Row;
use crate::ui::Theme;

#[derive(Debug, Clone, Default)]
pub(crate) struct TitledRule<'a> {
    /// The texts on the left, each with its style.
    pub(crate) left: Vec<(Style, String)>,
    /// The headings of the columns below, each with its first cell. The first one is left out if the texts on
    /// the left need its place.
    pub(crate) headings: Vec<(usize, &'static str)>,
    /// Text before the end of the line.
    pub(crate) right: &'a str,
    pub(crate) is_focused: bool,
}

impl<'a> TitledRule<'a> {
    pub(crate) fn titled(theme: &Theme, title: &str) -> Self {
        Self {
            left: vec![(theme.heading, title.to_owned())],
            ..Self::default()
        }
    }

    /// The rule of the part that has the focus.
    pub(crate) fn focused(theme: &Theme, title: &str) -> Self {
        Self {
            is_focused: true,
            ..Self::titled(theme, title)
        }
    }

    pub(crate) fn right(self, right: &'a str) -> Self {
        Self { right, ..self }
    }

    /// ` 3 function ──────────── 3/41  newest first ──`.
    pub(crate) fn line(&self, theme: &Theme, room: usize) -> Line<'static> {
        let style = if self.is_focused {
            theme.rule_focused
        } else {
            theme.rule
        };
        let sign = theme.symbols.horizontal;
        let is_right_shown = !self.right.is_empty() && width(self.right) + 12 <= room;
        let right_room = if is_right_shown {
            width(self.right) + 5
        } else {
            0
        };
        let mut row = Row::new(theme, room.saturating_sub(right_room));
        for (place, (style, text)) in self.left.iter().enumerate() {
            row = row.gap(if place == 0 { 1 } else { 2 });
            row = row.middle(*style, text);
        }
        if !self.left.is_empty() {
            row = row.gap(1);
        }
        for (place, &(column, heading)) in self.headings.iter().enumerate() {
            let next = self.headings.get(place + 1);
            let next = next.map_or(usize::MAX, |&(column, _)| column);
            let column = if place == 0 {
                column.max(row.used() + 3)
            } else {
                column
            };
            let end = column + width(heading) + 1;
            if row.used() + 1 < column && end < next && end <= room.saturating_sub(right_room) {
                let at = row.fill(style, sign, column - 1).to(column);
                row = at.text(theme.faint, heading).gap(1);
            }
        }
        let mut line = row.fill(style, sign, usize::MAX).line();
        let end = Row::new(theme, right_room)
            .gap(1)
            .text(theme.plain, self.right)
            .gap(1)
            .fill(style, sign, usize::MAX);
        line.spans.extend(end.line().spans);
        line
    }
}
