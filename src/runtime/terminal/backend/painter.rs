//! The bytes of one frame: cursor moves, colours, erasing and text, each in its shortest form.

use super::super::capabilities::Capabilities;
use super::grid::Shown;
use super::pen::Pen;

/// Fewer blanks are cheaper to write than to erase and skip.
const WORTH_ERASING: usize = 9;
const ERASE_TO_END: &[u8] = b"\x1b[K";

/// Writes to memory, and tracks the terminal's cursor and pen.
#[derive(Debug, Clone)]
pub(super) struct Painter {
    pub(super) bytes: Vec<u8>,
    capabilities: Capabilities,
    pen: Pen,
    /// Unknown after the last column and after a symbol of doubtful width.
    x: Option<u16>,
    y: Option<u16>,
    width: u16,
    /// The last column of the row `y` was written just now.
    is_behind_last: bool,
}

impl Painter {
    pub(super) const fn new(capabilities: Capabilities) -> Self {
        Self {
            bytes: Vec::new(),
            capabilities,
            pen: Pen::DEFAULT,
            x: None,
            y: None,
            width: 0,
            is_behind_last: false,
        }
    }

    /// Starts with an empty screen of this width.
    pub(super) fn erase_screen(&mut self, width: u16) {
        self.bytes.extend_from_slice(b"\x1b[m\x1b[H\x1b[J");
        self.pen = Pen::DEFAULT;
        (self.x, self.y, self.width) = (Some(0), Some(0), width);
        self.is_behind_last = false;
    }

