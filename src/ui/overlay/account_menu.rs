//! Profiles, regions and groups to switch to.

use super::menu;
use crate::app::App;
use crate::app::overlay::account_menu::AccountMenu;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::wrap;

/// Draws the list.
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
    let notes: Vec<String> = credentials
        .into_iter()
        .chain(draft.map(str::to_owned))
        .flat_map(|note| wrap(&note, canvas.width().saturating_sub(4)))
        .collect();
    let rows = canvas.height().saturating_sub(notes.len() + 1);
    let used = menu::draw(
        &contexts.menu,
        "switch to",
        &mut canvas.part(0, rows),
        |row, entry, style| row.text(style, &entry.text),
    );
    for (place, note) in notes.into_iter().enumerate() {
        let line = canvas.row().gap(3).text(theme.faint, &note);
        canvas.write(used + 1 + place, &line.line());
    }
}
