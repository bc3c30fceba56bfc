//! The drawn signs, in Unicode or ASCII.

/// One set of signs. Each is one cell wide unless its comment says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbols {
    /// Lines between parts of a screen.
    pub horizontal: &'static str,
    /// The line between the panes and the preview.
    pub vertical: &'static str,
    /// Marks the place where text was cut.
    pub ellipsis: &'static str,
    /// From old to new; one or two cells.
    pub arrow: &'static str,
    /// The row that the cursor is on.
    pub marker: &'static str,
    /// The version in the slot.
    pub slot: &'static str,
    pub spinner: &'static [&'static str],
}

impl Symbols {
    pub const UNICODE: Self = Self {
        horizontal: "─",
        vertical: "│",
        ellipsis: "…",
        arrow: "→",
        marker: ">",
        slot: "*",
        spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
    };

    pub const ASCII: Self = Self {
        horizontal: "-",
        vertical: "|",
        ellipsis: "~",
        arrow: "->",
        marker: ">",
        slot: "*",
        spinner: &["|", "/", "-", "\\"],
    };

    /// The spinner's sign after this number of quarter seconds.
    pub fn spinner_at(&self, ticks: usize) -> &'static str {
        let place = ticks % self.spinner.len().max(1);
        self.spinner.get(place).copied().unwrap_or("*")
    }
}
