//! Styles written as words: `bold yellow`, `reversed`, `white on red`, `#ffaf00`, `none`.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::nearest::nearest;

/// The reason why a text is not a style.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StyleError {
    #[error("{word:?} is neither a colour nor a modifier; did you mean {nearest:?}?")]
    Word { word: String, nearest: &'static str },
    #[error("a colour must follow \"on\", as in \"white on red\"")]
    NothingOn,
    #[error(
        "{0:?} is not a colour; write #rrggbb, a number up to 255, or a name like \"bright-blue\""
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

/// The words besides the modifiers, without numbers.
const WORDS: [&str; 19] = [
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

/// Parses a style; `none` alone means the terminal's own.
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

/// `default` is the terminal's own colour. `white` is the seventh of its sixteen, as in other programs.
/// ratatui names these "reset" and "gray".
fn colour(word: &str) -> Result<Color, StyleError> {
    let name = match word {
        "default" => "reset",
        "white" => "gray",
        other => other,
    };
    name.parse().map_err(|_| {
        if word.starts_with(|first: char| first == '#' || first.is_ascii_digit()) {
            StyleError::Colour(word.to_owned())
        } else {
            let modifiers = MODIFIERS.iter().map(|(name, _)| *name);
            StyleError::Word {
                word: word.to_owned(),
                nearest: nearest(word, modifiers.chain(WORDS)).unwrap_or_default(),
            }
        }
    })
}
