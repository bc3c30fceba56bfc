//! A pane without the focus: one line about its slot, and a second one if there is room.

use ratatui::style::Style;
use ratatui::text::Line;

use super::columns::{KIND, SlotColumns};
use crate::app::keymap::KeyContext;
use crate::app::work::Work;
use crate::app::{Command, Session};
use crate::domain::printable::printable;
use crate::domain::{DefinitionKind, Draft, SlotArn, SlotState};
use crate::ui::advice::can_retry;
use crate::ui::keys::Keys;
use crate::ui::naming::{held_name, held_short, problems, shortened_summary, state_style};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::width;
use crate::ui::widget::row::SHORT_ID;

/// Draws ` 1 core          press-line-3-core     55aa01c2   kept`.
pub(super) fn draw(session: &Session, kind: DefinitionKind, canvas: &mut Canvas<'_, '_>) {
    let draft = session.work().and_then(Work::draft);
    canvas.write(0, &first_line(session, draft, kind, canvas));
    if canvas.height() > 1
        && let Some(draft) = draft
        && let Some(line) = second_line(session, draft, kind, canvas)
    {
        canvas.write(1, &line);
    }
}

fn first_line(
    session: &Session,
    draft: Option<&Draft>,
    kind: DefinitionKind,
    canvas: &Canvas<'_, '_>,
) -> Line<'static> {
    let theme = canvas.theme;
    let mut kinds = DefinitionKind::ALL.into_iter();
    let is_each = draft.is_none_or(|draft| kinds.all(|kind| is_verified(session, draft, kind)));
    let longest = longest_name(session, draft);
    let columns = SlotColumns::of_width(canvas.width(), longest, is_each);
    let row = canvas
        .row()
        .gap(1)
        .text(theme.key, &(kind.index() + 1).to_string())
        .gap(1)
        .cell(theme.plain, kind.name(), KIND - 3);
    let row = match (session.catalog().definitions(kind).error(), draft) {
        (Some(error), _) => {
            let words = error.kind.words();
            let text = if can_retry(error.next_step()) {
                let keys = Keys::new(session, KeyContext::Assemble);
                format!("{words}, {} to retry", keys.name(Command::Retry))
            } else {
                words.to_owned()
            };
            row.cell(theme.error, &text, columns.name + 1 + SHORT_ID)
        }
        (None, Some(draft)) => match shown(draft, kind) {
            Some(held) => {
                let is_empty = matches!(draft.state(kind), SlotState::Dropped | SlotState::Empty);
                let style = if is_empty { theme.faint } else { theme.plain };
                row.name(style, &held_name(session.catalog(), held), columns.name)
                    .gap(1)
                    .cell(style, held_short(held), SHORT_ID)
            }
            None => row.cell(theme.empty, "-", columns.name + 1 + SHORT_ID),
        },
        (None, None) => row.cell(theme.faint, "-", columns.name + 1 + SHORT_ID),
    };
    let (style, state) = state(session, draft, kind, canvas);
    let row = row.gap(2);
    let end = row.used() + columns.state;
    let row = row.text(style, &state).gap(1).to(end + 1);
    match problems(session, theme, kind) {
        Some((style, text)) => row.text(style, &text).line(),
        None => row.line(),
    }
}

/// The width of the longest name in a slot.
fn longest_name(session: &Session, draft: Option<&Draft>) -> usize {
    let shown = draft.into_iter().flat_map(|draft| {
        let kinds = DefinitionKind::ALL.into_iter();
        kinds.filter_map(|kind| shown(draft, kind))
    });
    let widths = shown.map(|held| width(&printable(&held_name(session.catalog(), held))));
    widths.max().unwrap_or(0)
}

/// The slot's version; for a dropped slot, its old one.
fn shown(draft: &Draft, kind: DefinitionKind) -> Option<&SlotArn> {
    let slots = draft.slots().get(kind);
    slots.or_else(|| draft.base().slots.get(kind))
}

/// `kept`, `CHANGED`, `kept, not verified`.
fn state(
    session: &Session,
    draft: Option<&Draft>,
    kind: DefinitionKind,
    canvas: &Canvas<'_, '_>,
) -> (Style, String) {
    let state = session.work();
    let state = state.and_then(|work| work.state(kind, session.catalog()));
    let (Some(draft), Some(state)) = (draft, state) else {
        return (canvas.theme.faint, "loading…".to_owned());
    };
    let style = state_style(canvas.theme, state);
    if is_verified(session, draft, kind) {
        (style, state.word().to_owned())
    } else {
        (style, format!("{}, not verified", state.word()))
    }
}

/// False if the list of the kind or the content of the slot could not be loaded.
pub(super) fn is_verified(session: &Session, draft: &Draft, kind: DefinitionKind) -> bool {
    let Some(held) = draft.slots().get(kind) else {
        return true;
    };
    let is_content_read = held
        .version()
        .is_some_and(|arn| session.catalog().contents.get(arn).error().is_none());
    session.catalog().definitions(kind).error().is_none() && is_content_read
}

/// The summary of the slot's version, and the version before it.
fn second_line(
    session: &Session,
    draft: &Draft,
    kind: DefinitionKind,
    canvas: &Canvas<'_, '_>,
) -> Option<Line<'static>> {
    let theme = canvas.theme;
    let mut row = canvas.row().gap(KIND);
    let state = draft.state(kind);
    if matches!(state, SlotState::Changed | SlotState::New)
        && let Some(before) = draft.base().slots.get(kind)
    {
        let name = held_name(session.catalog(), before);
        let text = format!("was {name} {}; ", held_short(before));
        row = row.text(theme.faint, &text);
    } else if state == SlotState::Dropped {
        row = row.text(theme.faint, "the new version has nothing here");
    }
    let held = draft.slots().version(kind);
    if let Some(summary) = held.and_then(|arn| session.catalog().contents.summary(arn)) {
        let ellipsis = theme.symbols.ellipsis;
        let summary = shortened_summary(&summary.to_string(), row.left(), ellipsis);
        row = row.text(theme.faint, &summary);
    }
    (row.used() > KIND).then(|| row.line())
}
