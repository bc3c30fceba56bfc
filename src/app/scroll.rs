//! How far a text is scrolled whose length only the view knows: counted from its beginning, or from its end.

/// A place in a text of unknown length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll {
    rows: usize,
    is_from_end: bool,
    /// What the last frame has found: nothing of the text is outside the screen.
    is_all_shown: bool,
}

impl Scroll {
    pub const fn is_all_shown(self) -> bool {
        self.is_all_shown
    }

    pub const fn up(&mut self, rows: usize) {
        self.rows = if self.is_from_end {
            self.rows.saturating_add(rows)
        } else {
            self.rows.saturating_sub(rows)
        };
    }

    pub const fn down(&mut self, rows: usize) {
        self.rows = if self.is_from_end {
            self.rows.saturating_sub(rows)
        } else {
            self.rows.saturating_add(rows)
        };
    }

    pub const fn to_start(&mut self) {
        self.rows = 0;
        self.is_from_end = false;
    }

    pub const fn to_end(&mut self) {
        self.rows = 0;
        self.is_from_end = true;
    }

    /// The text has turned out to end at `most`: what was scrolled beyond it is not kept, so that the
    /// first step back is seen.
    pub const fn end_at(&mut self, most: usize) {
        self.is_all_shown = most == 0;
        if self.rows > most {
            self.rows = most;
        }
    }

    /// How many rows are hidden above, if at most `most` can be.
    pub const fn hidden(self, most: usize) -> usize {
        match self {
            Self {
                rows,
                is_from_end: true,
                ..
            } => most.saturating_sub(rows),
            Self {
                rows,
                is_from_end: false,
                ..
            } if rows < most => rows,
            Self { .. } => most,
        }
    }
}
