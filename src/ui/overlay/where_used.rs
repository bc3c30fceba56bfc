//! The groups whose latest version uses a definition version.

use ratatui::text::Line;

use crate::app::App;
use crate::app::overlay::where_used::{GroupsUsing, WhereUsed};
use crate::domain::plural::counted;
use crate::ui::naming::{definition_name, group_name};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::titled_rule::TitledRule;

/// Draws the groups that use it, then those that use another version of its definition.
pub(super) fn draw(app: &App, users: &WhereUsed, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let theme = canvas.theme;
    let found = users.found(session);
    let name = definition_name(session.catalog(), &users.arn);
    let mut rule = TitledRule::titled(theme, &format!("groups using {name} {}", users.arn.short()));
    rule.is_focused = true;
    let more = if found.all_groups_known {
        ""
    } else {
        theme.symbols.ellipsis
    };
    let right = format!("{} of {}{more} groups read", found.read, found.groups);
    rule.right = &right;
    canvas.write(0, &rule.line(theme, canvas.width()));
    let lines = lines(users, &found, canvas);
    canvas.write_all(1, lines.iter().skip(users.top(&found)));
    canvas.put_cursor(1, 1);
}

fn lines(
    users: &WhereUsed,
    found: &GroupsUsing<'_>,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let groups = found
        .users
        .iter()
        .chain(found.others.iter().map(|(group, _)| group));
    let longest = groups.map(|group| group_name(group).len()).max();
    let room = canvas.width().saturating_sub(48).max(16);
    let names = longest.unwrap_or(0).max(32).min(room);
    let mut lines = Vec::new();
    let using = found.users.iter().map(|group| (group, None));
    let others = found.others.iter().map(|(group, held)| (group, Some(held)));
    for (group, other) in using.chain(others) {
        let row = canvas
            .row()
            .gap(3)
            .name(theme.plain, &group_name(group), names)
            .gap(2)
            .cell(theme.plain, group.id.short(), 8)
            .gap(2);
        let row = match other {
            None => row.text(theme.ok, "this version"),
            Some(held) => row.text(theme.faint, &format!("another version, {}", held.short())),
        };
        lines.push(row.line());
    }
    let is_done = found.all_groups_known && found.read + found.failed == found.groups;
    let remark = match (is_done, found.users.len(), found.others.len()) {
        (false, ..) => "Loading the groups one by one…".to_owned(),
        (true, 0, 0) => {
            let short = users.arn.short();
            format!("No group's latest version uses {short} or another version of it.")
        }
        (true, users, _) => format!("{} this version.", held_by(users)),
    };
    lines.push(canvas.row().gap(3).text(theme.faint, &remark).line());
    if found.failed > 0 {
        let text = format!("{} could not be read.", counted(found.failed, "group"));
        lines.push(canvas.row().gap(3).text(theme.warning, &text).line());
    }
    lines
}

fn held_by(users: usize) -> String {
    match users {
        1 => "1 group uses".to_owned(),
        more => format!("{more} groups use"),
    }
}
