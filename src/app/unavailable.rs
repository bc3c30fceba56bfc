//! Why a command can do nothing: asked before it is obeyed, and told by help and footer beforehand.

use std::fmt;

use super::App;
use super::command::Command;
use super::overlay::Overlay;
use super::screen::Screen;
use super::session::Connection;

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

impl App {
    /// Why a command can do nothing where one is now, when it cannot.
    pub fn unavailable(&self, command: Command) -> Option<Unavailable> {
        self.unavailable_in(self.overlays.last(), command)
    }

    /// The same for what lies below the front overlay, which is what the help tells of.
    pub fn unavailable_below(&self, command: Command) -> Option<Unavailable> {
        self.unavailable_in(self.overlays.iter().nth_back(1), command)
    }

    fn unavailable_in(&self, front: Option<&Overlay>, command: Command) -> Option<Unavailable> {
        let session = &self.session;
        match (command, front, self.screens.last()) {
            (Command::Quit | Command::Suspend | Command::Redraw | Command::Help, ..) => None,
            (Command::Reload, ..) => self.not_reloaded(),
            (_, Some(overlay), _) => overlay.unavailable(command, session),
            (_, None, Some(Screen::Groups(groups))) => groups.unavailable(command, session),
            (_, None, Some(Screen::Assemble(assemble))) => assemble.unavailable(command, session),
            (_, None, Some(Screen::Review(review))) => review.unavailable(command, session),
            (_, None, Some(Screen::Outcome(outcome))) => outcome.unavailable(command),
            (_, None, None) => None,
        }
    }

    fn not_reloaded(&self) -> Option<Unavailable> {
        let why = if self.is_sending() || self.is_looking() {
            "the outcome of the request comes first"
        } else if self.session.connection == Connection::Connecting {
            "a connection is being made"
        } else {
            return None;
        };
        Some(Unavailable::NotNow(why))
    }
}
