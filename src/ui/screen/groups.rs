//! The Groups screen: one line for each group of the account.

mod preview;

use ratatui::text::Line;

use crate::app::keymap::KeyContext;
use crate::app::picker::VisibleRow;
use crate::app::screen::groups::Groups;
use crate::app::session::Session;
use crate::app::{App, Command};
use crate::domain::content::TermField;
use crate::domain::id::short_id;
use crate::domain::{Group, GroupId};
use crate::ui::keys::Keys;
use crate::ui::naming::{day, group_name, in_draft};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::failure::Failure;
use crate::ui::widget::highlighted::Highlighted;
use crate::ui::widget::search_line::{FIELDS, search_line};
use crate::ui::widget::side;
use crate::ui::widget::titled_rule::TitledRule;

/// Below this width, the word before the latest version is left out.
const NARROW: usize = 66;

/// `2026-05-01`.
const DAY: usize = 10;

/// `draft: older base`.
const DRAFT: usize = 17;

/// Draws the list, and next to it the group on which the cursor has rested, if there is room.
pub(super) fn draw(app: &App, groups: &Groups, canvas: &mut Canvas<'_, '_>) {
    if !groups.preview.is_open(&app.session) {
        draw_list(app, groups, canvas);
        return;
    }
    let (list, beside) = side::parts(canvas.area);
    let mut canvas_of_list = Canvas::new(canvas.frame, canvas.theme, list);
    draw_list(app, groups, &mut canvas_of_list);
    let mut canvas = Canvas::new(canvas.frame, canvas.theme, beside);
    preview::draw(&app.session, &groups.preview, &mut canvas);
}

/// Draws the list, or the reason why it is empty.
fn draw_list(app: &App, groups: &Groups, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    canvas.write(0, &title(session, groups, canvas));
    let mut first = 1;
    if groups.picker.has_search_line() {
        let is_typing = groups.picker.is_in_line();
        search_line(
            canvas,
            first,
            "/",
            (groups.picker.input(), FIELDS),
            is_typing,
        );
        first += 1;
    }
    let names = session.catalog().groups().items().iter();
    let names = names.filter_map(|group| group.name.as_deref());
    let longest = names.map(str::len).max().unwrap_or(0);
    let rows = canvas.height().saturating_sub(first);
    let mut drawn = 0;
    for row in groups.picker.window(rows) {
        if let Some(group) = session.catalog().group(row.id) {
            let line = group_line((session, groups), longest, &row, group, canvas);
            canvas.write(first + drawn, &line);
            if row.is_selected && !groups.picker.is_in_line() {
                canvas.put_cursor(first + drawn, 1);
            }
            drawn += 1;
        }
    }
    let below = remarks(session, groups, canvas);
    if drawn == 0 && !groups.picker.is_typing() {
        let blank = below
            .iter()
            .take_while(|line| line.spans.is_empty())
            .count();
        canvas.put_cursor(first + blank, 1);
    }
    canvas.write_all(first + drawn, &below);
}

fn title(session: &Session, groups: &Groups, canvas: &Canvas<'_, '_>) -> Line<'static> {
    let listing = session.catalog().groups();
    let growing = if listing.is_growing() {
        canvas.theme.symbols.ellipsis
    } else {
        ""
    };
    let (matching, all) = (groups.picker.matching(), groups.picker.len());
    let count = if groups.picker.has_search_line() {
        format!("{matching}/{all}{growing}")
    } else {
        format!("{all}{growing}")
    };
    let order = if groups.picker.input().is_empty() {
        "by name"
    } else {
        "best match first"
    };
    let read = groups.picker.with_contents();
    let is_read = read == all || !(groups.picker.has_search_line() || groups.is_reading_rest);
    let right = if is_read {
        format!("{count}  {order}")
    } else {
        format!("{count}, contents of {read} read")
    };
    let mut rule = TitledRule::titled(canvas.theme, "groups");
    rule.is_focused = true;
    rule.right = &right;
    rule.line(canvas.theme, canvas.width())
}

