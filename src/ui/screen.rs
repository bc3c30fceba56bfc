//! The four screens.

mod assemble;
mod groups;
mod outcome;
pub(crate) mod review;

use super::advice::advice_with_key;
use super::keys::Keys;
use super::widget::canvas::Canvas;
use crate::app::App;
use crate::app::screen::Screen;
use crate::app::subject::failure_lines;
use crate::app::text::{TextLine, Tone};
use crate::app::{Command, KeyContext};
use crate::domain::NextStep;

/// Draws a screen between header and footer. Returns the number of rows by which its body can be scrolled
/// down, if it is measured.
pub(super) fn draw(app: &App, screen: Screen<'_>, canvas: &mut Canvas<'_, '_>) -> Option<usize> {
    let rows = draw_connection_failure(app, canvas);
    if rows > 0 && matches!(screen, Screen::Groups(_) | Screen::Assemble(_)) {
        // Without a connection, none of their data can be loaded.
        return None;
    }
    let canvas = &mut canvas.part(rows, usize::MAX);
    match screen {
        Screen::Groups(groups) => groups::draw(app, groups, canvas),
        Screen::Assemble(assemble) => assemble::draw(app, assemble, canvas),
        Screen::Review(review) => return Some(review::draw(app, review, canvas)),
        Screen::Outcome(outcome) => return Some(outcome::draw(app, outcome, canvas)),
    }
    None
}

/// Draws the connection error at the top of the body, and returns its number of rows.
fn draw_connection_failure(app: &App, canvas: &mut Canvas<'_, '_>) -> usize {
    let Some(mut text) = failure_lines(&app.session) else {
        return 0;
    };
    let keys = Keys::new(&app.session, KeyContext::Groups);
    let advice = advice_with_key(NextStep::FixSetting, keys);
    let switch = keys.name(Command::SwitchAccount);
    let advice = format!("{advice} {switch} switches profile or region.");
    text.push(TextLine::new(Tone::Plain, &advice));
    let mut block = canvas.block();
    for line in &text {
        block.full(0, line);
    }
    canvas.write_all(1, &block.lines);
    block.lines.len() + 2
}
