//! A rectangle of the screen that takes lines of text; text that does not fit is cut.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::row::Row;
use super::text_block::TextBlock;
use super::titled_rule::TitledRule;
use crate::app::layout::Size;
use crate::ui::Theme;

pub(crate) const fn size_of(area: Rect) -> Size {
    Size {
        width: area.width,
        height: area.height,
    }
}

#[derive(Debug)]
pub(crate) struct Canvas<'a, 'buffer> {
    pub(crate) frame: &'a mut Frame<'buffer>,
    pub(crate) theme: &'a Theme,
    pub(crate) area: Rect,
}

impl<'a, 'buffer> Canvas<'a, 'buffer> {
    pub(crate) fn new(frame: &'a mut Frame<'buffer>, theme: &'a Theme, area: Rect) -> Self {
        let area = area.intersection(frame.area());
        Self { frame, theme, area }
    }

    pub(crate) fn width(&self) -> usize {
        self.area.width.into()
    }

    pub(crate) fn height(&self) -> usize {
        self.area.height.into()
    }

    pub(crate) fn row(&self) -> Row<'a> {
        Row::new(self.theme, self.width())
    }

    /// Lines of the canvas's width, to draw with [`Self::write_all`].
    pub(crate) fn block(&self) -> TextBlock<'a> {
        TextBlock::new(self.theme, self.width())
    }

    /// Writes the title of a view that has the focus.
    pub(crate) fn title(&mut self, title: &str, right: &str) {
        let rule = TitledRule::focused(self.theme, title).right(right);
        self.write(0, &rule.line(self.theme, self.width()));
    }

    /// The last `rows` lines, cleared, with their title. The lines above stay visible.
    pub(crate) fn panel(&mut self, rows: usize, title: &str) -> Canvas<'_, 'buffer> {
        let mut panel = self.part(self.height().saturating_sub(rows), rows);
        panel.clear();
        panel.title(title, "");
        panel
    }

    fn y(&self, line: usize) -> Option<u16> {
        let offset = u16::try_from(line).ok()?;
        (offset < self.area.height).then(|| self.area.y + offset)
    }

    pub(crate) fn write(&mut self, line: usize, text: &Line<'_>) {
        if let Some(y) = self.y(line)
            && self.area.width > 0
        {
            let buffer = self.frame.buffer_mut();
            buffer.set_line(self.area.x, y, text, self.area.width);
        }
    }

    /// Writes lines from index `first` on, as many as fit.
    pub(crate) fn write_all<'b>(
        &mut self,
        first: usize,
        lines: impl IntoIterator<Item = &'b Line<'b>>,
    ) {
        for (offset, line) in lines.into_iter().enumerate() {
            if first + offset >= self.height() {
                break;
            }
            self.write(first + offset, line);
        }
    }

    pub(crate) fn style_line(&mut self, line: usize, style: Style) {
        if let Some(y) = self.y(line) {
            let area = Rect {
                y,
                height: 1,
                ..self.area
            };
            self.frame.buffer_mut().set_style(area, style);
        }
    }

    /// Puts the terminal's cursor on a cell: where the user types, else on the selected row or button. Screen
    /// readers, magnifiers and braille displays follow it.
    pub(crate) fn put_cursor(&mut self, line: usize, column: usize) {
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        if let Some(y) = self.y(line)
            && column < self.area.width
        {
            let position = Position::new(self.area.x + column, y);
            self.frame.set_cursor_position(position);
        }
    }

    pub(crate) fn clear(&mut self) {
        let buffer = self.frame.buffer_mut();
        for position in self.area.positions() {
            if let Some(cell) = buffer.cell_mut(position) {
                cell.reset();
                cell.set_style(self.theme.plain);
            }
        }
    }

    /// The `rows` lines from `top` on, as a canvas.
    pub(crate) fn part(&mut self, top: usize, rows: usize) -> Canvas<'_, 'buffer> {
        let offset = u16::try_from(top).unwrap_or(u16::MAX).min(self.area.height);
        let rows = u16::try_from(rows).unwrap_or(u16::MAX);
        let area = Rect {
            y: self.area.y + offset,
            height: rows.min(self.area.height - offset),
            ..self.area
        };
        Canvas::new(self.frame, self.theme, area)
    }

    /// At most `width` columns from column `left` on, as a canvas.
    pub(crate) fn columns(&mut self, left: u16, width: u16) -> Canvas<'_, 'buffer> {
        let left = left.min(self.area.width);
        let area = Rect {
            x: self.area.x + left,
            width: width.min(self.area.width - left),
            ..self.area
        };
        Canvas::new(self.frame, self.theme, area)
    }
}
