//! The content of the terminal, cell by cell, after the last frame.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Size;

use super::super::capabilities::ColorMode;
use super::pen::Pen;
use crate::ui::theme::CONTINUED;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Shown {
    /// Empty for a blank, and for a cell covered by the wide character before it.
    symbol: Box<str>,
    /// The number of cells of the symbol; 0 for a covered cell.
    pub(super) width: u16,
    pub(super) pen: Pen,
    /// It begins a row that goes on with the line of the row above.
    pub(super) continues: bool,
}

impl Shown {
    const fn new(symbol: Box<str>, width: u16, pen: Pen) -> Self {
        Self {
            symbol,
            width,
            pen,
            continues: false,
        }
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

    /// True for the content of an erased cell.
    pub(super) fn is_erased(&self) -> bool {
        self.is_blank() && self.pen == Pen::DEFAULT
    }

    /// Terminals disagree about the width of pictures and of symbols with several characters.
    pub(super) fn has_doubtful_width(&self) -> bool {
        let mut characters = self.symbol.chars();
        let is_picture = characters.next().is_some_and(|first| first >= '\u{1f000}');
        is_picture || characters.next().is_some()
    }

    /// The content of `cell`; blank if it exceeds the remaining columns. A character that would control the
    /// terminal becomes a question mark.
    fn of(cell: &Cell, colors: ColorMode, columns_left: u16) -> Self {
        let pen = Pen::of(cell, colors);
        let symbol = limited(cell.symbol());
        if symbol.chars().any(is_unfit) {
            return Self::new("?".into(), 1, pen);
        }
        let width = cell.cell_width();
        if symbol == " " || width == 0 || width > columns_left {
            return Self::new(Box::default(), 1, pen.on_blank());
        }
        Self::new(symbol.into(), width, pen)
    }
}

/// The maximum number of characters of a cell, because a name may have thousands of combining marks.
const MAX_CHARACTERS: usize = 16;

fn limited(symbol: &str) -> &str {
    match symbol.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => symbol.get(..end).unwrap_or_default(),
        None => symbol,
    }
}

/// Control characters, noncharacters, and marks that enclose the following digits, which have no fixed width
/// in terminals.
fn is_unfit(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || code & 0xfffe == 0xfffe
        || matches!(
            character,
            '\u{fdd0}'..='\u{fdef}'
                | '\u{600}'..='\u{605}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{890}'..='\u{891}'
                | '\u{8e2}'
                | '\u{110bd}'
                | '\u{110cd}'
        )
}

/// Rows of cells. A row without content takes no memory, which is most of a first frame.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    size: Size,
    /// The content of an erased row.
    erased: Box<[Shown]>,
    rows: Vec<Option<Box<[Shown]>>>,
}

impl Grid {
    pub(super) fn erased(size: Size) -> Self {
        Self {
            size,
            erased: vec![Shown::blank(); usize::from(size.width)].into(),
            rows: vec![None; usize::from(size.height)],
        }
    }

    pub(super) const fn size(&self) -> Size {
        self.size
    }

    /// A row's cells; empty below the last row.
    pub(super) fn row(&self, y: u16) -> &[Shown] {
        let row = self.rows.get(usize::from(y));
        row.map_or(&[], |row| row.as_deref().unwrap_or(&self.erased))
    }

    /// True for a row that goes on with the line of the row above.
    pub(super) fn continues(&self, y: u16) -> bool {
        self.row(y).first().is_some_and(|cell| cell.continues)
    }

    fn row_mut(&mut self, y: u16) -> &mut [Shown] {
        let row = self.rows.get_mut(usize::from(y));
        row.map_or(&mut [], |row| {
            row.get_or_insert_with(|| self.erased.clone())
        })
    }

    /// Writes a cell of ratatui. Cells under a wide character are left out, because they are not visible.
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
        first.continues = x == 0 && cell.modifier.contains(CONTINUED);
        let (width, pen) = (usize::from(first.width), first.pen);
        for place in places.by_ref().take(width - 1) {
            *place = Shown::new(Box::default(), 0, pen);
        }
        // The cells that a replaced wide character covered become blank.
        for place in places.take_while(|place| place.width == 0) {
            *place = Shown::blank();
        }
    }

    pub(super) fn copy_row(&mut self, y: u16, from: &Self) {
        if self.size != from.size {
            return;
        }
        let y = usize::from(y);
        if let (Some(row), Some(from)) = (self.rows.get_mut(y), from.rows.get(y)) {
            row.clone_from(from);
        }
    }

    /// Moves the rows from `top` to before `bottom` up, or down if `rows` is negative, as the terminal does.
    /// New rows are blank.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, rows: i32) {
        let band = usize::from(top)..usize::from(bottom);
        let Some(band) = self.rows.get_mut(band) else {
            return;
        };
        let moved = (rows.unsigned_abs() as usize).min(band.len());
        let came_in = if rows > 0 {
            band.rotate_left(moved);
            band.len() - moved..band.len()
        } else {
            band.rotate_right(moved);
            0..moved
        };
        band.get_mut(came_in).unwrap_or_default().fill(None);
    }
}
