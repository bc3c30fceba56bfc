//! The fixes of a finding: the list, the finding, and the new findings and changes of the selected fix.

use super::menu;
use crate::app::App;
use crate::app::overlay::fixes::Fixes;
use crate::domain::plural::counted;
use crate::domain::printable::printable;
use crate::ui::naming::severity_style;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::{width, wrap};
use crate::ui::widget::text_lines::full_lines;
use crate::ui::widget::titled_rule::TitledRule;

/// The maximum number of rows of the list; the difference below it gets the rest.
const MAX_ROWS: usize = 8;

/// Draws the list and the details of the selected fix.
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
            let row = row.name(style, &entry.text, cells);
            row.text(theme.warning, &adds)
        },
    );
    let mut line = used.max(1);
    let mut write = |canvas: &mut Canvas<'_, '_>, style, text: &str| {
        for part in wrap(text, canvas.width().saturating_sub(4)) {
            let row = canvas.row().gap(3).text(style, &part);
            canvas.write(line, &row.line());
            line += 1;
        }
    };
    if view.menu.is_empty() {
        write(canvas, theme.faint, "No fix is known; edit the content.");
    }
    if let Some(finding) = view.finding() {
        let text = format!("{}: {}", finding.severity.words(), finding.message);
        write(canvas, severity_style(theme, finding.severity), &text);
    }
    let adds = view.selected().map_or(&[][..], |fix| &fix.adds);
    for message in adds {
        write(canvas, theme.warning, &format!("would add: {message}"));
    }
    let difference = view.difference(&app.session);
    if !difference.is_empty() {
        let rule = TitledRule::titled(theme, "difference");
        canvas.write(line, &rule.line(theme, canvas.width()));
        let width = canvas.width();
        let lines: Vec<_> = difference
            .iter()
            .flat_map(|text| full_lines(theme, text, 3, width))
            .collect();
        canvas.write_all(line + 1, &lines);
    }
}
