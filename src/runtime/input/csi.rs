//! Keys that begin with `ESC [` or `ESC O`, as xterm, rxvt, the linux console and kitty send them.

use crate::app::key::{Key, KeyPress};

/// A longer sequence is not a key; it is read to its end and ignored.
const MAX_LENGTH: usize = 64;

/// The bytes between the introducer and the final byte.
#[derive(Debug, Default)]
pub(super) struct Sequence(Vec<u8>);

impl Sequence {
    pub(super) fn push(&mut self, byte: u8) {
        if self.0.len() < MAX_LENGTH {
            self.0.push(byte);
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_one_number(&self) -> bool {
        !self.is_empty() && self.0.iter().all(u8::is_ascii_digit)
    }

    pub(super) fn begins_paste(&self, last: u8) -> bool {
        last == b'~' && self.0 == b"200"
    }

    /// The numbers between the semicolons, each with its part after a colon. `None` for any other content, as
    /// in responses of terminals and in mouse reports.
    fn numbers(&self) -> Option<Vec<(u32, Option<u32>)>> {
        if self.0.len() >= MAX_LENGTH {
            return None;
        }
        let text = std::str::from_utf8(&self.0).ok()?;
        text.split(';').map(number).collect()
    }
}

fn number(part: &str) -> Option<(u32, Option<u32>)> {
    let mut pieces = part.split(':');
    let mut next = |default| match pieces.next() {
        None => Some(None),
        Some("") => Some(Some(default)),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok().map(Some)
        }
        Some(_) => None,
    };
    Some((next(1)??, next(1)?))
}

/// The modifiers in xterm's encoding: one more than the sum of Shift 1, Alt 2, Ctrl 4.
fn held(key: Key, modifiers: u32) -> KeyPress {
    let bits = modifiers.saturating_sub(1);
    KeyPress {
        key,
        shift: bits & 1 != 0,
        alt: bits & 2 != 0,
        control: bits & 4 != 0,
    }
    .normalized()
}

const RELEASED: u32 = 3;

/// The key of `ESC [ sequence last`; `None` if it is not a key.
pub(super) fn key(sequence: &Sequence, last: u8) -> Option<KeyPress> {
    let numbers = sequence.numbers()?;
    let &(first, _) = numbers.first()?;
    let (modifiers, kind) = numbers.get(1).copied().unwrap_or((1, None));
    if kind == Some(RELEASED) {
        return None;
    }
    if matches!(last, b'~' | b'^' | b'$' | b'@' | b'u') && sequence.is_empty() {
        return None;
    }
    match last {
        b'~' if first == 27 => character(numbers.get(2)?.0, modifiers),
        b'~' => Some(held(numbered(first)?, modifiers)),
        b'^' => Some(held(numbered(first)?, 5)),
        b'$' => Some(held(numbered(first)?, 2)),
        b'@' => Some(held(numbered(first)?, 6)),
        b'u' => character(first, modifiers),
        b'Z' => Some(held(Key::BackTab, modifiers)),
        // With numbers this is a report of the cursor's position, not F3.
        b'R' if !sequence.is_empty() => None,
        b'a'..=b'd' if sequence.is_empty() => Some(held(lettered(last.to_ascii_uppercase())?, 2)),
        _ if first == 1 => Some(held(lettered(last)?, modifiers)),
        // `ESC [ 5 A`, which very old xterms and PuTTY send for Ctrl-Up.
        b'A'..=b'D' if numbers.len() == 1 => Some(held(lettered(last)?, first)),
        _ => None,
    }
}

/// The key of `ESC O sequence last`.
pub(super) fn ss3_key(sequence: &Sequence, last: u8) -> Option<KeyPress> {
    let numbers = sequence.numbers()?;
    let &(modifiers, _) = numbers.last()?;
    match last {
        b'a'..=b'd' => Some(held(lettered(last.to_ascii_uppercase())?, 5)),
        b'M' => Some(held(Key::Enter, modifiers)),
        b'I' => Some(held(Key::Tab, modifiers)),
        b'X' => Some(held(Key::Char('='), 1)),
        // The keypad: `j` is `*`, up to `y`, which is `9`.
        b'j'..=b'y' => Some(held(Key::Char(char::from(last - 0x40)), 1)),
        _ => Some(held(lettered(last)?, modifiers)),
    }
}

fn lettered(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        b'P'..=b'S' => Key::Function(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u32) -> Option<Key> {
    Some(match number {
        1 | 7 => Key::Home,
        2 => Key::Insert,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => function(number - 10)?,
        17..=21 => function(number - 11)?,
        23..=26 => function(number - 12)?,
        28 | 29 => function(number - 13)?,
        31..=34 => function(number - 14)?,
        _ => return None,
    })
}

fn function(number: u32) -> Option<Key> {
    u8::try_from(number).ok().map(Key::Function)
}

/// A key given by its character, as in `ESC [ 97 ; 5 u`.
fn character(code: u32, modifiers: u32) -> Option<KeyPress> {
    let key = match code {
        8 | 127 => Key::Backspace,
        9 => Key::Tab,
        13 | 57_414 => Key::Enter,
        27 => Key::Escape,
        57_399..=57_408 => Key::Char(char::from_digit(code - 57_399, 10)?),
        _ => Key::Char(char::from_u32(code).filter(|&sign| is_typed(sign))?),
    };
    Some(held(key, modifiers))
}

/// Not a control character, and not one of kitty's private characters for keys.
fn is_typed(sign: char) -> bool {
    !sign.is_control() && !('\u{e000}'..='\u{f8ff}').contains(&sign)
}
