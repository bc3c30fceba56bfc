//! Buttons in one line; signs and style mark the focused one.

use super::cells::width;
use super::row::Row;
use crate::ui::Theme;

/// One button.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Button<'a> {
    pub(crate) text: &'a str,
    /// The cursor is on it. Enter may press it while the cursor is on a box.
    pub(crate) is_focused: bool,
    /// False while it does nothing.
    pub(crate) is_live: bool,
}

/// The cells of the signs around a button's text.
const AROUND: usize = 4;

/// The cells between two buttons.
const GAP: usize = 3;

/// `> Cancel <     Create  `.
pub(crate) fn buttons<'a>(theme: &Theme, row: Row<'a>, all: &[Button<'_>]) -> Row<'a> {
    all.iter().fold(row, |row, button| {
        let (text, style) = match (button.is_focused, button.is_live) {
            (true, _) => (format!("> {} <", button.text), theme.button_focused),
            (false, true) => (format!("  {}  ", button.text), theme.button),
            (false, false) => (format!("  {}  ", button.text), theme.faint),
        };
        row.text(style, &text).gap(GAP)
    })
}

/// The column of the focused button, if the first one is at `start`.
pub(crate) fn focused_column(start: usize, all: &[Button<'_>]) -> Option<usize> {
    let focused = all.iter().position(|button| button.is_focused)?;
    let before = all.iter().take(focused);
    Some(
        start
            + before
                .map(|button| width(button.text) + AROUND + GAP)
                .sum::<usize>(),
    )
}
