//! A short list to choose from, filtered by words as one types: the body of help, history and profiles.

use crate::app::command::Command;
use crate::app::key::KeyPress;
use crate::app::keymap::Context;
use crate::app::text_input::TextInput;

/// One row of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuRow<T> {
    pub text: String,
    pub value: T,
}

/// The rows, the filter and the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu<T> {
    rows: Vec<MenuRow<T>>,
    pub filter: TextInput,
    is_typing: bool,
    /// The place among the rows that the filter lets through.
    cursor: usize,
}

impl<T> Default for Menu<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            filter: TextInput::default(),
            is_typing: false,
            cursor: 0,
        }
    }
}

impl<T: PartialEq> Menu<T> {
    pub fn new(rows: Vec<MenuRow<T>>) -> Self {
        Self {
            rows,
            ..Self::default()
        }
    }

    /// Puts other rows in; the cursor stays on the value it was on.
    pub fn replace(&mut self, rows: Vec<MenuRow<T>>) {
        let before = std::mem::replace(&mut self.rows, rows);
        let kept = Self::filtered(&before, &self.filter)
            .nth(self.cursor)
            .map(|row| &row.value);
        let place = kept.and_then(|value| self.visible().position(|row| row.value == *value));
        self.cursor = place
            .unwrap_or(self.cursor)
            .min(self.visible().count().saturating_sub(1));
    }

    /// Every row, whether the filter lets it through or not.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows that hold every word of the filter, in whatever case.
    pub fn visible(&self) -> impl Iterator<Item = &MenuRow<T>> {
        Self::filtered(&self.rows, &self.filter)
    }

    fn filtered<'a>(
        rows: &'a [MenuRow<T>],
        filter: &TextInput,
    ) -> impl Iterator<Item = &'a MenuRow<T>> {
        let words: Vec<String> = filter
            .as_str()
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        rows.iter().filter(move |row| {
            let text = row.text.to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        })
    }

    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn selected(&self) -> Option<&T> {
        self.visible().nth(self.cursor).map(|row| &row.value)
    }

    pub const fn is_typing(&self) -> bool {
        self.is_typing
    }

    pub const fn context(&self) -> Context {
        if self.is_typing {
            Context::Search
        } else {
            Context::Menu
        }
    }

    pub fn typed(&mut self, key: KeyPress) {
        if self.is_typing && self.filter.press(key) {
            self.cursor = 0;
        }
    }

    pub fn pasted(&mut self, text: &str) {
        if self.is_typing {
            self.filter.paste(text);
            self.cursor = 0;
        }
    }

    /// Moves or filters; false when the command is none of a menu's.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other commands are those of the overlay"
    )]
    pub fn command(&mut self, command: Command, page: usize) -> bool {
        let last = self.visible().count().saturating_sub(1);
        match command {
            Command::Up => self.cursor = self.cursor.saturating_sub(1),
            Command::Down => self.cursor = (self.cursor + 1).min(last),
            Command::PageUp => self.cursor = self.cursor.saturating_sub(page),
            Command::PageDown => self.cursor = (self.cursor + page).min(last),
            Command::First => self.cursor = 0,
            Command::Last => self.cursor = last,
            Command::Search => self.is_typing = true,
            Command::LeaveSearch => self.is_typing = false,
            Command::ClearSearch => {
                self.is_typing = false;
                self.filter.clear();
            }
            _ => return false,
        }
        true
    }
}
