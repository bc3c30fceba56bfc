//! Reasons why a command is unavailable; help and footer show them in advance.

use std::fmt;

/// The reason why a command is unavailable, worded to follow "Not now: ".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unavailable {
    /// It is never available in this state of the screen.
    NotHere(&'static str),
    /// It is available after something else.
    NotNow(&'static str),
}

impl Unavailable {
    /// The same if `holds`.
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

/// For the keys that scroll, if the text fits on the screen.
pub(super) const SHOWN_WHOLE: Unavailable = Unavailable::NotNow("all of it is on the screen");

/// For picking the successor in the next group.
pub(super) const NO_FURTHER_GROUP: Unavailable = Unavailable::NotNow("no further group is marked");
