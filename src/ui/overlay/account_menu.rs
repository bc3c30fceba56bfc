//! Profiles, regions and groups to switch to.

use super::menu;
use crate::app::App;
use crate::app::overlay::account_menu::AccountMenu;
use crate::ui::widget::canvas::Canvas;

pub(super) fn draw(app: &App, contexts: &AccountMenu, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let theme = canvas.theme;
    let credentials = session
        .connected()
        .map(|connected| &connected.credentials.text);
    let credentials = credentials
        .filter(|text| !text.is_empty())
        .map(|text| format!("Credentials: {text}."));
    let draft = session.work().map(|work| {
        if session.keeps_draft(work) {
            "The draft is kept in its file."
        } else {
            "The draft is kept while this program runs."
        }
    });
    let mut notes = canvas.block();
    for note in credentials.into_iter().chain(draft.map(str::to_owned)) {
        notes.text(3, theme.faint, &note);
    }
    let rows = canvas.height().saturating_sub(notes.lines.len() + 1);
    let used = menu::draw(
        &contexts.menu,
        "switch to",
        &mut canvas.part(0, rows),
        |row, entry, style| row.text(style, &entry.text),
    );
    canvas.write_all(used + 1, &notes.lines);
}
