//! The scroll position of a text, counted from its start, or from its end while its length is unknown.

use super::command::Command;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll {
    rows: usize,
    is_from_end: bool,
    /// The entire text is on the screen.
    is_all_shown: bool,
}

impl Scroll {
    /// Executes a command that scrolls a text with `rows` on screen; false for other commands.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command is the view's"
    )]
    pub fn command(&mut self, command: Command, rows: usize) -> bool {
        match command {
            Command::Up => self.up(1),
            Command::Down => self.down(1),
            Command::PageUp => self.up(rows / 2),
            Command::PageDown => self.down(rows / 2),
            Command::First => self.to_start(),
            Command::Last => {
                self.rows = 0;
                self.is_from_end = true;
            }
            _ => return false,
        }
        true
    }

    pub const fn go_to(&mut self, row: usize) {
        self.rows = row;
        self.is_from_end = false;
    }

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
        self.go_to(0);
    }

    /// Limits the position to `most` hidden rows, so that the next step back has an effect.
    pub fn end_at(&mut self, most: usize) {
        self.is_all_shown = most == 0;
        self.rows = self.rows.min(most);
    }

    /// The number of hidden rows above, at most `most`.
    pub fn hidden(self, most: usize) -> usize {
        if self.is_from_end {
            most.saturating_sub(self.rows)
        } else {
            self.rows.min(most)
        }
    }
}
