//! The four screens.

mod assemble;
mod groups;
mod outcome;
mod review;

use super::widget::paper::Paper;
use crate::app::App;
use crate::app::screen::Screen;

/// Draws a screen between header and footer; the answer is how far its body can be scrolled down,
/// where only drawing tells.
pub(super) fn draw(app: &App, screen: Screen<'_>, paper: &mut Paper<'_, '_>) -> Option<usize> {
    match screen {
        Screen::Groups(groups) => groups::draw(app, groups, paper),
        Screen::Assemble(assemble) => assemble::draw(app, assemble, paper),
        Screen::Review(review) => return Some(review::draw(app, review, paper)),
        Screen::Outcome(outcome) => return Some(outcome::draw(app, outcome, paper)),
    }
    None
}
