//! The picture on the terminal, cell by cell, as this program last left it.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Size;

use super::super::capabilities::ColorMode;
use super::pen::Pen;

/// What one cell shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Shown {
    /// Empty for a blank and for a cell covered by the wide character before it.
    symbol: Box<str>,
    /// How many cells the symbol takes; none for a covered cell.
    pub(super) width: u16,
    pub(super) pen: Pen,
}

impl Shown {
    const fn new(symbol: Box<str>, width: u16, pen: Pen) -> Self {
        Self { symbol, width, pen }
    }

    pub(super) fn blank() -> Self {
        Self::new(Box::default(), 1, Pen::DEFAULT)
    }

    pub(super) fn symbol(&self) -> &str {
        if self.is_blank() { " " } else { &self.symbol }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.symbol.is_empty() && self.width > 0
    }

    /// What erasing leaves behind.
    pub(super) fn is_erased(&self) -> bool {
        self.is_blank() && self.pen == Pen::DEFAULT
    }

    /// Terminals do not agree how wide pictures and symbols of several characters are.
    pub(super) fn has_doubtful_width(&self) -> bool {
        let mut characters = self.symbol.chars();
        let is_picture = characters.next().is_some_and(|first| first >= '\u{1f000}');
        is_picture || characters.next().is_some()
    }

    /// What `cell` looks like; none when it does not fit into the columns that are left. A
    /// character that would steer the terminal is shown as a question mark.
    fn of(cell: &Cell, colors: ColorMode, columns_left: u16) -> Self {
        let pen = Pen::of(cell, colors);
        let symbol = cell.symbol();
        if symbol.chars().any(char::is_control) {
            return Self::new("?".into(), 1, pen);
        }
        let width = cell.cell_width();
        if symbol == " " || width == 0 || width > columns_left {
            return Self::new(Box::default(), 1, pen.on_blank());
        }
        Self::new(symbol.into(), width, pen)
    }
}

/// Rows of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    size: Size,
    cells: Vec<Shown>,
}

impl Grid {
    pub(super) fn erased(size: Size) -> Self {
        let cells = usize::from(size.width) * usize::from(size.height);
        Self {
            size,
            cells: vec![Shown::blank(); cells],
        }
    }

    pub(super) const fn size(&self) -> Size {
        self.size
    }

    /// A row's cells; none below the last row.
    pub(super) fn row(&self, y: u16) -> &[Shown] {
        let width = usize::from(self.size.width);
        let start = usize::from(y) * width;
        self.cells.get(start..start + width).unwrap_or_default()
    }

    fn row_mut(&mut self, y: u16) -> &mut [Shown] {
        let width = usize::from(self.size.width);
        let start = usize::from(y) * width;
        self.cells.get_mut(start..start + width).unwrap_or_default()
    }

    /// Puts a cell where ratatui wants it; what it tells of cells under a wide character is
    /// left out, for nothing of them is seen.
    pub(super) fn put(&mut self, x: u16, y: u16, cell: &Cell, colors: ColorMode) {
        let columns_left = self.size.width.saturating_sub(x);
        let Some(row) = self.row_mut(y).get_mut(usize::from(x)..) else {
            return;
        };
        let mut places = row.iter_mut();
        let Some(first) = places.next().filter(|place| place.width > 0) else {
            return;
        };
        *first = Shown::of(cell, colors, columns_left);
        let (width, pen) = (usize::from(first.width), first.pen);
        for place in places.by_ref().take(width - 1) {
            *place = Shown::new(Box::default(), 0, pen);
        }
        // What a wide character covered before is blank once the character is gone.
        for place in places.take_while(|place| place.width == 0) {
            *place = Shown::blank();
        }
    }

    /// Erases cells in reading order.
    pub(super) fn erase(&mut self, cells: std::ops::Range<usize>) {
        for cell in self.cells.get_mut(cells).unwrap_or_default() {
            *cell = Shown::blank();
        }
    }

    /// Copies a row of `from`.
    pub(super) fn copy_row(&mut self, y: u16, from: &Self) {
        if self.size == from.size {
            self.row_mut(y).clone_from_slice(from.row(y));
        }
    }

    /// Moves the rows from `top` to before `bottom` up, or down when `rows` is negative, as the
    /// terminal does; the rows that come in are erased.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, rows: i32) {
        let width = usize::from(self.size.width);
        let (start, end) = (usize::from(top) * width, usize::from(bottom) * width);
        let Some(band) = self.cells.get_mut(start..end) else {
            return;
        };
        let moved = (rows.unsigned_abs() as usize * width).min(band.len());
        let came_in = if rows > 0 {
            band.rotate_left(moved);
            band.len() - moved..band.len()
        } else {
            band.rotate_right(moved);
            0..moved
        };
        for cell in band.get_mut(came_in).unwrap_or_default() {
            *cell = Shown::blank();
        }
    }
}
