//! Why a command can do nothing; help and footer show it beforehand.

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

/// For the keys that scroll a text that fits on the screen.
pub(super) const SHOWN_WHOLE: Unavailable = Unavailable::NotNow("all of it is on the screen");

/// Why the successor is taken nowhere.
pub(super) const NO_FURTHER_GROUP: Unavailable = Unavailable::NotNow("no further group is marked");
