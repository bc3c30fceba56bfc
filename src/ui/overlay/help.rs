//! The help: the keys that are valid here, what they do, and why a command is unavailable.

use super::menu;
use crate::app::App;
use crate::app::overlay::help::{Help, HelpRow};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::width;

/// The narrowest column of keys, in cells.
const MIN_KEYS: usize = 16;

/// Draws the table of keys.
pub(super) fn draw(app: &App, help: &Help, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let title = format!("keys: {}", help.context.name());
    let keys = help.menu.visible().map(|row| width(&row.value.keys));
    let column = keys.max().unwrap_or(0).max(MIN_KEYS);
    let used = menu::draw(&help.menu, &title, canvas, |row, entry, is_selected| {
        let HelpRow {
            command,
            keys,
            does,
        } = &entry.value;
        let why = app.unavailable_below(*command);
        let style = match (is_selected, &why) {
            (_, Some(_)) => theme.faint,
            (true, None) => theme.selected,
            (false, None) => theme.plain,
        };
        let row = row.cell(theme.key, keys, column).gap(1).text(style, does);
        match why {
            Some(why) => row.gap(2).text(theme.faint, &why.to_string()),
            None => row,
        }
    });
    let notes = [
        "",
        "words are ANDed: fuzzy  'exact  ^start  end$  !not; ids and ARNs match too",
        "* is what the slot holds; a state in capitals differs from the base",
    ];
    for (place, note) in notes.iter().enumerate() {
        let line = canvas.row().gap(3).text(theme.faint, note);
        canvas.write(used + place, &line.line());
    }
}
