//! Keys as the keymap names them: `Ctrl-U`, `Shift-Tab`, `PgUp`, `Space`, `/`, `G`.

use std::fmt;
use std::str::FromStr;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A letter contains its case, so Shift is never set for it.
    Char(char),
    Enter,
    Escape,
    Backspace,
    Tab,
    /// Tab with Shift held, which terminals send as a key of its own.
    BackTab,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Delete,
    Insert,
    Function(u8),
}

const NAMED: [(Key, &str); 16] = [
    (Key::Enter, "Enter"),
    (Key::Escape, "Esc"),
    (Key::Backspace, "Backspace"),
    (Key::BackTab, "Shift-Tab"),
    (Key::Tab, "Tab"),
    (Key::Up, "Up"),
    (Key::Down, "Down"),
    (Key::Left, "Left"),
    (Key::Right, "Right"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PageUp, "PgUp"),
    (Key::PageDown, "PgDn"),
    (Key::Delete, "Del"),
    (Key::Insert, "Ins"),
    (Key::Char(' '), "Space"),
];

/// Other names of the same keys.
const ALSO: [(Key, &str); 7] = [
    (Key::Escape, "Escape"),
    (Key::Enter, "Return"),
    (Key::PageUp, "PageUp"),
    (Key::PageDown, "PageDown"),
    (Key::Delete, "Delete"),
    (Key::Insert, "Insert"),
    (Key::BackTab, "BackTab"),
];

const LAST_FUNCTION_KEY: u8 = 24;

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, name)) = NAMED.iter().find(|(key, _)| key == self) {
            formatter.write_str(name)
        } else if let Self::Char(character) = self {
            write!(formatter, "{character}")
        } else if let Self::Function(number) = self {
            write!(formatter, "F{number}")
        } else {
            write!(formatter, "{self:?}")
        }
    }
}

impl Key {
    fn named(text: &str) -> Option<Self> {
        let named = NAMED
            .iter()
            .chain(&ALSO)
            .find(|(_, name)| name.eq_ignore_ascii_case(text));
        named.map(|&(key, _)| key).or_else(|| Self::function(text))
    }

    fn function(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['F', 'f'])?;
        let number = digits.parse::<u8>().ok()?;
        ((1..=LAST_FUNCTION_KEY).contains(&number) && !digits.starts_with(['0', '+']))
            .then_some(Self::Function(number))
    }
}

/// One press of a key, with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyPress {
    pub key: Key,
    pub control: bool,
    pub shift: bool,
    pub alt: bool,
}

impl KeyPress {
    /// The key without modifiers.
    pub const fn plain(key: Key) -> Self {
        Self {
            key,
            control: false,
            shift: false,
            alt: false,
        }
    }

    /// A key with Ctrl. Letters become lower case, because terminals send the same byte for both.
    pub const fn control(key: Key) -> Self {
        let mut press = Self::plain(key);
        press.control = true;
        press.normalized()
    }

    /// The canonical form of the press: Shift is merged into the letter or the key if possible.
    #[must_use]
    pub const fn normalized(mut self) -> Self {
        if let Key::Char(character) = self.key {
            if self.control {
                self.key = Key::Char(character.to_ascii_lowercase());
            } else if self.shift {
                self.key = Key::Char(character.to_ascii_uppercase());
            }
            self.shift = false;
        } else if matches!(self.key, Key::BackTab) || (matches!(self.key, Key::Tab) && self.shift) {
            self.key = Key::BackTab;
            self.shift = false;
        }
        self
    }

    /// True for a key that terminals send with Alt as ESC and the key.
    pub const fn follows_escape(self) -> bool {
        matches!(
            self.key,
            Key::Char(_) | Key::Backspace | Key::Enter | Key::Tab
        )
    }

    /// True for a key that a text line takes as text.
    pub const fn types_text(self) -> bool {
        matches!(self.key, Key::Char(_)) && !self.control && !self.alt
    }
}

impl From<Key> for KeyPress {
    fn from(key: Key) -> Self {
        Self::plain(key)
    }
}

impl From<char> for KeyPress {
    fn from(character: char) -> Self {
        Self::plain(Key::Char(character))
    }
}

impl fmt::Display for KeyPress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for (held, prefix) in [
            (self.control, "Ctrl-"),
            (self.alt, "Alt-"),
            (self.shift, "Shift-"),
        ] {
            if held {
                text.push_str(prefix);
            }
        }
        if let Key::Char(letter) = self.key
            && self.control
            && letter != ' '
        {
            text.push(letter.to_ascii_uppercase());
        } else {
            text.push_str(&self.key.to_string());
        }
        formatter.pad(&text)
    }
}

/// The text is not the name of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a key; keys are written like `a`, `G`, `/`, `Ctrl-U`, `Shift-Tab`, `PgUp`, `Enter`, `Space`, `F5`"
)]
pub struct NotAKey(pub String);

impl FromStr for KeyPress {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut press = Self::plain(Key::Escape);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('-') {
            let held = match before.to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "c" if !after.is_empty() => &mut press.control,
                "alt" | "a" | "m" if !after.is_empty() => &mut press.alt,
                "shift" | "s" if !after.is_empty() => &mut press.shift,
                _ => break,
            };
            if std::mem::replace(held, true) {
                return Err(NotAKey(text.to_owned()));
            }
            rest = after;
        }
        let mut characters = rest.chars();
        press.key = match (characters.next(), characters.next()) {
            (Some(only), None) if !only.is_control() => Key::Char(only),
            _ => Key::named(rest).ok_or_else(|| NotAKey(text.to_owned()))?,
        };
        let is_shifted_sign = press.shift
            && !press.control
            && matches!(press.key, Key::Char(character) if !character.is_ascii_alphabetic());
        if is_shifted_sign {
            return Err(NotAKey(text.to_owned()));
        }
        Ok(press.normalized())
    }
}
