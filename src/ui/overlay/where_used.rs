//! The groups that use a definition version, another version of its definition, or an item of it.

use super::menu;
use crate::app::App;
use crate::app::overlay::where_used::{UsedSlot, WhereUsed};
use crate::domain::plural::counted;
use crate::ui::naming::{definition_name, known_group_name};
use crate::ui::widget::canvas::Canvas;

/// Draws one line for each slot, and below them the groups that are not loaded.
pub(super) fn draw(app: &App, view: &WhereUsed, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let theme = canvas.theme;
    let name = definition_name(session.catalog(), &view.arn);
    let subject = match view.item() {
        Some(text) => text.to_owned(),
        None => format!("{} of {name}", view.arn.short()),
    };
    let rows = || view.menu.visible().map(|row| &row.value);
    let longest = rows()
        .map(|slot| known_group_name(session, &slot.group).len())
        .max();
    let room = canvas.width().saturating_sub(52).max(16);
    let names = longest.unwrap_or(0).clamp(16, room);
    let used = menu::draw(&view.menu, "", canvas, |row, entry, style| {
        let slot = &entry.value;
        let mark = if view.is_marked(slot) { "[x]" } else { "[ ]" };
        row.cell(theme.marker, mark, 3)
            .gap(1)
            .name(style, &known_group_name(session, &slot.group), names)
            .gap(2)
            .cell(theme.plain, slot.group.short(), 8)
            .gap(2)
            .text(theme.faint, &words(view, slot))
    });
    let progress = &view.progress;
    let more = if progress.all_groups_known {
        ""
    } else {
        theme.symbols.ellipsis
    };
    let read = format!("{} of {}{more} groups read", progress.read, progress.groups);
    canvas.title(&format!("groups using {subject}"), &read);
    let mut below = canvas.block();
    below.line(3, theme.faint, &remark(view, &subject));
    if let Some(words) = session.series().words() {
        below.line(3, theme.faint, &words);
    }
    if progress.failed > 0 {
        let text = format!("{} could not be read.", counted(progress.failed, "group"));
        below.line(3, theme.warning, &text);
    }
    canvas.write_all(used, &below.lines);
}

/// `this version`, `another version, 71c0be11`, `function 71c0be11`, with the deployed version unless it is
/// the latest.
fn words(view: &WhereUsed, slot: &UsedSlot) -> String {
    let held = slot.held.short();
    let words = match view.item() {
        Some(_) => format!("{} {held}", slot.held.kind()),
        None if slot.held == view.arn => "this version".to_owned(),
        None => format!("another version, {held}"),
    };
    match &slot.deployed {
        Some(version) => format!("{words}, deployed as {}", version.short()),
        None => words,
    }
}

fn remark(view: &WhereUsed, subject: &str) -> String {
    let progress = &view.progress;
    let is_done = progress.all_groups_known && progress.read + progress.failed == progress.groups;
    match (is_done, view.menu.len()) {
        (false, _) => "Loading the groups one by one…".to_owned(),
        (true, 0) => format!("No group uses {subject}."),
        (true, _) => {
            let rows = view.menu.visible().map(|row| &row.value);
            let latest = rows.filter(|slot| slot.deployed.is_none());
            let is_item = view.item().is_some();
            let this = latest.filter(|slot| is_item || slot.held == view.arn);
            let what = if is_item { "it" } else { "this version" };
            match this.count() {
                1 => format!("1 group uses {what}."),
                more => format!("{more} groups use {what}."),
            }
        }
    }
}
