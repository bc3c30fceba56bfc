//! The fixes of a finding: the list, the finding, and the new findings and changes of the selected fix.

use super::menu;
use crate::app::App;
use crate::app::overlay::fixes::Fixes;
use crate::domain::plural::counted;
use crate::domain::printable::printable;
use crate::ui::naming::severity_style;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::width;

/// The maximum number of rows of the list; the difference below it gets the rest.
const MAX_ROWS: usize = 8;

pub(super) fn draw(app: &App, view: &Fixes, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let half = canvas.height() / 2;
    let rows = (view.menu.len() + 2).min(MAX_ROWS).min(half.max(3));
    let used = menu::draw(
        &view.menu,
        "fix by",
        &mut canvas.part(0, rows),
        |row, entry, style| {
            let adds = match entry.value.adds.len() {
                0 => String::new(),
                adds => format!("  adds {}", counted(adds, "finding")),
            };
            let room = row.left().saturating_sub(width(&adds));
            let cells = width(&printable(&entry.text)).min(room);
            row.name(style, &entry.text, cells)
                .text(theme.warning, &adds)
        },
    );
    let mut below = canvas.block();
    if view.menu.is_empty() {
        below.text(3, theme.faint, "No fix is known; edit the content.");
    }
    if let Some(finding) = view.finding() {
        let text = format!("{}: {}", finding.severity.words(), finding.message);
        below.text(3, severity_style(theme, finding.severity), &text);
    }
    let adds = view.selected().map_or(&[][..], |fix| &fix.adds);
    for message in adds {
        below.text(3, theme.warning, &format!("would add: {message}"));
    }
    let difference = view.difference(&app.session);
    if !difference.is_empty() {
        below.title("difference", "");
    }
    for line in &difference {
        below.full(3, line);
    }
    canvas.write_all(used.max(1), &below.lines);
}
