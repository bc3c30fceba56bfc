//! The group's versions, to start from another one.

use super::menu;
use crate::app::Session;
use crate::app::overlay::history::History;
use crate::app::text::error_lines;
use crate::app::work::Work;
use crate::ui::widget::paper::Paper;
use crate::ui::widget::text_lines::text_line;

/// Draws one line for each version.
pub(super) fn draw(session: &Session, history: &History, paper: &mut Paper<'_, '_>) {
    let theme = paper.theme;
    let title = format!("versions of {}", session.open_group_name());
    let used = menu::draw(&history.menu, &title, paper, |row, entry, is_selected| {
        let style = if is_selected {
            theme.selected
        } else {
            theme.plain
        };
        row.text(style, &entry.text)
    });
    let group = session.work.as_ref().map(|work: &Work| &work.group);
    let listing = group.and_then(|group| session.catalog.group_version_list(group));
    let deployments = group.and_then(|group| session.catalog.deployments(group));
    let mut line = used;
    if listing.is_none_or(|listing| listing.is_growing()) {
        let row = paper.row().gap(3);
        let row = row.text(theme.faint, "The versions are being read.");
        paper.write(line, &row.line());
        line += 1;
    }
    let errors = [
        listing.and_then(|listing| listing.error()),
        deployments.and_then(|deployments| deployments.error()),
    ];
    for error in errors.into_iter().flatten() {
        for text in error_lines(error) {
            line += 1;
            let mut indented = paper.row().gap(3).line();
            let room = paper.width().saturating_sub(3);
            indented
                .spans
                .extend(text_line(theme, &text, 0, room).spans);
            paper.write(line, &indented);
        }
    }
}
