//! Lines of one width, added from top to bottom; a long text is wrapped.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Line;

use super::cells::wrap;
use super::row::Row;
use super::text_lines::full_lines;
use super::titled_rule::TitledRule;
use crate::app::scroll::Scroll;
use crate::app::text::TextLine;
use crate::ui::Theme;

/// The lines, and those of them that the cursor is on.
#[derive(Debug)]
pub(crate) struct TextBlock<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) width: usize,
    pub(crate) lines: Vec<Line<'static>>,
    pub(crate) cursor: Option<Range<usize>>,
}

impl<'a> TextBlock<'a> {
    pub(crate) const fn new(theme: &'a Theme, width: usize) -> Self {
        Self {
            theme,
            width,
            lines: Vec::new(),
            cursor: None,
        }
    }

    pub(crate) const fn row(&self) -> Row<'a> {
        Row::new(self.theme, self.width)
    }

    pub(crate) fn add(&mut self, row: Row<'_>) {
        self.lines.push(row.line());
    }

    pub(crate) fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// A rule with its title and a text on its right side.
    pub(crate) fn title(&mut self, title: &str, right: &str) {
        let rule = TitledRule::titled(self.theme, title).right(right);
        self.lines.push(rule.line(self.theme, self.width));
    }

    /// One line from column `indent` on, cut at its end.
    pub(crate) fn line(&mut self, indent: usize, style: Style, text: &str) {
        self.add(self.row().gap(indent).text(style, text));
    }

    /// A text from column `indent` on, wrapped.
    pub(crate) fn text(&mut self, indent: usize, style: Style, text: &str) {
        self.text_after(self.row().gap(indent), style, text);
    }

    /// A text after `first`, wrapped at the column where it begins.
    pub(crate) fn text_after(&mut self, first: Row<'a>, style: Style, text: &str) {
        let start = first.used();
        let mut row = first;
        for part in wrap(text, self.width.saturating_sub(start + 1)) {
            self.add(row.text(style, &part));
            row = self.row().gap(start);
        }
    }

    /// A name in a column of `cells` cells, and its value, wrapped.
    pub(crate) fn fact(&mut self, (name, cells): (&str, usize), style: Style, value: &str) {
        let name = self.row().gap(1).cell(self.theme.faint, name, cells);
        self.text_after(name, style, value);
    }

    /// A line in full, broken anywhere if it is too long.
    pub(crate) fn full(&mut self, indent: usize, line: &TextLine) {
        let lines = full_lines(self.theme, line, indent, self.width);
        self.lines.extend(lines);
    }

    /// The first visible one of `rows` lines. The cursor is always visible.
    pub(crate) fn top(&self, scroll: Scroll, rows: usize) -> usize {
        let last = self.lines.len().saturating_sub(rows);
        let top = scroll.hidden(last);
        match &self.cursor {
            Some(cursor) if cursor.start < top => cursor.start,
            Some(cursor) if cursor.end > top + rows => {
                cursor.end.saturating_sub(rows).min(cursor.start).min(last)
            }
            Some(_) | None => top,
        }
    }
}
