//! The number of rows of each part of the screen, for paging and for loading.

use crate::domain::{DefinitionKind, PerKind};

/// The terminal's size in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// Used until the terminal reports its size: the size of a new SSM session.
impl Default for Size {
    fn default() -> Self {
        Self {
            width: 80,
            height: 24,
        }
    }
}

/// Below this size the screen only shows that it is too small.
pub const MIN_SIZE: Size = Size {
    width: 60,
    height: 15,
};

/// From this width on, two things fit next to each other.
const WIDTH_FOR_TWO: u16 = 120;

/// The smallest width of a list with a preview beside it.
const MIN_LIST: u16 = 70;

/// Header and footer.
pub const HEADER_ROWS: u16 = 2;
const FOOTER_ROWS: u16 = 1;

/// A collapsed pane gets a second line from this height on.
const HEIGHT_FOR_SUMMARIES: u16 = 36;

impl Size {
    pub const fn is_too_small(self) -> bool {
        self.width < MIN_SIZE.width || self.height < MIN_SIZE.height
    }

    /// Whether a preview fits next to a list, and a second column next to the first.
    pub const fn is_wide(self) -> bool {
        self.width >= WIDTH_FOR_TWO
    }

    /// Rows between header and footer.
    pub const fn body_rows(self) -> u16 {
        self.height.saturating_sub(HEADER_ROWS + FOOTER_ROWS)
    }

    /// Rows of a list that fills the body under one title line.
    pub const fn list_rows(self) -> u16 {
        self.body_rows().saturating_sub(1)
    }

    /// Rows of each pane of the Assemble screen when `focus` is expanded.
    pub fn pane_rows(self, focus: DefinitionKind) -> PerKind<u16> {
        let collapsed = if self.height >= HEIGHT_FOR_SUMMARIES {
            2
        } else {
            1
        };
        let others = collapsed * 6;
        PerKind::from_fn(|kind| {
            if kind == focus {
                self.body_rows().saturating_sub(others)
            } else {
                collapsed
            }
        })
    }

    /// Rows for versions in the expanded pane: its title takes one, a search line another, and `remarks` with a blank
    /// line at most half of the rest.
    pub fn version_rows(
        self,
        focus: DefinitionKind,
        with_search_line: bool,
        remarks: usize,
    ) -> u16 {
        let rows = self.pane_rows(focus)[focus].saturating_sub(1 + u16::from(with_search_line));
        let below = match remarks {
            0 => 0,
            remarks => u16::try_from(remarks + 1).unwrap_or(u16::MAX),
        };
        rows - below.min(rows / 2)
    }

    /// Columns of a list with a preview beside it.
    pub fn list_beside_preview(self) -> u16 {
        (self.width * 3 / 5).max(MIN_LIST).min(self.width)
    }
}
