//! The Groups screen: one line for each group of the account.

mod preview;

use ratatui::text::Line;

use crate::app::picker::VisibleRow;
use crate::app::screen::groups::{Groups, matched_slot};
use crate::app::{App, Command, KeyContext, Session};
use crate::domain::content::TermField;
use crate::domain::id::short_id;
use crate::domain::{Group, GroupId};
use crate::ui::keys::Keys;
use crate::ui::naming::{day, group_name, in_draft};
use crate::ui::widget::canvas::{Canvas, size_of};
use crate::ui::widget::highlighted::Highlighted;
use crate::ui::widget::list::picker_list;
use crate::ui::widget::row::{DAY, GUTTER, Row, SHORT_ID};
use crate::ui::widget::search_line::no_match;
use crate::ui::widget::text_block::TextBlock;
use crate::ui::widget::titled_rule::TitledRule;

/// Below this width, the word before the latest version is left out.
const NARROW: usize = 66;

/// `draft: older base`, in place of the day.
const DRAFT: usize = 17;

/// Draws the list, and next to it the group on which the cursor has rested, if there is room.
pub(super) fn draw(app: &App, groups: &Groups, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    if !groups.preview.is_open(session) {
        draw_list(session, groups, canvas);
        return;
    }
    let width = size_of(canvas.area).list_beside_preview();
    draw_list(session, groups, &mut canvas.columns(0, width));
    let mut beside = canvas.columns(width, u16::MAX);
    preview::draw(session, &groups.preview, &mut beside);
}

/// Draws the list, or the reason why it is empty.
fn draw_list(session: &Session, groups: &Groups, canvas: &mut Canvas<'_, '_>) {
    let names = session.catalog().groups().items().iter();
    let names = names.filter_map(|group| group.name.as_deref());
    let columns = GroupColumns::of_width(
        canvas.width(),
        names.map(str::len).max().unwrap_or(0),
        session.has_drafts(),
    );
    canvas.write(0, &title(session, groups, columns, canvas));
    let picker = &groups.picker;
    let rows = canvas.height().saturating_sub(1);
    let rows = rows.saturating_sub(usize::from(picker.has_search_line()));
    let catalog = session.catalog();
    let shown = picker.window_ids(rows);
    let shown = shown.filter_map(|id| catalog.group(id)?.name.as_deref());
    let others: Vec<&str> = shown.collect();
    let (first, drawn) = picker_list(canvas, picker, rows, |row, visible| {
        let group = catalog.group(visible.id)?;
        Some(group_row(session, (columns, &others), visible, group, row))
    });
    let mut below = canvas.block();
    remarks(session, groups, &mut below);
    let below = below.lines;
    if drawn == 0 && !picker.is_typing() {
        let blank = below.iter().take_while(|line| line.spans.is_empty());
        canvas.put_cursor(first + blank.count(), 1);
    }
    canvas.write_all(first + drawn, &below);
}

fn title(
    session: &Session,
    groups: &Groups,
    columns: GroupColumns,
    canvas: &Canvas<'_, '_>,
) -> Line<'static> {
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
    let mut rule = TitledRule::focused(canvas.theme, "groups").right(&right);
    rule.headings = columns.headings();
    rule.line(canvas.theme, canvas.width())
}

/// The columns of the list; they depend on its width, the longest name, and whether there are drafts.
#[derive(Debug, Clone, Copy)]
struct GroupColumns {
    name: usize,
    latest: usize,
    /// The day of the latest version, or the draft.
    last: usize,
}

impl GroupColumns {
    fn of_width(width: usize, longest_name: usize, has_drafts: bool) -> Self {
        let last = if has_drafts { DRAFT } else { DAY };
        let latest = if width < NARROW + last - DAY { 10 } else { 15 };
        let fixed = GUTTER + 2 + SHORT_ID + 2 + latest + 2 + last;
        let names = width.saturating_sub(fixed);
        Self {
            name: names.clamp(14, longest_name.max(48)),
            latest,
            last,
        }
    }

    const fn is_narrow(self) -> bool {
        self.latest == 10
    }

    fn headings(self) -> Vec<(usize, &'static str)> {
        let id = GUTTER + self.name + 2;
        let created = id + SHORT_ID + 2 + self.latest + 2;
        vec![(GUTTER, "name"), (id, "id"), (created, "created")]
    }
}

