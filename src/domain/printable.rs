//! Makes text from outside safe to show: no control characters, line breaks or changes of writing direction.

use std::borrow::Cow;
use std::fmt::Write;

/// Returns whether a character must not reach a terminal: control characters, line breaks,
/// bidirectional overrides and isolates, and invisible characters.
pub fn is_dangerous(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || matches!(
            code,
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
                | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
                | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0xE0000..=0xE0FFF
        )
}

/// Escapes each dangerous character as `\u{1b}`; borrows `text` if it has none.
pub fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, is_dangerous, |safe, character| {
        safe.extend(character.escape_unicode());
    })
}

/// Like [`printable`], but keeps line breaks and replaces each tab with two spaces.
pub fn printable_lines(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| printable(&line.replace('\t', "  ")).into_owned())
        .collect();
    lines.join("\n")
}

/// Equivalent JSON with each dangerous character escaped as `\u001b`. Line breaks stay: a JSON string has
/// none.
pub fn printable_json(json: &str) -> Cow<'_, str> {
    let is_to_escape = |character: char| character != '\n' && is_dangerous(character);
    escaped(json, is_to_escape, |safe, character| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            _ = write!(safe, "\\u{unit:04x}");
        }
    })
}

fn escaped(
    text: &str,
    is_to_escape: impl Fn(char) -> bool,
    escape: impl Fn(&mut String, char),
) -> Cow<'_, str> {
    if !text.chars().any(&is_to_escape) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_to_escape(character) {
            escape(&mut safe, character);
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}
