//! The screens: one of four fills the terminal, and each opens from the previous one.

pub mod assemble;
pub mod groups;
pub mod outcome;
pub mod review;

use assemble::Assemble;
use groups::Groups;
use outcome::Outcome;
use review::Review;

use super::view::View;

/// The screen that fills the terminal.
#[derive(Debug, Clone, Copy)]
pub enum Screen<'a> {
    Groups(&'a Groups),
    Assemble(&'a Assemble),
    Review(&'a Review),
    Outcome(&'a Outcome),
}

impl<'a> Screen<'a> {
    /// The name in the header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Groups(_) => "Groups",
            Self::Assemble(_) => "Assemble",
            Self::Review(_) => "Review",
            Self::Outcome(_) => "Outcome",
        }
    }

    pub fn view(self) -> &'a dyn View {
        match self {
            Self::Groups(groups) => groups,
            Self::Assemble(assemble) => assemble,
            Self::Review(review) => review,
            Self::Outcome(outcome) => outcome,
        }
    }
}
