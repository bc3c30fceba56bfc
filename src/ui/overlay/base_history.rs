//! The group's versions, to choose another base.

use super::menu;
use crate::app::overlay::base_history::BaseHistory;
use crate::app::remote::Listing;
use crate::app::work::Work;
use crate::app::{App, KeyContext};
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::{width, wrap};

pub(super) fn draw(app: &App, history: &BaseHistory, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let title = format!("versions of {}", session.open_group_name());
    let used = menu::draw(&history.menu, &title, canvas, |row, entry, style| {
        row.text(style, &entry.text)
    });
    let group = session.work().map(|work: &Work| &work.group);
    let listing = group.and_then(|group| session.catalog().group_version_list(group));
    let deployments = group.and_then(|group| session.catalog().deployments(group));
    let mut below = canvas.block();
    let faint = below.theme.faint;
    if listing.is_none_or(Listing::is_growing) {
        below.line(3, faint, "Loading the versions…");
    }
    let errors = [
        listing.and_then(|listing| listing.error()),
        deployments.and_then(|deployments| deployments.error()),
    ];
    for error in errors.into_iter().flatten() {
        below.blank();
        below.failure(3, error, Keys::new(session, KeyContext::BaseHistory));
    }
    // The full line of the selected version, if it does not fit on the screen.
    let selected = history.menu.visible().nth(history.menu.cursor());
    if let Some(entry) = selected.filter(|entry| width(&entry.text) + 3 > below.width) {
        below.blank();
        for (place, part) in wrap(&entry.text, below.width.saturating_sub(6))
            .iter()
            .enumerate()
        {
            below.line(if place == 0 { 3 } else { 5 }, faint, part);
        }
    }
    canvas.write_all(used, &below.lines);
}
