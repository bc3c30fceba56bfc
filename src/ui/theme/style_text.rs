//! Styles written as words: `bold yellow`, `reversed`, `white on red`, `#ffaf00`, `none`.

use ratatui::style::{Color, Modifier, Style};

use super::nearest::nearest;

/// Why a text is no style.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StyleError {
    #[error("{word:?} is neither a colour nor a modifier; did you mean {nearest:?}?")]
    Word { word: String, nearest: &'static str },
    #[error("after \"on\" a colour has to follow, as in \"white on red\"")]
    NothingOn,
    #[error(
        "{0:?} is no colour; write #rrggbb, a number up to 255, or a name like \"bright-blue\""
    )]
    Colour(String),
}

const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed-out", Modifier::CROSSED_OUT),
];

const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

const WORDS: [&str; 25] = [
    "bold",
    "dim",
    "italic",
    "underlined",
    "reversed",
    "crossed-out",
    "none",
    "on",
    "default",
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// Reads a style; `none` alone is the terminal's own.
pub fn parse_style(text: &str) -> Result<Style, StyleError> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if word == "none" {
            continue;
        }
        if word == "on" {
            let background = words.next().ok_or(StyleError::NothingOn)?;
            style.bg = Some(colour(background)?);
        } else if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
        } else {
            style.fg = Some(colour(word)?);
        }
    }
    Ok(style)
}

fn colour(word: &str) -> Result<Color, StyleError> {
    if let Some((_, colour)) = COLOURS.iter().find(|(name, _)| *name == word) {
        return Ok(*colour);
    }
    if word.starts_with('#') {
        return hexadecimal(word).ok_or_else(|| StyleError::Colour(word.to_owned()));
    }
    if word.starts_with(|first: char| first.is_ascii_digit()) {
        let number = word.parse::<u8>();
        return number
            .map(Color::Indexed)
            .map_err(|_| StyleError::Colour(word.to_owned()));
    }
    Err(StyleError::Word {
        word: word.to_owned(),
        nearest: nearest(word, &WORDS),
    })
}

fn hexadecimal(word: &str) -> Option<Color> {
    let digits = word.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
    Some(Color::Rgb(part(0)?, part(2)?, part(4)?))
}
