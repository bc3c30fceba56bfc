//! Which groups' latest versions hold a definition version.

use ratatui::text::Line;

use crate::app::Session;
use crate::app::overlay::where_used::{GroupsUsing, WhereUsed};
use crate::ui::naming::{counted, definition_name, group_name};
use crate::ui::widget::paper::Paper;
use crate::ui::widget::rule::Rule;

/// Draws the groups that hold it, then those that hold another version of its definition.
pub(super) fn draw(session: &Session, users: &WhereUsed, paper: &mut Paper<'_, '_>) {
    let theme = paper.theme;
    let found = users.found(session);
    let name = definition_name(session.catalog(), &users.arn);
    let mut rule = Rule::titled(
        theme,
        &format!("where {name} {} is used", users.arn.short()),
    );
    rule.is_focused = true;
    let more = if found.all_groups_known {
        ""
    } else {
        theme.symbols.ellipsis
    };
    let right = format!("{} of {}{more} groups read", found.read, found.groups);
    rule.right = &right;
    paper.write(0, &rule.line(theme, paper.width()));
    let lines = lines(users, &found, paper);
    paper.write_all(1, lines.iter().skip(users.top(&found)));
    paper.put_cursor(1, 1);
}

fn lines(users: &WhereUsed, found: &GroupsUsing<'_>, paper: &Paper<'_, '_>) -> Vec<Line<'static>> {
    let theme = paper.theme;
    let mut lines = Vec::new();
    for group in &found.users {
        let row = paper
            .row()
            .gap(3)
            .cell(theme.plain, &group_name(group), 32)
            .gap(2)
            .cell(theme.plain, group.id.short(), 8)
            .gap(2)
            .text(theme.ok, "this version");
        lines.push(row.line());
    }
    for (group, held) in &found.others {
        let row = paper
            .row()
            .gap(3)
            .cell(theme.plain, &group_name(group), 32)
            .gap(2)
            .cell(theme.plain, group.id.short(), 8)
            .gap(2)
            .text(theme.faint, &format!("another version, {}", held.short()));
        lines.push(row.line());
    }
    let is_done = found.all_groups_known && found.read + found.failed == found.groups;
    let remark = match (is_done, found.users.len(), found.others.len()) {
        (false, ..) => "The groups are being read one by one.".to_owned(),
        (true, 0, 0) => {
            let short = users.arn.short();
            format!("No group's latest version holds {short} or another version of it.")
        }
        (true, users, _) => format!("{} this version.", held_by(users)),
    };
    lines.push(paper.row().gap(3).text(theme.faint, &remark).line());
    if found.failed > 0 {
        let text = format!("{} could not be read.", counted(found.failed, "group"));
        lines.push(paper.row().gap(3).text(theme.warning, &text).line());
    }
    lines
}

fn held_by(users: usize) -> String {
    match users {
        1 => "1 group holds".to_owned(),
        more => format!("{more} groups hold"),
    }
}
