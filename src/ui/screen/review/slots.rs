//! The slots in Review: old and new version in one line, dropped slots first, with one difference in full.

use super::body::Body;
use crate::app::effect::CreateRequest;
use crate::app::overlay::where_used;
use crate::app::screen::review::{self, Review, ReviewLine};
use crate::app::work::Work;
use crate::app::{KeyContext, Session};
use crate::domain::diff::{BriefLine, ContentDiff, Mark};
use crate::domain::plural::counted;
use crate::domain::printable::printable;
use crate::domain::{Content, DefinitionKind, Draft, SlotArn, SlotState};
use crate::ui::keys::Keys;
use crate::ui::naming::{created, held_name, held_short, state_style};
use crate::ui::widget::cells::width;
use crate::ui::widget::change::change;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_lines::CutLines;

/// The width of the state, such as `DROPPED `.
const STATE: usize = 8;

/// The width of the kind, such as `subscription`.
const KIND: usize = 12;

/// The column of the versions' names.
const START: usize = 3 + STATE + 2 + KIND + 2;

/// `88d2f00a 10 min`.
const VERSION: usize = 15;

/// The cells of a new version of the same definition after the old one.
const ARROW_AND_VERSION: usize = 18;

/// From this width on, the changes are next to the slots.
const WIDE: usize = 120;

/// The column of the changes there.
const BESIDE: usize = 82;

/// The maximum number of lines for one slot's changes; the difference shows all.
const MAX_CHANGES: usize = 3;
const MAX_CHANGES_BESIDE: usize = 6;

/// The maximum bytes of a summary; the line is cut earlier.
const MAX_SUMMARY: usize = 400;

/// Cells of ` 71c0be11 (latest) → 59563f5f 10 mo`.
const GOING_BACK: usize = 1 + 8 + 1 + 8 + 3 + VERSION;

/// The maximum number of lines of a difference in Review; the pager shows all.
const MAX_DIFF_LINES: usize = 400;

/// Adds a line for each slot.
pub(super) fn add(
    body: &mut Body<'_>,
    session: &Session,
    review: &Review,
    current: Option<ReviewLine>,
) {
    let Some((work, draft)) = session.work().and_then(|work| Some((work, work.draft()?))) else {
        return;
    };
    let arrow = body.theme.symbols.arrow;
    body.title("slots", &format!("old {arrow} new (age)"));
    let slots = review::lines(session).filter_map(|line| match line {
        ReviewLine::Slot(kind) => Some(kind),
        ReviewLine::Finding(_) => None,
    });
    for kind in slots {
        let line = ReviewLine::Slot(kind);
        let start = body.lines.len();
        let change = SlotChange::of_draft(session, work, draft, kind);
        let is_expanded = review.expanded == Some(kind);
        let mut rows = slot(body, session, &change, body.marker(line, current));
        if change.state != SlotState::Back {
            rows.extend(in_superseded(body, session, draft, kind).unwrap_or_default());
        }
        rows.extend(written_from_older(body, draft, kind));
        rows.extend(in_other_groups(body, work, session, &change));
        let changes = if is_expanded {
            Vec::new()
        } else {
            changes(session, &change)
        };
        add_beside(body, rows, &changes);
        if current == Some(line) {
            body.cursor = Some(start..body.lines.len());
        }
        if is_expanded {
            difference(body, session, work, kind);
        }
    }
}

/// The version in one slot before and after the change.
pub(super) struct SlotChange<'a> {
    pub(super) kind: DefinitionKind,
    pub(super) state: SlotState,
    pub(super) before: Option<&'a SlotArn>,
    pub(super) after: Option<&'a SlotArn>,
    /// What is said of the old version of a slot that goes back.
    went_back_from: &'static str,
}

