//! Profiles, regions and groups to switch to.

use super::menu;
use crate::app::Session;
use crate::app::overlay::account_menu::AccountMenu;
use crate::ui::widget::canvas::Canvas;

/// Draws the list.
pub(super) fn draw(session: &Session, contexts: &AccountMenu, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let used = menu::draw(
        &contexts.menu,
        "switch to",
        canvas,
        |row, entry, is_selected| {
            let style = if is_selected {
                theme.selected
            } else {
                theme.plain
            };
            row.text(style, &entry.text)
        },
    );
    if let Some(work) = session.work() {
        let text = if session.keeps_draft(work) {
            "The draft is kept in its file."
        } else {
            "The draft is kept while this program runs."
        };
        let line = canvas.row().gap(3).text(theme.faint, text);
        canvas.write(used + 1, &line.line());
    }
}