    /// Scrolls the rows from `top` to before `bottom` up, or down if `rows` is negative.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, rows: i32) {
        self.pen_for_erasing();
        self.bytes
            .extend_from_slice(format!("\x1b[{};{bottom}r", top + 1).as_bytes());
        // Setting the region moves the cursor home.
        (self.x, self.y) = (Some(0), Some(0));
        self.is_behind_last = false;
        let count = rows.unsigned_abs();
        if self.capabilities.is_modern {
            let direction = if rows > 0 { 'S' } else { 'T' };
            self.sequence(count, direction);
        } else if rows > 0 {
            self.absolute_move(0, bottom.saturating_sub(1));
            self.bytes.extend((0..count).map(|_| b'\n'));
        } else {
            self.absolute_move(0, top);
            self.bytes.extend((0..count).flat_map(|_| *b"\x1bM"));
        }
        self.bytes.extend_from_slice(b"\x1b[r");
        (self.x, self.y) = (Some(0), Some(0));
    }

    /// Changes a row from `from` to `to` in the shorter of two ways. One writes the changed cells, the other
    /// erases from the first difference on.
    pub(super) fn row(&mut self, y: u16, from: &[Shown], to: &[Shown]) {
        let Some(first) = from.iter().zip(to).position(|(from, to)| from != to) else {
            return;
        };
        let mut patched = self.fork();
        patched.patch(y, from, to);
        let erased: Vec<Shown> = from
            .iter()
            .take(first)
            .cloned()
            .chain(std::iter::repeat_n(Shown::blank(), from.len() - first))
            .collect();
        let mut afresh = self.fork();
        afresh.erase_to_end(y, first);
        afresh.patch(y, &erased, to);
        let shorter = if afresh.bytes.len() < patched.bytes.len() {
            afresh
        } else {
            patched
        };
        self.bytes.extend_from_slice(&shorter.bytes);
        *self = Self {
            bytes: std::mem::take(&mut self.bytes),
            ..shorter
        };
    }

    fn fork(&self) -> Self {
        Self {
            bytes: Vec::new(),
            ..*self
        }
    }

    fn patch(&mut self, y: u16, from: &[Shown], to: &[Shown]) {
        let blank_from = to.len() - to.iter().rev().take_while(|cell| cell.is_erased()).count();
        let changed = |x: usize| from.get(x) != to.get(x);
        let mut x = 0;
        while let Some(cell) = to.get(x) {
            if cell.width == 0 || !changed(x) {
                x += 1;
                continue;
            }
            let blanks = to
                .iter()
                .skip(x)
                .take_while(|cell| cell.is_erased())
                .count();
            let span = (x..x + blanks)
                .rev()
                .find(|&x| changed(x))
                .map_or(0, |last| last + 1 - x);
            if x >= blank_from && span > ERASE_TO_END.len() {
                self.erase_to_end(y, x);
                return;
            }
            self.approach(x, y, to);
            if span >= WORTH_ERASING && self.capabilities.is_modern {
                self.pen_for_erasing();
                self.sequence(count(span), 'X');
                x += span;
            } else {
                self.write(cell);
                x += usize::from(cell.width);
            }
        }
    }

    fn erase_to_end(&mut self, y: u16, x: usize) {
        self.move_to(column(x), y);
        self.pen_for_erasing();
        self.bytes.extend_from_slice(ERASE_TO_END);
    }

    /// Moves to a cell, by repeating the cells before it if that is shorter.
    fn approach(&mut self, x: usize, y: u16, row: &[Shown]) {
        let target = column(x);
        let continues = row.get(x).is_some_and(|cell| cell.continues);
        if continues && self.is_behind_last && self.y.map(|above| above + 1) == Some(y) {
            // The terminal goes on in the next row by itself, and knows both rows as one line.
            (self.x, self.y) = (Some(0), Some(y));
            self.is_behind_last = false;
            return;
        }
        if let (Some(here), true) = (self.x.map(usize::from), self.y == Some(y)) {
            let between = row.get(here..x).unwrap_or_default();
            let mut moved = self.fork();
            moved.move_to(target, y);
            let can_rewrite = here <= x
                && between.len() <= moved.bytes.len()
                && between
                    .iter()
                    .all(|cell| cell.width == 1 && self.suits(cell))
                && between.iter().all(|cell| cell.symbol().len() == 1);
            if can_rewrite {
                for cell in between {
                    self.write(cell);
                }
                return;
            }
        }
        self.move_to(target, y);
    }

    /// True if the pen fits a cell.
    fn suits(&self, cell: &Shown) -> bool {
        if cell.is_blank() {
            self.pen.on_blank() == cell.pen
        } else {
            self.pen == cell.pen
        }
    }

    fn pen_for_erasing(&mut self) {
        if self.pen.on_blank() != Pen::DEFAULT {
            self.take_pen(Pen::DEFAULT);
        }
    }

    fn take_pen(&mut self, pen: Pen) {
        self.pen.change(pen, self.capabilities, &mut self.bytes);
        self.pen = pen;
    }

    fn write(&mut self, cell: &Shown) {
        if !self.suits(cell) {
            self.take_pen(cell.pen);
        }
        let is_doubtful = cell.has_doubtful_width();
        if is_doubtful && cell.width > 1 {
            // If the terminal draws it narrower, no old content is visible after it.
            self.bytes.extend((0..cell.width).map(|_| b' '));
            self.sequence(u32::from(cell.width), 'D');
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        let behind = self.x.map(|x| x + cell.width).filter(|_| !is_doubtful);
        self.is_behind_last = behind == Some(self.width);
        self.x = behind.filter(|&x| x < self.width);
    }

    /// Moves the cursor with the shortest sequence.
    pub(super) fn move_to(&mut self, x: u16, y: u16) {
        if (self.x, self.y) == (Some(x), Some(y)) {
            return;
        }
        let absolute = self.way(|way| way.absolute_move(x, y));
        let shortest = match self.y {
            None => absolute,
            Some(here) => {
                let from_margin = self.way(|way| {
                    way.bytes.push(b'\r');
                    way.vertical_move(here, y);
                    way.horizontal_move(0, x);
                });
                let relative = self.x.map(|column| {
                    self.way(|way| {
                        way.vertical_move(here, y);
                        way.horizontal_move(column, x);
                    })
                });
                let to_column = self.capabilities.is_modern.then(|| {
                    self.way(|way| {
                        way.vertical_move(here, y);
                        way.sequence(u32::from(x) + 1, 'G');
                    })
                });
                [Some(absolute), Some(from_margin), to_column, relative]
                    .into_iter()
                    .flatten()
                    .min_by_key(Vec::len)
                    .unwrap_or_default()
            }
        };
        self.bytes.extend_from_slice(&shortest);
        (self.x, self.y) = (Some(x), Some(y));
        self.is_behind_last = false;
    }

    fn way(&self, take: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut way = self.fork();
        take(&mut way);
        way.bytes
    }

    fn absolute_move(&mut self, x: u16, y: u16) {
        let place = match (x, y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, y) => format!("\x1b[{}H", y + 1),
            (x, 0) => format!("\x1b[;{}H", x + 1),
            (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        self.bytes.extend_from_slice(place.as_bytes());
    }

    fn vertical_move(&mut self, from: u16, to: u16) {
        match (to.saturating_sub(from), from.saturating_sub(to)) {
            (0, 0) => {}
            (0, up) => self.sequence(up.into(), 'A'),
            // In raw mode a line feed only moves down.
            (down @ 1..=4, _) => self.bytes.extend((0..down).map(|_| b'\n')),
            (down, _) => self.sequence(down.into(), 'B'),
        }
    }

    fn horizontal_move(&mut self, from: u16, to: u16) {
        match (to.saturating_sub(from), from.saturating_sub(to)) {
            (0, 0) => {}
            (0, left @ 1..=3) => self.bytes.extend((0..left).map(|_| 0x08)),
            (0, left) => self.sequence(left.into(), 'D'),
            (right, _) => self.sequence(right.into(), 'C'),
        }
    }

    fn sequence(&mut self, count: u32, last: char) {
        let text = match count {
            1 => format!("\x1b[{last}"),
            _ => format!("\x1b[{count}{last}"),
        };
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}

fn count(cells: usize) -> u32 {
    u32::try_from(cells).unwrap_or(u32::MAX)
}