impl<'a> SlotChange<'a> {
    /// The change from the base to the draft. If the draft goes back, the change is from the latest version.
    fn of_draft(
        session: &'a Session,
        work: &'a Work,
        draft: &'a Draft,
        kind: DefinitionKind,
    ) -> Self {
        let catalog = session.catalog();
        let state = work
            .state(kind, catalog)
            .unwrap_or_else(|| draft.state(kind));
        let latest = work.superseded_slots(catalog);
        let before = match latest {
            Some(latest) if state == SlotState::Back => latest,
            _ => &draft.base().slots,
        };
        Self {
            kind,
            state,
            before: before.get(kind),
            after: draft.slots().get(kind),
            went_back_from: " (latest)",
        }
    }

    /// The change of a request.
    pub(super) fn of_request(request: &'a CreateRequest, kind: DefinitionKind) -> Self {
        let (old, new) = (&request.old_slots, &request.create.slots);
        let latest = request.superseded_slots.as_ref();
        let state = SlotState::beside(old, latest, new, kind);
        Self {
            kind,
            state,
            before: latest
                .filter(|_| state == SlotState::Back)
                .unwrap_or(old)
                .get(kind),
            after: new.get(kind),
            // Once the request was sent, another version may be the latest.
            went_back_from: "",
        }
    }
}

/// Whether changes stand beside a name, if there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamePlace {
    BesideChanges,
    Alone,
}

/// The differences between the loaded contents of a changed slot.
fn changes(session: &Session, change: &SlotChange<'_>) -> Vec<BriefLine> {
    if !change.state.is_change() {
        return Vec::new();
    }
    let content = |held: Option<&SlotArn>| {
        let arn = held.and_then(SlotArn::version)?;
        session.catalog().contents.get(arn).ready()
    };
    let holds = |mark, content: &Content| {
        let text = content.summary(MAX_SUMMARY).to_string();
        vec![BriefLine::new(mark, text)]
    };
    match (content(change.before), content(change.after)) {
        (Some(before), Some(after)) => ContentDiff::between(before, after)
            .map(|diff| diff.brief())
            .unwrap_or_default(),
        (None, Some(after)) if change.before.is_none() => holds(Mark::Added, after),
        (Some(before), None) if change.after.is_none() => holds(Mark::Removed, before),
        (_, _) => Vec::new(),
    }
}

/// Adds the rows with their changes below, or next to them if there is room.
fn add_beside(body: &mut Body<'_>, rows: Vec<Row<'_>>, changes: &[BriefLine]) {
    let is_wide = body.width >= WIDE;
    let most = if is_wide {
        MAX_CHANGES_BESIDE
    } else {
        MAX_CHANGES
    };
    let more = changes.len().saturating_sub(most);
    let shown = changes.iter().take(if more > 0 { most - 1 } else { most });
    let more = (more > 0).then(|| BriefLine::new(Mark::Head, format!("{} more", more + 1)));
    let mut lines = shown.chain(&more);
    let column = if is_wide { BESIDE } else { START - 2 };
    for row in rows {
        if is_wide
            && row.used() < BESIDE
            && let Some(line) = lines.next()
        {
            body.add(brief(row.to(BESIDE), line));
        } else {
            body.add(row);
        }
    }
    for line in lines {
        let row = brief(body.row().to(column), line);
        body.add(row);
    }
}

/// `- 1 resource: camera`, `  cam MemorySize: 16384 → 32768`.
fn brief<'a>(row: Row<'a>, line: &BriefLine) -> Row<'a> {
    let theme = row.theme();
    let (sign, style) = match line.mark {
        Mark::Added => (line.mark.sign(), theme.diff_added),
        Mark::Removed => (line.mark.sign(), theme.diff_removed),
        Mark::Head => (' ', theme.faint),
        Mark::Same => (line.mark.sign(), theme.plain),
    };
    let row = row.text(style, &format!("{sign} "));
    let Some((before, after)) = &line.values else {
        return row.middle(style, &line.text);
    };
    let label = width(&printable(&line.text)).min(row.left() / 2);
    let row = row.name(style, &line.text, label);
    change(row, (style, style), (before, after))
}

