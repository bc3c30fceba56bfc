//! What lies above a screen.

mod account_menu;
mod base_history;
mod calls;
mod help;
mod menu;
mod pager;
mod question;
mod rebase_dialog;
mod where_used;

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
        Overlay::Pager(text) => pager::draw(session, text, paper),
        Overlay::BaseHistory(history) => base_history::draw(session, history, paper),
        Overlay::WhereUsed(where_used) => where_used::draw(session, where_used, paper),
        Overlay::AccountMenu(menu) => account_menu::draw(session, menu, paper),
        Overlay::Question(question) => question::draw(session, question, paper),
        Overlay::RebaseDialog(dialog) => rebase_dialog::draw(session, dialog, paper),
    }
}
