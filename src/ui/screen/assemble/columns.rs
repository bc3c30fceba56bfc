//! Where the columns of the Assemble screen stand, so that nothing moves while one scrolls or types.

/// Cells before the first column: the slot's sign, the marker and a blank.
pub(super) const GUTTER: usize = 3;

/// A short id.
pub(super) const SHORT_ID: usize = 8;

/// `2026-05-01 09:12Z`.
pub(super) const TIME: usize = 17;

/// From here on all three marks have room beside each other.
const WIDE: usize = 100;

/// Below this a longer state runs into the column of the problems.
const NARROW: usize = 72;

/// Summaries that have less room than this are left out.
const LEAST_SUMMARY: usize = 8;

/// The columns of the list in the open pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VersionColumns {
    pub(super) name: usize,
    pub(super) marks: usize,
    pub(super) summary: usize,
}

impl VersionColumns {
    pub(super) fn of_width(width: usize) -> Self {
        let marks = if width >= WIDE { 16 } else { 11 };
        let fixed = GUTTER + 1 + SHORT_ID + 2 + TIME + 2 + marks;
        let spare = width.saturating_sub(fixed);
        // A third of what is spare beyond a short summary goes to longer names.
        let name = match spare {
            0..38 => spare.min(20),
            _ => (20 + (spare - 38) / 3).min(48),
        };
        let summary = spare.saturating_sub(name + 1);
        if summary < LEAST_SUMMARY {
            return Self {
                name: spare,
                marks,
                summary: 0,
            };
        }
        Self {
            name,
            marks,
            summary,
        }
    }

    /// True where all marks of a row have room.
    pub(super) const fn has_all_marks(self) -> bool {
        self.marks > 11
    }
}

/// The columns of a closed pane's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SlotColumns {
    pub(super) name: usize,
    pub(super) state: usize,
}

/// ` 6 subscription  `.
pub(super) const KIND: usize = 17;

impl SlotColumns {
    pub(super) fn of_width(width: usize) -> Self {
        let state = if width < NARROW { 9 } else { 18 };
        let problems = 14;
        let fixed = KIND + 1 + SHORT_ID + 2 + state + 1 + problems;
        let name = width.saturating_sub(fixed).clamp(10, 36);
        Self { name, state }
    }
}
