//! The columns of the Assemble screen. They depend only on its width and the longest name, so scrolling does
//! not move them.

use crate::ui::widget::row::{DAY, GUTTER, SHORT_ID};

/// From this width on all three marks fit next to each other.
const WIDE: usize = 100;

/// Below this width a long state extends into the column of the problems.
const NARROW: usize = 72;

/// The minimum width of a summary, in cells.
const MIN_SUMMARY: usize = 8;

/// The columns of the list in the open pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VersionColumns {
    pub(super) name: usize,
    pub(super) marks: usize,
    pub(super) summary: usize,
}

impl VersionColumns {
    /// Longer names get more of the free cells.
    pub(super) fn of_width(width: usize, longest_name: usize) -> Self {
        let marks = if width >= WIDE { 16 } else { 11 };
        let fixed = GUTTER + 1 + SHORT_ID + 2 + DAY + 2 + marks;
        let spare = width.saturating_sub(fixed);
        // Names get a third of the cells left by a short summary, long names half of them.
        let name = if spare < 38 {
            spare.min(20)
        } else {
            let usual = (20 + (spare - 38) / 3).min(48);
            let most = 20 + (spare - 38) / 2;
            longest_name.clamp(usual, most.max(usual))
        };
        let summary = spare.saturating_sub(name + 1);
        if summary < MIN_SUMMARY {
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

    /// The headings, each with its first cell.
    pub(super) fn headings(self) -> Vec<(usize, &'static str)> {
        let id = GUTTER + self.name + 1;
        let created = id + SHORT_ID + 2;
        let content = created + DAY + 2 + self.marks + 1;
        let mut headings = vec![(GUTTER, "name"), (id, "id"), (created, "created")];
        if self.summary > 0 {
            headings.push((content, "content"));
        }
        headings
    }

    /// True if all marks of a row fit.
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
    /// Longer names get the free cells. The words `not verified` need room only if a slot has them.
    pub(super) fn of_width(width: usize, longest_name: usize, is_verified: bool) -> Self {
        let state = if width < NARROW || is_verified { 9 } else { 18 };
        let problems = 14;
        let fixed = KIND + 1 + SHORT_ID + 2 + state + 1 + problems;
        let free = width.saturating_sub(fixed);
        let name = free.clamp(10, longest_name.max(36));
        Self { name, state }
    }
}
