//! The slots of the review: old and new side by side, dropped ones first, one difference in full.

use super::body::Body;
use crate::app::Session;
use crate::app::overlay::reader::{Reader, Subject};
use crate::app::screen::review::{Line, Review};
use crate::app::work::Work;
use crate::domain::{DefinitionKind, Draft, SlotArn, SlotState};
use crate::ui::naming::{created, held_name, held_short, problems, state_style};
use crate::ui::widget::row::Row;
use crate::ui::widget::text_lines::text_line;

/// `DROPPED ` and the other words.
const STATE: usize = 8;

/// `subscription`.
const KIND: usize = 12;

/// Lines of a difference that are shown here; the rest is read with `Enter` on the Assemble screen.
const MOST_DIFF_LINES: usize = 400;

/// Adds a line for each slot.
pub(super) fn add(body: &mut Body<'_>, session: &Session, review: &Review, current: Option<Line>) {
    let Some(draft) = session.work.as_ref().and_then(Work::draft) else {
        return;
    };
    let arrow = body.theme.symbols.arrow;
    body.title("slots", &format!("old {arrow} new"));
    let slots = Review::lines(session).filter_map(|line| match line {
        Line::Slot(kind) => Some(kind),
        Line::Finding(_) => None,
    });
    for kind in slots {
        let line = Line::Slot(kind);
        let start = body.lines.len();
        let row = slot(body, session, draft, kind, body.marker(line, current));
        body.add(row);
        if current == Some(line) {
            body.cursor = Some(start..start + 1);
        }
        if review.expanded == Some(kind) {
            difference(body, session, draft, kind);
        }
    }
}

/// ` > DROPPED  5 resource      press-line-3-res 3c3c9e1f (6 mo) → nothing`.
fn slot<'a>(
    body: &Body<'a>,
    session: &Session,
    draft: &Draft,
    kind: DefinitionKind,
    marker: &str,
) -> Row<'a> {
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
    let row = match (before, after) {
        (None, None) => row.text(theme.empty, "-"),
        (Some(before), Some(after)) if before == after => held(row, session, after, false),
        (Some(before), None) => {
            arrow(held(row, session, before, false)).text(theme.dropped, "nothing")
        }
        (None, Some(after)) => held(
            arrow(row.text(theme.empty, "nothing")),
            session,
            after,
            false,
        ),
        (Some(before), Some(after)) => {
            let is_same_name =
                held_name(&session.catalog, before) == held_name(&session.catalog, after);
            held(
                arrow(held(row, session, before, false)),
                session,
                after,
                is_same_name,
            )
        }
    };
    match problems(session, theme, kind).filter(|_| state != SlotState::Empty) {
        Some((style, text)) => row.gap(2).text(style, &text),
        None => row,
    }
}

fn arrow(row: Row<'_>) -> Row<'_> {
    let theme = row.theme();
    row.gap(1).text(theme.plain, theme.symbols.arrow).gap(1)
}

/// `press-line-3-fns 88d2f00a 2 h`, the name left out where it stands before the arrow already.
fn held<'a>(row: Row<'a>, session: &Session, held: &SlotArn, is_name_known: bool) -> Row<'a> {
    let theme = row.theme();
    let name = held_name(&session.catalog, held);
    let row = if is_name_known {
        row
    } else {
        row.text(theme.plain, &name).gap(1)
    };
    let row = row.text(theme.heading, held_short(held));
    let age = held
        .version()
        .and_then(|arn| created(&session.catalog, arn))
        .map(|at| at.age(session.now));
    match age {
        Some(age) => row.gap(1).text(theme.faint, &format!("{age} old")),
        None => row,
    }
}

fn difference(body: &mut Body<'_>, session: &Session, draft: &Draft, kind: DefinitionKind) {
    let before = draft.base().slots.version(kind).cloned();
    let after = draft.slots().version(kind).cloned();
    let lines = match (&before, &after) {
        (None, None) => Vec::new(),
        (Some(same), Some(other)) if same == other => {
            Reader::new(Subject::Content(same.clone()), session).lines
        }
        (_, _) => Reader::new(Subject::Diff { before, after }, session).lines,
    };
    let more = lines.len().saturating_sub(MOST_DIFF_LINES);
    for line in lines.iter().take(MOST_DIFF_LINES) {
        let room = body.width.saturating_sub(5);
        let mut indented = body.row().gap(5).line();
        indented
            .spans
            .extend(text_line(body.theme, line, 0, room).spans);
        body.lines.push(indented);
    }
    if more > 0 {
        let text = format!("{more} more lines");
        let row = body.row().gap(5).text(body.theme.faint, &text);
        body.add(row);
    }
}
