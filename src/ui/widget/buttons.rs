//! Buttons in one line; signs and style mark the focused one.

use super::row::Row;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Button<'a> {
    pub(crate) text: &'a str,
    /// The cursor is on it. Enter may press it while the cursor is on a box.
    pub(crate) is_focused: bool,
    /// False while it does nothing.
    pub(crate) is_live: bool,
}

/// The cells between two buttons.
const GAP: usize = 3;

/// ` > Cancel <     Create  `, and the column of the focused button.
pub(crate) fn buttons<'a>(row: Row<'a>, all: &[Button<'_>]) -> (Row<'a>, Option<usize>) {
    let theme = row.theme();
    let mut row = row.gap(1);
    let mut column = None;
    for button in all {
        let (text, style) = match (button.is_focused, button.is_live) {
            (true, _) => (format!("> {} <", button.text), theme.button_focused),
            (false, true) => (format!("  {}  ", button.text), theme.button),
            (false, false) => (format!("  {}  ", button.text), theme.faint),
        };
        if button.is_focused {
            column = Some(row.used());
        }
        row = row.text(style, &text).gap(GAP);
    }
    (row, column)
}