/// ` > CHANGED 3 function press-line-3-fns 71c0be11 6 mo → 88d2f00a 2 h`. If both versions do not fit into
/// one line, the new one is below the old one.
pub(super) fn slot<'a>(
    body: &Body<'a>,
    session: &Session,
    change: &SlotChange<'_>,
    marker: &str,
) -> Vec<Row<'a>> {
    let theme = body.theme;
    let SlotChange {
        kind,
        state,
        before,
        after,
        went_back_from,
    } = *change;
    let row = body
        .row()
        .gap(1)
        .cell(theme.marker, marker, 2)
        .cell(state_style(theme, state), state.word(), STATE)
        .text(theme.key, &(kind.index() + 1).to_string())
        .gap(1)
        .cell(theme.plain, kind.name(), KIND)
        .gap(2);
    match (before, after) {
        (None, None) => vec![row.text(theme.empty, "-")],
        (Some(before), Some(after)) if before == after => {
            held(body, row, session, after, NamePlace::Alone)
        }
        (Some(before), None) => {
            let mut rows = held(body, row, session, before, NamePlace::BesideChanges);
            match rows.pop() {
                Some(last) if last.left() >= ARROW_AND_VERSION => {
                    rows.push(arrow(last).text(theme.dropped, "nothing"));
                }
                last => {
                    rows.extend(last);
                    rows.push(below(body).text(theme.dropped, "nothing"));
                }
            }
            rows
        }
        (None, Some(after)) => {
            let mut rows = vec![row.text(theme.empty, "nothing")];
            rows.extend(held(
                body,
                below(body),
                session,
                after,
                NamePlace::BesideChanges,
            ));
            rows
        }
        (Some(before), Some(after)) => {
            let catalog = session.catalog();
            let is_same_name = held_name(catalog, before) == held_name(catalog, after);
            let name = held_name(catalog, before);
            let cells = width(&printable(&name));
            if state == SlotState::Back && is_same_name && row.left() >= cells + GOING_BACK {
                let row = row.name(theme.plain, &name, cells).gap(1);
                let row = row.text(theme.heading, held_short(before));
                let row = arrow(row.text(theme.warning, went_back_from));
                return vec![version(row, session, after)];
            }
            let mut rows = held(body, row, session, before, NamePlace::BesideChanges);
            if state == SlotState::Back {
                let last = rows.pop();
                rows.extend(last.map(|last| last.text(theme.warning, went_back_from)));
            }
            match rows.pop() {
                Some(last) if is_same_name && last.left() >= ARROW_AND_VERSION => {
                    rows.push(version(arrow(last), session, after));
                }
                last => {
                    rows.extend(last);
                    rows.extend(held(
                        body,
                        below(body),
                        session,
                        after,
                        NamePlace::BesideChanges,
                    ));
                }
            }
            rows
        }
    }
}

/// The slot of the latest version, if it differs from the new one.
fn in_superseded<'a>(
    body: &Body<'a>,
    session: &Session,
    draft: &Draft,
    kind: DefinitionKind,
) -> Option<Vec<Row<'a>>> {
    let work = session.work()?;
    let slots = work.superseded_slots(session.catalog())?;
    let theirs = slots.get(kind);
    if theirs == draft.slots().get(kind) {
        return None;
    }
    let row = body
        .row()
        .gap(START)
        .text(body.theme.warning, "latest has ");
    Some(match theirs {
        Some(theirs) => held(body, row, session, theirs, NamePlace::BesideChanges),
        None => vec![row.text(body.theme.empty, "nothing")],
    })
}

/// Warns if a new version is based on an older version than its definition's latest. The new version then
/// lacks the latest changes.
fn written_from_older<'a>(body: &Body<'a>, draft: &Draft, kind: DefinitionKind) -> Option<Row<'a>> {
    let new = draft.to_create().find(|new| new.kind() == kind)?;
    let (from, latest) = (new.from.as_ref()?, new.latest.as_ref()?);
    let text = format!(
        "based on {}, not on the latest {}",
        from.short(),
        latest.short()
    );
    let row = body.row().gap(START).text(body.theme.warning, &text);
    (from != latest).then_some(row)
}

