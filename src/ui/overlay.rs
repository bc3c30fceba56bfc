//! The overlays: views above a screen.

mod account_menu;
mod base_history;
mod calls;
mod help;
mod menu;
mod pager;
mod question;
mod rebase_dialog;
mod where_used;

use super::widget::canvas::Canvas;
use crate::app::App;
use crate::app::overlay::Overlay;

/// True for an overlay that hides the entire screen below.
pub(super) const fn covers(overlay: &Overlay) -> bool {
    !matches!(overlay, Overlay::Question(_))
}

/// Draws an overlay between header and footer.
pub(super) fn draw(app: &App, overlay: &Overlay, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    if covers(overlay) {
        canvas.clear();
    }
    match overlay {
        Overlay::Help(help) => help::draw(app, help, canvas),
        Overlay::Calls(calls) => calls::draw(session, calls, canvas),
        Overlay::Pager(text) => pager::draw(session, text, canvas),
        Overlay::BaseHistory(history) => base_history::draw(session, history, canvas),
        Overlay::WhereUsed(where_used) => where_used::draw(session, where_used, canvas),
        Overlay::AccountMenu(menu) => account_menu::draw(session, menu, canvas),
        Overlay::Question(question) => question::draw(session, question, canvas),
        Overlay::RebaseDialog(dialog) => rebase_dialog::draw(session, dialog, canvas),
    }
}
