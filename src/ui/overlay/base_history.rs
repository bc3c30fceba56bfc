//! The group's versions, to choose another base.

use super::menu;
use crate::app::overlay::base_history::BaseHistory;
use crate::app::remote::Listing;
use crate::app::work::Work;
use crate::app::{App, KeyContext};
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::{width, wrap};
use crate::ui::widget::failure::Failure;

/// Draws one line for each version.
pub(super) fn draw(app: &App, history: &BaseHistory, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let theme = canvas.theme;
    let title = format!("versions of {}", session.open_group_name());
    let used = menu::draw(&history.menu, &title, canvas, |row, entry, style| {
        row.text(style, &entry.text)
    });
    let group = session.work().map(|work: &Work| &work.group);
    let listing = group.and_then(|group| session.catalog().group_version_list(group));
    let deployments = group.and_then(|group| session.catalog().deployments(group));
    let mut line = used;
    if listing.is_none_or(Listing::is_growing) {
        let row = canvas.row().gap(3);
        let row = row.text(theme.faint, "Loading the versions…");
        canvas.write(line, &row.line());
        line += 1;
    }
    let errors = [
        listing.and_then(|listing| listing.error()),
        deployments.and_then(|deployments| deployments.error()),
    ];
    for error in errors.into_iter().flatten() {
        line += 1;
        let failure = Failure {
            theme,
            indent: 3,
            width: canvas.width(),
        };
        let keys = Keys::new(session, KeyContext::BaseHistory);
        let lines = failure.with_advice(error, keys);
        canvas.write_all(line, &lines);
        line += lines.len();
    }
    full_row(history, line, canvas);
}

/// The full line of the selected version, if it does not fit on the screen.
fn full_row(history: &BaseHistory, line: usize, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let Some(entry) = history.menu.visible().nth(history.menu.cursor()) else {
        return;
    };
    if width(&entry.text) + 3 <= canvas.width() {
        return;
    }
    for (place, part) in wrap(&entry.text, canvas.width().saturating_sub(6))
        .iter()
        .enumerate()
    {
        let indent = if place == 0 { 3 } else { 5 };
        let row = canvas.row().gap(indent).text(theme.faint, part);
        canvas.write(line + 1 + place, &row.line());
    }
}
