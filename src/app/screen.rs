//! What fills the terminal: one of four screens, each opened from the one before.

pub mod assemble;
pub mod groups;
pub mod outcome;
pub mod review;

use assemble::Assemble;
use groups::Groups;
use outcome::Outcome;
use review::Review;

use super::keymap::Context;

/// What fills the terminal.
#[derive(Debug)]
pub enum Screen {
    Groups(Box<Groups>),
    Assemble(Box<Assemble>),
    Review(Box<Review>),
    Outcome(Box<Outcome>),
}

impl Screen {
    /// The name that stands in the header.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Groups(_) => "Groups",
            Self::Assemble(_) => "Assemble",
            Self::Review(_) => "Review",
            Self::Outcome(_) => "Outcome",
        }
    }

    pub fn context(&self) -> Context {
        match self {
            Self::Groups(groups) => groups.context(),
            Self::Assemble(assemble) => assemble.context(),
            Self::Review(_) => Context::Review,
            Self::Outcome(_) => Context::Outcome,
        }
    }
}
