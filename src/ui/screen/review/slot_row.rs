//! One slot in Review: the old version, an arrow, and the new version.

use super::slot_change::SlotChange;
use crate::app::Session;
use crate::domain::printable::printable;
use crate::domain::{SlotArn, SlotState};
use crate::ui::naming::{held_age, held_name, held_short, state_style};
use crate::ui::widget::cells::width;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_block::TextBlock;

/// The width of the state, such as `DROPPED `.
const STATE: usize = 8;

/// The width of the kind, such as `subscription`.
const KIND: usize = 12;

/// The column of the versions' names.
pub(super) const START: usize = 3 + STATE + 2 + KIND + 2;

/// `88d2f00a 10 min`.
const VERSION: usize = 15;

/// The cells of a new version of the same definition after the old one.
const ARROW_AND_VERSION: usize = 18;

/// From this width on, the changes are next to the slots.
pub(super) const WIDE: usize = 120;

/// The column of the changes there.
pub(super) const BESIDE: usize = 82;

/// Cells of ` 71c0be11 (latest) → 59563f5f 10 mo`.
const GOING_BACK: usize = 1 + 8 + 1 + 8 + 3 + VERSION;

/// Whether a name has changes beside it, if there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamePlace {
    BesideChanges,
    Alone,
}

/// ` > CHANGED 3 function press-line-3-fns 71c0be11 6 mo → 88d2f00a 2 h`. The new version has a row of its
/// own if there is no room behind the old one.
pub(super) fn slot<'a>(
    body: &TextBlock<'a>,
    session: &Session,
    change: &SlotChange<'_>,
    is_current: bool,
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
        .marker(is_current)
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
            rows.extend(held_below(body, session, after));
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
                    rows.extend(held_below(body, session, after));
                }
            }
            rows
        }
    }
}

fn arrow(row: Row<'_>) -> Row<'_> {
    let theme = row.theme();
    row.gap(1).text(theme.plain, theme.symbols.arrow).gap(1)
}

/// The row below a slot's row, up to the column of the new version.
fn below<'a>(body: &TextBlock<'a>) -> Row<'a> {
    let theme = body.theme;
    let arrow = theme.symbols.arrow;
    let column = START - 1 - width(arrow);
    body.row().gap(column).text(theme.plain, arrow).gap(1)
}

fn held_below<'a>(body: &TextBlock<'a>, session: &Session, after: &SlotArn) -> Vec<Row<'a>> {
    let place = NamePlace::BesideChanges;
    held(body, below(body), session, after, place)
}

/// `press-line-3-fns 88d2f00a 2 h`; a name too long for its column gets its own row.
pub(super) fn held<'a>(
    body: &TextBlock<'a>,
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
    let age = held_age(session, held).unwrap_or_default();
    row.cell(theme.heading, held_short(held), 8)
        .gap(1)
        .cell(theme.faint, &age, 6)
}