/// ` > press-line-3   5f2c81aa  latest 9f8e21c0  2025-11-02`.
fn group_row<'a>(
    session: &Session,
    (columns, others): (GroupColumns, &[&str]),
    visible: &VisibleRow<'_, GroupId>,
    group: &Group,
    row: Row<'a>,
) -> Row<'a> {
    let theme = row.theme();
    let style = theme.row(visible.is_selected);
    let name = match &group.name {
        Some(name) if !name.is_empty() => Highlighted::characters(name, &visible.highlights.name),
        Some(_) | None => Highlighted::none(&group_name(group)),
    };
    let latest = group.latest.as_ref();
    let created = latest.and_then(|latest| {
        let version = session.catalog().group_version(&group.id, latest);
        version.ready()?.created
    });
    let is_narrow = columns.is_narrow();
    let latest = match &group.latest {
        Some(latest) if is_narrow => latest.short().to_owned(),
        Some(latest) => format!("latest {}", latest.short()),
        None if is_narrow => "no version".to_owned(),
        None => "no version yet".to_owned(),
    };
    let matched = visible.highlights.item.as_ref();
    let item = matched.filter(|matched| matched.field != TermField::Row);
    let slot = item.and_then(|matched| matched_slot(group, matched, session));
    let draft = session.changed_in_draft(&group.id);
    let draft = draft.map(|changed| format!("draft: {}", in_draft(changed)));
    let name = name.fitted_among(others, columns.name, theme.symbols.ellipsis);
    let row = row
        .marker(visible.is_selected)
        .highlighted_cell(style, &name, columns.name)
        .gap(2)
        .highlighted_cell(style, &short(visible, group), SHORT_ID)
        .gap(2);
    if let Some(matched) = item {
        let place = slot.map_or_else(String::new, |slot| format!(" in {slot}"));
        let text = format!("{}{place}", matched.text);
        let text = Highlighted::item(&text, Some(matched));
        let cells = if draft.is_some() {
            columns.latest
        } else {
            columns.latest + 2 + columns.last
        };
        let row = row.highlighted_name(theme.faint, &text, cells);
        return match draft {
            Some(draft) => row.gap(2).text(theme.changed, &draft),
            None => row,
        };
    }
    let style = if group.latest.is_some() {
        theme.plain
    } else {
        theme.faint
    };
    let latest = Highlighted::item(&latest, matched);
    let row = row.highlighted_cell(style, &latest, columns.latest).gap(2);
    match draft {
        Some(draft) => row.text(theme.changed, &draft),
        None => row.highlighted_cell(theme.faint, &Highlighted::item(&day(created), matched), DAY),
    }
}

/// The short id with the search matches highlighted.
fn short(row: &VisibleRow<'_, GroupId>, group: &Group) -> Highlighted {
    let id = short_id(group.id.as_str());
    let start = group.arn.as_deref().and_then(|arn| arn.find(id));
    Highlighted::from_byte(id, &row.highlights.arn, start.unwrap_or_default())
}

/// The messages below the last row.
fn remarks(session: &Session, groups: &Groups, below: &mut TextBlock<'_>) {
    let (faint, warning) = (below.theme.faint, below.theme.warning);
    let keys = Keys::new(session, KeyContext::Groups);
    let listing = session.catalog().groups();
    let picker = &groups.picker;
    if let Some(error) = listing.error() {
        below.blank();
        below.failure(3, error, keys);
    } else if picker.is_empty() && listing.is_growing() {
        below.line(3, faint, "Loading the groups…");
        let (calls, now) = (session.calls(), session.now());
        let trial = calls.retrying_call_of("ListGroups", now);
        if let Some(trial) = trial.or_else(|| calls.retrying_call(now)) {
            below.line(3, warning, &trial.words());
        }
    } else if picker.is_empty() {
        below.line(3, faint, "No groups in this account and region.");
        let switch = keys.name(Command::SwitchAccount);
        let text = format!("{switch} switches profile and region.");
        below.line(3, faint, &text);
    } else if picker.matching() == 0 {
        below.line(3, faint, &no_match(session, picker.len()));
    }
    if listing.unreadable() > 0 {
        let text = format!("{} more could not be read.", listing.unreadable());
        below.line(3, faint, &text);
    }
}
