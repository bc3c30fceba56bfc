//! The slots in Review: old and new version in one line, dropped slots first, with one difference in full.

use super::changes::{add_beside, changes};
use super::slot_change::SlotChange;
use super::slot_row::{NamePlace, START, held, slot};
use crate::app::overlay::where_used;
use crate::app::screen::review::{self, Review, ReviewLine};
use crate::app::work::Work;
use crate::app::{KeyContext, Session};
use crate::domain::plural::counted;
use crate::domain::{DefinitionKind, Draft, SlotState};
use crate::ui::keys::Keys;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_block::TextBlock;
use crate::ui::widget::text_lines::CutLines;

/// The maximum number of lines of a difference in Review; the pager shows all.
const MAX_DIFF_LINES: usize = 400;

pub(super) fn add(
    body: &mut TextBlock<'_>,
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
        let is_current = current == Some(ReviewLine::Slot(kind));
        let start = body.lines.len();
        let change = SlotChange::of_draft(session, work, draft, kind);
        let is_expanded = review.expanded == Some(kind);
        let mut rows = slot(body, session, &change, is_current);
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
        if is_current {
            body.cursor = Some(start..body.lines.len());
        }
        if is_expanded {
            difference(body, session, work, kind);
        }
    }
}

/// The slot of the latest version, if it differs from the new one.
fn in_superseded<'a>(
    body: &TextBlock<'a>,
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
fn written_from_older<'a>(
    body: &TextBlock<'a>,
    draft: &Draft,
    kind: DefinitionKind,
) -> Option<Row<'a>> {
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
    body: &TextBlock<'a>,
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

fn difference(body: &mut TextBlock<'_>, session: &Session, work: &Work, kind: DefinitionKind) {
    let lines = review::difference(work, kind, session.catalog())
        .map(|subject| subject.lines(session))
        .unwrap_or_default();
    let more = lines.len().saturating_sub(MAX_DIFF_LINES);
    let cut = CutLines {
        theme: body.theme,
        keys: Keys::new(session, KeyContext::Review),
        lines: &lines,
        left: 0,
    };
    for place in 0..lines.len().min(MAX_DIFF_LINES) {
        let mut indented = body.row().gap(5).line();
        indented
            .spans
            .extend(cut.at(place, body.width.saturating_sub(5)).spans);
        body.lines.push(indented);
    }
    if more > 0 {
        body.line(5, body.theme.faint, &format!("{more} more lines"));
    }
}
