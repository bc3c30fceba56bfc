//! The group's versions, to start from another one.

use super::menu;
use crate::app::Session;
use crate::app::overlay::base_history::BaseHistory;
use crate::app::remote::Listing;
use crate::app::work::Work;
use crate::ui::widget::cells::{width, wrap};
use crate::ui::widget::failure::failure_lines;
use crate::ui::widget::paper::Paper;

/// Draws one line for each version.
pub(super) fn draw(session: &Session, history: &BaseHistory, paper: &mut Paper<'_, '_>) {
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
    let group = session.work().map(|work: &Work| &work.group);
    let listing = group.and_then(|group| session.catalog().group_version_list(group));
    let deployments = group.and_then(|group| session.catalog().deployments(group));
    let mut line = used;
    if listing.is_none_or(Listing::is_growing) {
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
        line += 1;
        let lines = failure_lines(theme, error, 3, paper.width());
        paper.write_all(line, &lines);
        line += lines.len();
    }
    whole_row(history, line, paper);
}

/// The highlighted version's line in full, where it is longer than the screen is wide.
fn whole_row(history: &BaseHistory, line: usize, paper: &mut Paper<'_, '_>) {
    let theme = paper.theme;
    let Some(entry) = history.menu.visible().nth(history.menu.cursor()) else {
        return;
    };
    if width(&entry.text) + 3 <= paper.width() {
        return;
    }
    for (place, part) in wrap(&entry.text, paper.width().saturating_sub(6))
        .iter()
        .enumerate()
    {
        let indent = if place == 0 { 3 } else { 5 };
        let row = paper.row().gap(indent).text(theme.faint, part);
        paper.write(line + 1 + place, &row.line());
    }
}
