//! One line of the screen, built from left to right and measured in cells.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::cells::{cut, cut_middle, prefix, width};
use super::highlighted::Highlighted;
use crate::domain::printable::printable;
use crate::ui::Theme;

/// Cells before the first column of a list: the slot's sign, the marker and a blank.
pub(crate) const GUTTER: usize = 3;

/// The cells of a short id.
pub(crate) const SHORT_ID: usize = 8;

/// The cells of `2026-05-01`.
pub(crate) const DAY: usize = 10;

/// A line under construction; every text in it is made printable.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a> {
    theme: &'a Theme,
    spans: Vec<Span<'static>>,
    used: usize,
    room: usize,
}

impl<'a> Row<'a> {
    /// An empty line of `room` cells.
    pub(crate) const fn new(theme: &'a Theme, room: usize) -> Self {
        Self {
            theme,
            spans: Vec::new(),
            used: 0,
            room,
        }
    }

    pub(crate) const fn theme(&self) -> &'a Theme {
        self.theme
    }

    pub(crate) const fn left(&self) -> usize {
        self.room.saturating_sub(self.used)
    }

    pub(crate) const fn used(&self) -> usize {
        self.used
    }

    fn push(&mut self, style: Style, text: String) {
        let cells = width(&text);
        if cells > 0 {
            self.used += cells;
            self.spans.push(Span::styled(text, style));
        }
    }

    /// Adds text, cut at the end of the line.
    pub(crate) fn text(mut self, style: Style, text: &str) -> Self {
        let text = printable(text);
        let text = cut(&text, self.left(), self.theme.symbols.ellipsis).into_owned();
        self.push(style, text);
        self
    }

    /// Adds text in a column, cut or padded to exactly `cells` cells.
    pub(crate) fn cell(mut self, style: Style, text: &str, cells: usize) -> Self {
        let end = self.used + cells.min(self.left());
        let text = printable(text);
        let text = cut(&text, end - self.used, self.theme.symbols.ellipsis).into_owned();
        self.push(style, text);
        self.pad(style, end)
    }

    /// As [`Self::cell`], but a name that is too long is cut in its middle.
    pub(crate) fn name(mut self, style: Style, name: &str, cells: usize) -> Self {
        let end = self.used + cells.min(self.left());
        let name = printable(name);
        let name = cut_middle(&name, end - self.used, self.theme.symbols.ellipsis).into_owned();
        self.push(style, name);
        self.pad(style, end)
    }

    /// Adds text, cut in its middle at the end of the line.
    pub(crate) fn middle(self, style: Style, text: &str) -> Self {
        let cells = width(&printable(text)).min(self.left());
        self.name(style, text, cells)
    }

    /// As [`Self::name`], with the search matches highlighted; the first match is always visible.
    pub(crate) fn highlighted_name(self, style: Style, name: &Highlighted, cells: usize) -> Self {
        let room = cells.min(self.left());
        let shown = name.fitted(room, self.theme.symbols.ellipsis);
        self.highlighted_cell(style, &shown, cells)
    }

    /// As [`Self::cell`], with the search matches highlighted.
    pub(crate) fn highlighted_cell(
        self,
        style: Style,
        highlighted: &Highlighted,
        cells: usize,
    ) -> Self {
        let matched = style.patch(self.theme.matched);
        self.marked_cell((style, matched), highlighted, cells)
    }

    /// As [`Self::cell`], with the highlighted parts in the second style.
    pub(crate) fn marked_cell(
        mut self,
        (style, marked): (Style, Style),
        highlighted: &Highlighted,
        cells: usize,
    ) -> Self {
        let end = self.used + cells.min(self.left());
        let is_cut = width(&highlighted.text) > end - self.used;
        let ellipsis = self.theme.symbols.ellipsis;
        let last = if is_cut {
            end.saturating_sub(width(ellipsis))
        } else {
            end
        };
        for (run, style) in highlighted.runs((style, marked)) {
            let (kept, _) = prefix(run, last.saturating_sub(self.used));
            self.push(style, kept.to_owned());
            if kept.len() < run.len() {
                break;
            }
        }
        if is_cut && self.used + width(ellipsis) <= end {
            self.push(style, ellipsis.to_owned());
        }
        self.pad(style, end)
    }

    /// Adds the sign of the row that the cursor is on, or its blanks.
    pub(crate) fn marker(self, is_here: bool) -> Self {
        let theme = self.theme;
        let sign = if is_here { theme.symbols.marker } else { "" };
        self.gap(1).cell(theme.marker, sign, 2)
    }

    /// Adds blanks up to a column, reversed if the text before them is: a selected cell is one bar.
    fn pad(self, style: Style, column: usize) -> Self {
        let reversed = style.add_modifier & Modifier::REVERSED;
        self.fill(Style::new().add_modifier(reversed), " ", column)
    }

    /// Adds blanks up to a column.
    pub(crate) fn to(self, column: usize) -> Self {
        self.fill(Style::new(), " ", column)
    }

    pub(crate) fn gap(self, cells: usize) -> Self {
        let column = self.used + cells;
        self.to(column)
    }

    /// Repeats a sign of one cell up to a column.
    pub(crate) fn fill(mut self, style: Style, sign: &str, column: usize) -> Self {
        let cells = column.min(self.room).saturating_sub(self.used);
        self.push(style, sign.repeat(cells));
        self
    }

    pub(crate) fn line(self) -> Line<'static> {
        Line::from(self.spans)
    }
}
