//! Why a command can do nothing: asked before it is obeyed, and told by help and footer beforehand.

use std::fmt;

/// Why a command can do nothing, in words that go on from "Not now: ".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// As this screen is, it never will.
    NotHere(&'static str),
    /// Something has to happen first.
    NotNow(&'static str),
}

impl Unavailable {
    /// The same for when `holds`.
    pub const fn when(self, holds: bool) -> Option<Self> {
        if holds { Some(self) } else { None }
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotHere(why) => write!(formatter, "Not here: {why}."),
            Self::NotNow(why) => write!(formatter, "Not now: {why}."),
        }
    }
}

/// What a text that is shown whole says to the keys that scroll.
pub(super) const SHOWN_WHOLE: Unavailable = Unavailable::NotNow("all of it is on the screen");
