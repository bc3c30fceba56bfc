//! The slots in Review: old and new side by side, dropped ones first, with one difference in full.

use super::body::Body;
use crate::app::screen::review::{self, Review, ReviewLine};
use crate::app::work::Work;
use crate::app::{KeyContext, Session};
use crate::domain::printable::printable;
use crate::domain::{DefinitionKind, Draft, SlotArn};
use crate::ui::keys::Keys;
use crate::ui::naming::{created, held_name, held_short, state_style};
use crate::ui::widget::cells::width;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_lines::CutLines;

/// `DROPPED ` and the other words.
const STATE: usize = 8;

/// `subscription`.
const KIND: usize = 12;

/// The column in which names of versions begin.
const START: usize = 3 + STATE + 2 + KIND + 2;

/// `88d2f00a 10 min`.
const VERSION: usize = 15;

/// Cells for a new version of the same definition behind the old one.
const ARROW_AND_VERSION: usize = 18;

/// The most lines of a difference that Review shows; the pager shows all of them.
const MAX_DIFF_LINES: usize = 400;

/// Adds a line for each slot.
pub(super) fn add(
    body: &mut Body<'_>,
    session: &Session,
    review: &Review,
    current: Option<ReviewLine>,
) {
    let Some(draft) = session.work().and_then(Work::draft) else {
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
        for row in slot(body, session, draft, kind, body.marker(line, current)) {
            body.add(row);
        }
        for row in in_superseded(body, session, draft, kind).unwrap_or_default() {
            body.add(row);
        }
        if current == Some(line) {
            body.cursor = Some(start..body.lines.len());
        }
        if review.expanded == Some(kind) {
            difference(body, session, draft, kind);
        }
    }
}

/// ` > CHANGED 3 function      press-line-3-fns  71c0be11 6 mo → 88d2f00a 2 h`, or, where both do
/// not fit into one line, the new version below the old one.
fn slot<'a>(
    body: &Body<'a>,
    session: &Session,
    draft: &Draft,
    kind: DefinitionKind,
    marker: &str,
) -> Vec<Row<'a>> {
    let theme = body.theme;
    let state = draft.state(kind);
    let before = draft.base().slots.get(kind);
    let after = draft.slots().get(kind);
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
        (Some(before), Some(after)) if before == after => held(body, row, session, after),
        (Some(before), None) => {
            let mut rows = held(body, row, session, before);
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
            rows.extend(held(body, below(body), session, after));
            rows
        }
        (Some(before), Some(after)) => {
            let catalog = session.catalog();
            let is_same_name = held_name(catalog, before) == held_name(catalog, after);
            let mut rows = held(body, row, session, before);
            match rows.pop() {
                Some(last) if is_same_name && last.left() >= ARROW_AND_VERSION => {
                    rows.push(version(arrow(last), session, after));
                }
                last => {
                    rows.extend(last);
                    rows.extend(held(body, below(body), session, after));
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
        Some(theirs) => held(body, row, session, theirs),
        None => vec![row.text(body.theme.empty, "nothing")],
    })
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

/// `press-line-3-fns     88d2f00a 2 h`; a name too long for its column gets a row of its own.
fn held<'a>(body: &Body<'a>, row: Row<'a>, session: &Session, held: &SlotArn) -> Vec<Row<'a>> {
    let theme = row.theme();
    let name = held_name(session.catalog(), held);
    let cells = row.left().saturating_sub(VERSION + 1 + ARROW_AND_VERSION);
    let cells = cells.clamp(10, 80);
    if width(&printable(&name)) <= cells {
        let column = width(&printable(&name)).max(cells.min(40));
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

fn difference(body: &mut Body<'_>, session: &Session, draft: &Draft, kind: DefinitionKind) {
    let lines = review::difference(draft, kind)
        .map(|subject| subject.lines(session))
        .unwrap_or_default();
    let keys = Keys::new(session, KeyContext::Review);
    let more = lines.len().saturating_sub(MAX_DIFF_LINES);
    let cut = CutLines {
        theme: body.theme,
        keys,
        lines: &lines,
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
