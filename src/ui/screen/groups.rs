//! The Groups screen: one line for each group of the account.

use ratatui::text::Line;

use crate::app::connection::ConnectionState;
use crate::app::keymap::KeyContext;
use crate::app::picker::VisibleRow;
use crate::app::screen::groups::Groups;
use crate::app::session::Session;
use crate::app::{App, Command};
use crate::domain::id::short_id;
use crate::domain::{Group, GroupId};
use crate::ui::naming::group_name;
use crate::ui::screen::assemble::sort_words;
use crate::ui::widget::failure::failure_lines;
use crate::ui::widget::lit::Lit;
use crate::ui::widget::paper::Paper;
use crate::ui::widget::rule::Rule;
use crate::ui::widget::search_line::search_line;

/// Below this the word before the latest version is left out.
const NARROW: usize = 66;

/// Draws the list, or why there is none.
pub(super) fn draw(app: &App, groups: &Groups, paper: &mut Paper<'_, '_>) {
    let session = &app.session;
    paper.write(0, &title(session, groups, paper));
    let mut first = 1;
    if groups.picker.has_search_line() {
        let is_typing = groups.picker.is_typing();
        search_line(paper, first, "/", groups.picker.input(), is_typing);
        first += 1;
    }
    let rows = paper.height().saturating_sub(first);
    let mut drawn = 0;
    for row in groups.picker.window(rows) {
        if let Some(group) = session.catalog().group(row.id) {
            let line = group_line(&row, group, paper);
            paper.write(first + drawn, &line);
            if row.is_selected && !groups.picker.is_typing() {
                paper.put_cursor(first + drawn, 1);
            }
            drawn += 1;
        }
    }
    let below = remarks(session, groups, paper);
    if drawn == 0 && !groups.picker.is_typing() {
        let blank = below
            .iter()
            .take_while(|line| line.spans.is_empty())
            .count();
        paper.put_cursor(first + blank, 1);
    }
    paper.write_all(first + drawn, &below);
}

fn title(session: &Session, groups: &Groups, paper: &Paper<'_, '_>) -> Line<'static> {
    let listing = session.catalog().groups();
    let growing = if listing.is_growing() {
        paper.theme.symbols.ellipsis
    } else {
        ""
    };
    let (matching, all) = (groups.picker.matching(), groups.picker.len());
    let count = if groups.picker.has_search_line() {
        format!("{matching}/{all}{growing}")
    } else {
        format!("{all}{growing}")
    };
    let right = format!("{count}  {}", sort_words(&groups.picker));
    let mut rule = Rule::titled(paper.theme, "groups");
    rule.is_focused = true;
    rule.right = &right;
    rule.line(paper.theme, paper.width())
}

/// ` > press-line-3   5f2c81aa  changed 2025-11-02 08:00Z  latest 9f8e21c0`.
fn group_line(
    row: &VisibleRow<'_, GroupId>,
    group: &Group,
    paper: &Paper<'_, '_>,
) -> Line<'static> {
    let theme = paper.theme;
    let style = if row.is_selected {
        theme.selected
    } else {
        theme.plain
    };
    let name = match &group.name {
        Some(name) if !name.is_empty() => Lit::characters(name, &row.highlights.name),
        Some(_) | None => Lit::dark(&group_name(group)),
    };
    let time = group.updated.or(group.created);
    let time = time.map_or_else(|| "-".to_owned(), |time| time.to_string());
    let is_narrow = paper.width() < NARROW;
    let latest = match &group.latest {
        Some(latest) if is_narrow => latest.short().to_owned(),
        Some(latest) => format!("latest {}", latest.short()),
        None if is_narrow => "no version".to_owned(),
        None => "no version yet".to_owned(),
    };
    let name_cells = paper.width().saturating_sub(52).clamp(14, 48);
    paper
        .row()
        .gap(1)
        .cell(theme.marker, marker(paper, row.is_selected), 2)
        .lit_cell(style, &name, name_cells)
        .gap(2)
        .lit_cell(theme.plain, &short(row, group), 8)
        .gap(2)
        .cell(theme.faint, &time, 17)
        .gap(2)
        .text(
            if group.latest.is_some() {
                theme.plain
            } else {
                theme.faint
            },
            &latest,
        )
        .line()
}

/// The short id with what a search has matched of it.
fn short(row: &VisibleRow<'_, GroupId>, group: &Group) -> Lit {
    let id = short_id(group.id.as_str());
    let start = group.arn.as_deref().and_then(|arn| arn.find(id));
    let start = start.unwrap_or_default();
    let stretches: Vec<_> = row
        .highlights
        .arn
        .iter()
        .map(|stretch| stretch.start.saturating_sub(start)..stretch.end.saturating_sub(start))
        .collect();
    Lit::bytes(id, &stretches)
}

fn marker(paper: &Paper<'_, '_>, is_selected: bool) -> &'static str {
    if is_selected {
        paper.theme.symbols.marker
    } else {
        ""
    }
}

/// What there is to say below the last row.
fn remarks(session: &Session, groups: &Groups, paper: &Paper<'_, '_>) -> Vec<Line<'static>> {
    let theme = paper.theme;
    let sentence = |text: &str| paper.row().gap(3).text(theme.faint, text).line();
    if let ConnectionState::Failed(failure) = session.connection().state() {
        let failure = paper.row().gap(3).text(theme.error, &failure.message);
        return vec![failure.line()];
    }
    let listing = session.catalog().groups();
    let mut lines = Vec::new();
    if let Some(error) = listing.error() {
        lines.push(Line::default());
        lines.extend(failure_lines(theme, error, 3, paper.width()));
    } else if groups.picker.is_empty() && listing.is_growing() {
        lines.push(sentence("The groups are being read."));
        if let Some(trial) = session
            .calls()
            .retrying_call_of("ListGroups", session.now())
        {
            let words = paper.row().gap(3).text(theme.warning, &trial.words());
            lines.push(words.line());
        }
    } else if groups.picker.is_empty() {
        lines.push(sentence("There is no group in this account and region."));
        let context = session
            .keymap()
            .key_name(KeyContext::Groups, Command::SwitchAccount);
        lines.push(sentence(&format!("{context} switches profile and region.")));
    } else if groups.picker.matching() == 0 {
        let clear = session
            .keymap()
            .key_name(KeyContext::Search, Command::ClearSearch);
        let text = format!(
            "None of {} matches; {clear} clears the filter.",
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
