//! The help: the keys that are valid here with what they do, and why a command can do nothing now.

use super::menu;
use crate::app::App;
use crate::app::overlay::help::Help;
use crate::ui::widget::paper::Paper;

/// Where the app's rows put what a command does.
const KEYS: usize = 16;

/// Draws the table of keys.
pub(super) fn draw(app: &App, help: &Help, paper: &mut Paper<'_, '_>) {
    let theme = paper.theme;
    let title = format!("keys: {}", help.context.name());
    let used = menu::draw(&help.menu, &title, paper, |row, entry, is_selected| {
        let (keys, what) = split(&entry.text);
        let why = app.unavailable_below(entry.value);
        let style = match (is_selected, &why) {
            (_, Some(_)) => theme.faint,
            (true, None) => theme.selected,
            (false, None) => theme.plain,
        };
        let row = row.cell(theme.key, keys, KEYS).gap(1).text(style, what);
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
        let line = paper.row().gap(3).text(theme.faint, note);
        paper.write(used + place, &line.line());
    }
}

/// The keys, and what they do.
fn split(text: &str) -> (&str, &str) {
    match text.find("  ") {
        Some(gap) => (
            text.get(..gap).unwrap_or_default(),
            text.get(gap..).unwrap_or_default().trim_start(),
        ),
        None => text.split_at_checked(KEYS).unwrap_or((text, "")),
    }
}