/// The number of other loaded groups that use the definition of a new version.
fn in_other_groups<'a>(
    body: &Body<'a>,
    work: &Work,
    session: &Session,
    change: &SlotChange<'_>,
) -> Option<Row<'a>> {
    let arn = change.after?.version().filter(|arn| arn.is_new())?;
    let (users, read) = where_used::in_other_groups(session, &work.group, arn);
    let text = match users {
        0 => format!("in no other group, of {read} read"),
        _ => format!("also in {users} of {} read", counted(read, "other group")),
    };
    let is_known = read > 0 && !arn.definition_id().is_new();
    is_known.then(|| body.row().gap(START).text(body.theme.faint, &text))
}

fn arrow(row: Row<'_>) -> Row<'_> {
    let theme = row.theme();
    row.gap(1).text(theme.plain, theme.symbols.arrow).gap(1)
}

/// The row below a slot's row, up to the column of the new version.
fn below<'a>(body: &Body<'a>) -> Row<'a> {
    let theme = body.theme;
    let arrow = theme.symbols.arrow;
    let column = START - 1 - width(arrow);
    body.row().gap(column).text(theme.plain, arrow).gap(1)
}

/// `press-line-3-fns 88d2f00a 2 h`; a name too long for its column gets its own row.
fn held<'a>(
    body: &Body<'a>,
    row: Row<'a>,
    session: &Session,
    held: &SlotArn,
    place: NamePlace,
) -> Vec<Row<'a>> {
    let theme = row.theme();
    let name = held_name(session.catalog(), held);
    let behind = VERSION + 1 + ARROW_AND_VERSION;
    let usual = if body.width >= WIDE {
        BESIDE.saturating_sub(row.used() + behind + 1)
    } else {
        row.left().saturating_sub(behind)
    };
    let cells = match place {
        NamePlace::BesideChanges => usual,
        NamePlace::Alone => row.left().saturating_sub(behind),
    };
    let cells = cells.clamp(10, 80);
    if width(&printable(&name)) <= cells {
        let column = width(&printable(&name)).max(usual.clamp(10, 40));
        let row = row.name(theme.plain, &name, column).gap(1);
        return vec![version(row, session, held)];
    }
    let room = row.left();
    let below = body.row().gap(row.used());
    vec![
        row.name(theme.plain, &name, room),
        version(below, session, held),
    ]
}

/// `88d2f00a 2 h`.
fn version<'a>(row: Row<'a>, session: &Session, held: &SlotArn) -> Row<'a> {
    let theme = row.theme();
    let age = held
        .version()
        .and_then(|arn| created(session.catalog(), arn))
        .map_or_else(String::new, |at| at.age(session.now()));
    row.cell(theme.heading, held_short(held), 8)
        .gap(1)
        .cell(theme.faint, &age, 6)
}

fn difference(body: &mut Body<'_>, session: &Session, work: &Work, kind: DefinitionKind) {
    let lines = review::difference(work, kind, session.catalog())
        .map(|subject| subject.lines(session))
        .unwrap_or_default();
    let keys = Keys::new(session, KeyContext::Review);
    let more = lines.len().saturating_sub(MAX_DIFF_LINES);
    let cut = CutLines {
        theme: body.theme,
        keys,
        lines: &lines,
        left: 0,
    };
    for place in 0..lines.len().min(MAX_DIFF_LINES) {
        let room = body.width.saturating_sub(5);
        let mut indented = body.row().gap(5).line();
        indented.spans.extend(cut.at(place, room).spans);
        body.lines.push(indented);
    }
    if more > 0 {
        let text = format!("{more} more lines");
        let row = body.row().gap(5).text(body.theme.faint, &text);
        body.add(row);
    }
}
