//! A short list to choose from, filtered by typed words: the body of several overlays.

use crate::app::command::Command;
use crate::app::key::KeyPress;
use crate::app::session::Session;
use crate::app::text_input::TextInput;
use crate::app::unavailable::Unavailable;
use crate::app::view::Searchable;
use crate::domain::fold::Folding;

/// One row of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuRow<T> {
    pub text: String,
    /// Other search words; a row with a matching name comes first.
    pub names: String,
    pub value: T,
}

impl<T> MenuRow<T> {
    /// A row found by its text only.
    pub const fn new(text: String, value: T) -> Self {
        Self {
            text,
            names: String::new(),
            value,
        }
    }

    fn holds(&self, words: &[String]) -> bool {
        let text = Folding::ALL.fold(&format!("{} {}", self.text, self.names));
        words.iter().all(|word| text.contains(word.as_str()))
    }

    /// True when every word begins one of the names.
    fn is_named(&self, words: &[String]) -> bool {
        let begins = |word: &String| {
            let mut names = self.names.split(' ');
            names.any(|name| name.starts_with(word.as_str()))
        };
        words.iter().all(begins)
    }
}

/// The rows, the filter and the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu<T> {
    rows: Vec<MenuRow<T>>,
    pub filter: TextInput,
    is_typing: bool,
    /// The index among the filtered rows.
    cursor: usize,
    /// A key has moved the cursor or opened the filter.
    pub is_touched: bool,
}

impl<T: PartialEq> Menu<T> {
    pub fn new(rows: Vec<MenuRow<T>>) -> Self {
        Self {
            rows,
            filter: TextInput::default(),
            is_typing: false,
            cursor: 0,
            is_touched: false,
        }
    }

    /// Replaces the rows; the cursor stays on its value.
    pub fn replace(&mut self, rows: Vec<MenuRow<T>>)
    where
        T: Clone,
    {
        let selected = self.selected().cloned();
        self.rows = rows;
        let place = selected.and_then(|value| self.visible().position(|row| row.value == value));
        let last = self.visible().count().saturating_sub(1);
        self.cursor = place.unwrap_or(self.cursor).min(last);
    }

    /// The number of rows, filtered or not.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows that contain every word of the filter, ignoring case. Rows with a matching name come first.
    pub fn visible(&self) -> impl Iterator<Item = &MenuRow<T>> {
        let words = self.filter.as_str().split_whitespace();
        let words: Vec<String> = words.map(|word| Folding::ALL.fold(word)).collect();
        let rows = self.rows.iter().filter(|row| row.holds(&words));
        let (named, others): (Vec<_>, Vec<_>) = rows.partition(|row| row.is_named(&words));
        named.into_iter().chain(others)
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
}

impl<T: PartialEq> Searchable for Menu<T> {
    fn search_text(&self) -> Option<&str> {
        self.is_typing.then(|| self.filter.as_str())
    }

    fn typed(&mut self, key: KeyPress) {
        if self.is_typing && self.filter.press(key) {
            self.cursor = 0;
        }
    }

    fn pasted(&mut self, text: &str) {
        if self.is_typing {
            self.filter.paste(text);
            self.cursor = 0;
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other commands are those of the overlay"
    )]
    fn command(&mut self, command: Command, session: &Session) -> bool {
        let page = usize::from(session.size().list_rows()) / 2;
        let last = self.visible().count().saturating_sub(1);
        match command {
            Command::Search => self.is_typing = true,
            Command::LeaveSearch => self.is_typing = false,
            Command::ClearSearch => {
                self.is_typing = false;
                self.filter.clear();
            }
            _ => match command.moved(self.cursor, last, page) {
                Some(cursor) => self.cursor = cursor,
                None => return false,
            },
        }
        self.is_touched = true;
        true
    }

    fn unavailable(&self, command: Command) -> Option<Unavailable> {
        let needs_a_row = [Command::Open, Command::Tick, Command::Copy, Command::Retry];
        Unavailable::NotNow("there is no row here")
            .when(needs_a_row.contains(&command) && self.selected().is_none())
    }
}