/// ` > press-line-3   5f2c81aa  latest 9f8e21c0  2025-11-02`.
fn group_line(
    (session, groups): (&Session, &Groups),
    longest: usize,
    row: &VisibleRow<'_, GroupId>,
    group: &Group,
    canvas: &Canvas<'_, '_>,
) -> Line<'static> {
    let theme = canvas.theme;
    let style = theme.row(row.is_selected);
    let name = match &group.name {
        Some(name) if !name.is_empty() => Highlighted::characters(name, &row.highlights.name),
        Some(_) | None => Highlighted::none(&group_name(group)),
    };
    let latest = group.latest.as_ref();
    let read = latest.and_then(|latest| session.catalog().group_version(row.id, latest).ready());
    let created = read.and_then(|version| version.created);
    let is_narrow = canvas.width() < NARROW;
    let latest = match &group.latest {
        Some(latest) if is_narrow => latest.short().to_owned(),
        Some(latest) => format!("latest {}", latest.short()),
        None if is_narrow => "no version".to_owned(),
        None => "no version yet".to_owned(),
    };
    let latest_cells = if is_narrow { 10 } else { 15 };
    let matched = row.highlights.item.as_ref();
    let item = matched.filter(|matched| matched.field != TermField::Row);
    let slot = item.and_then(|matched| groups.matched_slot(group, matched, session));
    let draft = session.changed_in_draft(row.id);
    let draft = draft.map_or_else(String::new, |changed| {
        format!("draft: {}", in_draft(changed))
    });
    let drafts = if session.has_drafts() { DRAFT + 2 } else { 0 };
    let names = canvas.width().saturating_sub(44 + drafts);
    let name_cells = names.clamp(14, longest.max(48));
    let row = canvas
        .row()
        .gap(1)
        .cell(theme.marker, marker(canvas, row.is_selected), 2)
        .highlighted_name(style, &name, name_cells)
        .gap(2)
        .highlighted_cell(theme.plain, &short(row, group), 8)
        .gap(2);
    let row = if let Some(matched) = item {
        let place = slot.map_or_else(String::new, |slot| format!(" in {slot}"));
        let text = format!("{}{place}", matched.text);
        let text = Highlighted::item(&text, Some(matched));
        row.highlighted_cell(theme.faint, &text, latest_cells + 2 + DAY)
    } else {
        let style = if group.latest.is_some() {
            theme.plain
        } else {
            theme.faint
        };
        row.highlighted_cell(style, &Highlighted::item(&latest, matched), latest_cells)
            .gap(2)
            .highlighted_cell(theme.faint, &Highlighted::item(&day(created), matched), DAY)
    };
    row.gap(2).text(theme.changed, &draft).line()
}

/// The short id with the search matches highlighted.
fn short(row: &VisibleRow<'_, GroupId>, group: &Group) -> Highlighted {
    let id = short_id(group.id.as_str());
    let start = group.arn.as_deref().and_then(|arn| arn.find(id));
    let start = start.unwrap_or_default();
    let stretches: Vec<_> = row
        .highlights
        .arn
        .iter()
        .map(|stretch| stretch.start.saturating_sub(start)..stretch.end.saturating_sub(start))
        .collect();
    Highlighted::bytes(id, &stretches)
}

fn marker(canvas: &Canvas<'_, '_>, is_selected: bool) -> &'static str {
    if is_selected {
        canvas.theme.symbols.marker
    } else {
        ""
    }
}

/// The messages below the last row.
fn remarks(session: &Session, groups: &Groups, canvas: &Canvas<'_, '_>) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let sentence = |text: &str| canvas.row().gap(3).text(theme.faint, text).line();
    let listing = session.catalog().groups();
    let mut lines = Vec::new();
    if let Some(error) = listing.error() {
        lines.push(Line::default());
        let failure = Failure {
            theme,
            indent: 3,
            width: canvas.width(),
        };
        let keys = Keys::new(session, KeyContext::Groups);
        lines.extend(failure.with_advice(error, keys));
    } else if groups.picker.is_empty() && listing.is_growing() {
        lines.push(sentence("Loading the groups…"));
        if let Some(trial) = session
            .calls()
            .retrying_call_of("ListGroups", session.now())
            .or_else(|| session.calls().retrying_call(session.now()))
        {
            let words = canvas.row().gap(3).text(theme.warning, &trial.words());
            lines.push(words.line());
        }
    } else if groups.picker.is_empty() {
        lines.push(sentence("No groups in this account and region."));
        let context = session
            .keymap()
            .key_name(KeyContext::Groups, Command::SwitchAccount);
        lines.push(sentence(&format!("{context} switches profile and region.")));
    } else if groups.picker.matching() == 0 {
        let clear = session
            .keymap()
            .key_name(KeyContext::Search, Command::ClearSearch);
        let text = format!(
            "No match among {}; {clear} clears the filter.",
            groups.picker.len()
        );
        lines.push(sentence(&text));
    }
    if listing.unreadable() > 0 {
        let text = format!("{} more could not be read.", listing.unreadable());
        lines.push(sentence(&text));
    }
    lines
}
