//! A pane without the focus: one line on what its slot holds, and a second one where there is room.

use ratatui::style::Style;
use ratatui::text::Line;

use super::columns::{KIND, SHORT_ID, SlotColumns};
use crate::app::keymap::KeyContext;
use crate::app::work::Work;
use crate::app::{Command, Session};
use crate::domain::{DefinitionKind, Draft, SlotArn, SlotState};
use crate::ui::naming::{held_name, held_short, problems, state_style};
use crate::ui::widget::paper::Paper;

/// Draws ` 1 core          press-line-3-core     55aa01c2   kept`.
pub(super) fn draw(session: &Session, kind: DefinitionKind, paper: &mut Paper<'_, '_>) {
    let draft = session.work().and_then(Work::draft);
    paper.write(0, &first_line(session, draft, kind, paper));
    if paper.height() > 1
        && let Some(draft) = draft
        && let Some(line) = second_line(session, draft, kind, paper)
    {
        paper.write(1, &line);
    }
}

fn first_line(
    session: &Session,
    draft: Option<&Draft>,
    kind: DefinitionKind,
    paper: &Paper<'_, '_>,
) -> Line<'static> {
    let theme = paper.theme;
    let columns = SlotColumns::of_width(paper.width());
    let row = paper
        .row()
        .gap(1)
        .text(theme.key, &(kind.index() + 1).to_string())
        .gap(1)
        .cell(theme.plain, kind.name(), KIND - 3);
    let row = match (session.catalog().definitions(kind).error(), draft) {
        (Some(error), _) => {
            let retry = session
                .keymap()
                .key_name(KeyContext::Assemble, Command::Retry);
            let text = format!("{}, {retry} to retry", error.trouble.words());
            row.cell(theme.error, &text, columns.name + 1 + SHORT_ID)
        }
        (None, Some(draft)) => match shown(draft, kind) {
            Some(held) => {
                let style = name_style(paper, draft.state(kind));
                row.cell(style, &held_name(session.catalog(), held), columns.name)
                    .gap(1)
                    .cell(style, held_short(held), SHORT_ID)
            }
            None => row.cell(theme.empty, "-", columns.name + 1 + SHORT_ID),
        },
        (None, None) => row.cell(theme.faint, "-", columns.name + 1 + SHORT_ID),
    };
    let (style, state) = state(session, draft, kind, paper);
    let row = row.gap(2);
    let end = row.used() + columns.state;
    let row = row.text(style, &state).gap(1).to(end + 1);
    match problems(session, theme, kind) {
        Some((style, text)) => row.text(style, &text).line(),
        None => row.line(),
    }
}

/// What the slot holds now; of a dropped one what it held.
fn shown(draft: &Draft, kind: DefinitionKind) -> Option<&SlotArn> {
    let slots = draft.slots().get(kind);
    slots.or_else(|| draft.base().slots.get(kind))
}

fn name_style(paper: &Paper<'_, '_>, state: SlotState) -> Style {
    match state {
        SlotState::Dropped | SlotState::Empty => paper.theme.faint,
        SlotState::Kept | SlotState::Changed | SlotState::Added => paper.theme.plain,
    }
}

/// `kept`, `CHANGED`, `kept, not verified`.
fn state(
    session: &Session,
    draft: Option<&Draft>,
    kind: DefinitionKind,
    paper: &Paper<'_, '_>,
) -> (Style, String) {
    let Some(draft) = draft else {
        return (paper.theme.faint, "not read yet".to_owned());
    };
    let state = draft.state(kind);
    let style = state_style(paper.theme, state);
    if is_verified(session, draft, kind) {
        (style, state.word().to_owned())
    } else {
        (style, format!("{}, not verified", state.word()))
    }
}

/// False where the list of the kind or the content of the slot could not be read.
pub(super) fn is_verified(session: &Session, draft: &Draft, kind: DefinitionKind) -> bool {
    let Some(held) = draft.slots().get(kind) else {
        return true;
    };
    let is_content_read = held
        .version()
        .is_some_and(|arn| session.catalog().contents.get(arn).error().is_none());
    session.catalog().definitions(kind).error().is_none() && is_content_read
}

/// What the slot's version holds, and what stood there before.
fn second_line(
    session: &Session,
    draft: &Draft,
    kind: DefinitionKind,
    paper: &Paper<'_, '_>,
) -> Option<Line<'static>> {
    let theme = paper.theme;
    let row = paper.row().gap(KIND);
    let before = draft.base().slots.get(kind);
    let row = match (draft.state(kind), before) {
        (SlotState::Changed, Some(before)) => {
            let name = held_name(session.catalog(), before);
            let text = format!("was {name} {}; ", held_short(before));
            row.text(theme.faint, &text)
        }
        (SlotState::Dropped, _) => row.text(theme.faint, "the new version will have nothing here"),
        (SlotState::Kept | SlotState::Added | SlotState::Empty | SlotState::Changed, _) => row,
    };
    let held = draft.slots().version(kind);
    let summary = held.and_then(|arn| session.catalog().contents.summary(arn));
    let row = match &summary {
        Some(summary) => row.text(theme.faint, summary),
        None => row,
    };
    (row.used() > KIND).then(|| row.line())
}
