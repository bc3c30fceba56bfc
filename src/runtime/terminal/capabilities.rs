//! The control sequences that a terminal supports, detected by its name: it is never queried.

use std::ffi::OsStr;

/// The supported control sequences beyond a plain VT100's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Erasing a run of characters (ECH), moving to a column (CHA), scrolling (SU, SD). Turning single
    /// attributes off (SGR 22 to 29) instead of all at once. Also the alternate screen, bracketed paste
    /// (modes 1049 and 2004) and the clipboard (OSC 52).
    pub is_modern: bool,
    /// Synchronized output, mode 2026.
    pub synchronized: bool,
    /// A title that can be set, saved and restored.
    pub title: bool,
}

impl Capabilities {
    /// The sequences of every terminal with a movable cursor.
    pub const PLAIN: Self = Self {
        is_modern: false,
        synchronized: false,
        title: false,
    };

    /// All sequences that this program uses.
    pub const MODERN: Self = Self {
        is_modern: true,
        synchronized: true,
        title: true,
    };

    /// Detects by the value of `TERM`; an unknown name is a plain terminal.
    pub fn from_term(term: Option<&OsStr>) -> Self {
        let name = term.and_then(OsStr::to_str).unwrap_or_default();
        let is_named = |family: &str| {
            name.strip_prefix(family)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.', '+']))
        };
        if MODERN_FAMILIES.iter().any(|family| is_named(family)) {
            return Self::MODERN;
        }
        // GNU screen lacks the mode, and shows titles in its own window list.
        if is_named("screen") {
            return Self {
                synchronized: false,
                title: false,
                ..Self::MODERN
            };
        }
        Self::PLAIN
    }
}

const MODERN_FAMILIES: [&str; 19] = [
    "xterm",
    "tmux",
    "rxvt",
    "alacritty",
    "kitty",
    "wezterm",
    "foot",
    "ghostty",
    "st",
    "stterm",
    "konsole",
    "gnome",
    "vte",
    "putty",
    "mintty",
    "contour",
    "iterm",
    "iterm2",
    "nsterm",
];

/// Whether colours are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorMode {
    Ansi16,
    /// No colours, neither foreground nor background; attributes remain.
    None,
}

impl ColorMode {
    /// By `NO_COLOR` if it is not empty, and by a terminal without colours.
    pub fn automatic(no_color: Option<&OsStr>, term: Option<&OsStr>) -> Self {
        let is_refused = no_color.is_some_and(|value| !value.is_empty());
        let has_none = term.is_none_or(|name| {
            name.is_empty()
                || name == "dumb"
                || name.to_str().is_some_and(|name| {
                    name.starts_with("vt1") || name.starts_with("vt2") || name.ends_with("-m")
                })
        });
        if is_refused || has_none {
            Self::None
        } else {
            Self::Ansi16
        }
    }
}
