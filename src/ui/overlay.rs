//! What lies above a screen.

mod calls;
mod contexts;
mod help;
mod history;
mod menu;
mod moved;
mod question;
mod reader;
mod users;

use super::widget::paper::Paper;
use crate::app::App;
use crate::app::overlay::Overlay;

/// True for an overlay that leaves nothing of the screen below visible.
pub(super) const fn covers(overlay: &Overlay) -> bool {
    !matches!(overlay, Overlay::Question(_))
}

/// Draws an overlay between header and footer.
pub(super) fn draw(app: &App, overlay: &Overlay, paper: &mut Paper<'_, '_>) {
    let session = &app.session;
    if covers(overlay) {
        paper.clear();
    }
    match overlay {
        Overlay::Help(help) => help::draw(app, help, paper),
        Overlay::Calls(calls) => calls::draw(session, calls, paper),
        Overlay::Reader(reader) => reader::draw(reader, paper),
        Overlay::History(history) => history::draw(session, history, paper),
        Overlay::Users(users) => users::draw(session, users, paper),
        Overlay::Contexts(contexts) => contexts::draw(session, contexts, paper),
        Overlay::Question(question) => question::draw(session, question, paper),
        Overlay::Moved(moved) => moved::draw(session, moved, paper),
    }
}
