//! Keys written as text.

use greengroup::app::key::{Key, KeyPress};

/// Parses `a/<Enter><Ctrl-C>` to keys.
pub fn parse_keys(text: &str) -> Vec<KeyPress> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '<'
            && let Some((name, after)) = rest[1..].split_once('>')
            && let Ok(key) = name.parse::<KeyPress>()
        {
            keys.push(key);
            rest = after;
            continue;
        }
        keys.push(KeyPress {
            key: Key::Char(first),
            control: false,
            shift: false,
            alt: false,
        });
        rest = &rest[first.len_utf8()..];
    }
    keys
}
