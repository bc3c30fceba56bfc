//! The four screens.

mod assemble;
mod groups;
mod outcome;
mod review;

use super::widget::canvas::Canvas;
use crate::app::App;
use crate::app::screen::Screen;

/// Draws a screen between header and footer. Returns how far its body can be scrolled down, if only
/// drawing can measure that.
pub(super) fn draw(app: &App, screen: Screen<'_>, canvas: &mut Canvas<'_, '_>) -> Option<usize> {
    match screen {
        Screen::Groups(groups) => groups::draw(app, groups, canvas),
        Screen::Assemble(assemble) => assemble::draw(app, assemble, canvas),
        Screen::Review(review) => return Some(review::draw(app, review, canvas)),
        Screen::Outcome(outcome) => return Some(outcome::draw(app, outcome, canvas)),
    }
    None
}
