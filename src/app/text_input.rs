//! One line of text being typed: a search, a name to confirm.

use unicode_segmentation::UnicodeSegmentation;

use super::key::{Key, KeyPress};

/// Longer input is cut: no name, id or ARN is longer than the maximum ARN.
const MAX_INPUT_BYTES: usize = 2048;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextInput {
    text: String,
    /// A byte index on a grapheme's edge.
    cursor: usize,
}

impl TextInput {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text before the cursor; its width is the column of the cursor.
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Inserts pasted text at the cursor. Line breaks and tabs become single blanks, and other control
    /// characters are removed. A name keeps all its characters, even invisible ones.
    pub fn paste(&mut self, text: &str) {
        let parts = text.split(['\n', '\r', '\t']);
        let parts = parts.map(|part| part.replace(char::is_control, ""));
        let words: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        self.insert(&words.join(" "));
    }

    fn insert(&mut self, text: &str) {
        for character in text.chars() {
            if self.text.len() + character.len_utf8() > MAX_INPUT_BYTES {
                break;
            }
            self.text.insert(self.cursor, character);
            self.cursor += character.len_utf8();
        }
    }

    /// Edits by one key; false if the line does not use the key.
    pub fn press(&mut self, press: KeyPress) -> bool {
        match (press.key, press.control) {
            (Key::Char(character), false) if !press.alt => {
                self.insert(character.encode_utf8(&mut [0; 4]));
            }
            (Key::Backspace, _) if press.alt => self.delete_to(self.word_start()),
            (Key::Backspace, _) => self.delete_to(self.previous_edge()),
            (Key::Delete, _) => self.delete_to(self.next_edge()),
            (Key::Left, _) => self.cursor = self.previous_edge(),
            (Key::Right, _) => self.cursor = self.next_edge(),
            (Key::Home, _) | (Key::Char('a'), true) => self.cursor = 0,
            (Key::End, _) | (Key::Char('e'), true) => self.cursor = self.text.len(),
            (Key::Char('u'), true) => self.delete_to(0),
            (Key::Char('w'), true) => self.delete_to(self.word_start()),
            _ => return false,
        }
        true
    }

    fn delete_to(&mut self, other: usize) {
        let (start, end) = (other.min(self.cursor), other.max(self.cursor));
        self.text.drain(start..end);
        self.cursor = start;
    }

    fn previous_edge(&self) -> usize {
        self.before_cursor()
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(start, _)| start)
    }

    fn next_edge(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + after.graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let trimmed = self.before_cursor().trim_end();
        let mut blanks = trimmed.char_indices().rev();
        blanks
            .find(|(_, character)| character.is_whitespace())
            .map_or(0, |(start, blank)| start + blank.len_utf8())
    }
}
