//! The pane with the focus: its title, the search line, the versions, and messages about the slot.

use ratatui::text::Line;

use super::closed_pane::is_verified;
use super::columns::VersionColumns;
use super::sort_words;
use super::version_row::version_row;
use crate::app::effect::Request;
use crate::app::keymap::KeyContext;
use crate::app::screen::assemble::{Assemble, Pane};
use crate::app::work::Work;
use crate::app::{Command, Session};
use crate::domain::printable::printable;
use crate::domain::{DefinitionKind, SlotArn, SlotState};
use crate::search::Sort;
use crate::ui::keys::Keys;
use crate::ui::naming::{candidate_words, problems, severity_style, state_style};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::{width, wrap};
use crate::ui::widget::failure::Failure;
use crate::ui::widget::list::picker_list;
use crate::ui::widget::search_line::no_match;
use crate::ui::widget::titled_rule::TitledRule;

/// From this width on the title has room to say that both contents and versions are not read.
const WIDTH_FOR_BOTH: usize = 110;

/// The length of the longest name of a definition of this kind, in bytes.
fn longest_name(session: &Session, kind: DefinitionKind) -> usize {
    let definitions = session.catalog().definitions(kind).items().iter();
    let names = definitions.filter_map(|definition| definition.name.as_deref());
    names.map(str::len).max().unwrap_or(0)
}

/// The lines below the remarks that are kept for the highlighted version, which moves no pane.
const DETAILS: usize = 4;

/// Draws the pane. Returns the lines that it needs: a list that may still grow needs all.
pub(super) fn draw(session: &Session, assemble: &Assemble, canvas: &mut Canvas<'_, '_>) -> usize {
    let kind = assemble.focus;
    let pane = assemble.pane();
    let picker = &pane.picker;
    let catalog = session.catalog();
    let rows = assemble.rows(session);
    let columns = VersionColumns::of_width(canvas.width(), longest_name(session, kind));
    let shown = picker.window_ids(rows);
    let shown = shown.filter_map(|arn| catalog.definition_of(arn)?.name.as_deref());
    let others: Vec<&str> = shown.collect();
    let (first, drawn) = picker_list(canvas, picker, rows, |row, visible| {
        let is_compared = assemble.preview.compared() == Some(visible.id);
        let about = (session, is_compared, others.as_slice());
        Some(version_row(about, visible, row, columns))
    });
    if drawn == 0 && !picker.is_typing() {
        canvas.put_cursor(first, 1);
    }
    let spare = canvas.height().saturating_sub(first + drawn);
    let mut remarks = remarks(session, kind, pane, canvas);
    let has_room = spare > 1;
    let needed = first + picker.len() + 1 + remarks.len() + DETAILS;
    let is_growing = session.catalog().definitions(kind).is_growing();
    let details = highlighted(session, pane, columns, canvas);
    if remarks.len() + details.len() + 2 <= spare {
        if !remarks.is_empty() {
            remarks.push(Line::default());
        }
        remarks.extend(details);
    }
    let shown = (pane, assemble.rest[kind]);
    canvas.write(0, &title(session, kind, shown, canvas, (has_room, columns)));
    if has_room {
        let gap = usize::from(drawn > 0);
        let left_out = (remarks.len() + gap).saturating_sub(spare);
        if left_out > 0 {
            remarks.truncate(spare - gap - 1);
            let review = Keys::new(session, KeyContext::Assemble).name(Command::Review);
            let text = format!("{} more lines; {review} shows all", left_out + 1);
            remarks.push(sentence(canvas, &text));
        }
        canvas.write_all(first + drawn + gap, &remarks);
    } else if spare == 1 {
        canvas.write_all(first + drawn, remarks.first());
    }
    if is_growing {
        canvas.height()
    } else {
        needed.min(canvas.height())
    }
}

/// ` 3 function  kept ── name ── id ─────── created ───────────── 3/41  own first ──`.
fn title(
    session: &Session,
    kind: DefinitionKind,
    (pane, is_reading): (&Pane, bool),
    canvas: &Canvas<'_, '_>,
    (are_findings_below, columns): (bool, VersionColumns),
) -> Line<'static> {
    let theme = canvas.theme;
    let mut left = vec![(theme.heading, format!("{} {kind}", kind.index() + 1))];
    if let Some(work) = session.work()
        && let (Some(draft), Some(state)) = (work.draft(), work.state(kind, session.catalog()))
    {
        left.push((state_style(theme, state), state.word().to_owned()));
        if !is_verified(session, draft, kind) {
            left.push((theme.warning, "not verified".to_owned()));
        }
    }
    if let Some((style, count)) = problems(session, theme, kind) {
        let first = session
            .work()
            .and_then(|work| work.findings().of(kind).next())
            .filter(|_| !are_findings_below);
        let text = match first {
            Some(finding) => format!("{count}: {}", finding.message),
            None => count,
        };
        left.push((style, text));
    }
    let right = count(session, kind, (pane, is_reading), canvas);
    let rule = TitledRule {
        left,
        headings: columns.headings(),
        right: &right,
        is_focused: true,
    };
    rule.line(theme, canvas.width())
}

fn count(
    session: &Session,
    kind: DefinitionKind,
    (pane, is_reading): (&Pane, bool),
    canvas: &Canvas<'_, '_>,
) -> String {
    let listing = session.catalog().definitions(kind);
    let growing = if listing.is_growing() {
        canvas.theme.symbols.ellipsis
    } else {
        ""
    };
    let (matching, all) = (pane.picker.matching(), pane.picker.len());
    let mut sort = sort_words(&pane.picker).to_owned();
    let is_newest_first = pane.picker.sort() == Sort::Newest && pane.picker.input().is_empty();
    let is_asked = pane.picker.has_search_line() || is_reading;
    let (listed, definitions) = if is_newest_first || is_asked {
        session.catalog().definitions_with_versions(kind)
    } else {
        (0, 0)
    };
    if is_newest_first && listed < definitions {
        sort = format!("{sort}, {listed} of {definitions} read");
    }
    let mut unread = Vec::new();
    if pane.picker.with_contents() < all {
        unread.push(format!("contents of {}", pane.picker.with_contents()));
    }
    if listed < definitions {
        unread.push(format!("versions of {listed}/{definitions}"));
    }
    if canvas.width() < WIDTH_FOR_BOTH {
        unread.truncate(1);
    }
    if is_asked && !unread.is_empty() {
        format!("{matching}/{all}{growing}, {} read", unread.join(", "))
    } else if pane.picker.has_search_line() {
        format!("{matching}/{all}{growing}  {sort}")
    } else {
        format!("{all}{growing}  {sort}")
    }
}

/// The messages below the rows: an empty list, errors, findings.
fn remarks(
    session: &Session,
    kind: DefinitionKind,
    pane: &Pane,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'static>> {
    let mut lines = empty_list(session, kind, pane, canvas);
    lines.extend(errors(session, kind, canvas));
    lines.extend(slot(session, kind, canvas));
    lines.extend(findings(session, kind, canvas));
    lines
}

/// The selected version's summary, if it does not fit into the row.
fn highlighted(
    session: &Session,
    pane: &Pane,
    columns: VersionColumns,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'static>> {
    let contents = &session.catalog().contents;
    let Some(arn) = pane.picker.selected() else {
        return Vec::new();
    };
    let Some(summary) = contents.summary(arn) else {
        return Vec::new();
    };
    if width(&printable(&summary.to_string())) <= columns.summary {
        return Vec::new();
    }
    let text = format!("{} holds {summary}", arn.short());
    wrap(&text, canvas.width().saturating_sub(5))
        .iter()
        .enumerate()
        .map(|(place, part)| {
            let indent = if place == 0 { 3 } else { 5 };
            let row = canvas.row().gap(indent);
            row.text(canvas.theme.faint, part).line()
        })
        .collect()
}

fn sentence(canvas: &Canvas<'_, '_>, text: &str) -> Line<'static> {
    canvas.row().gap(3).text(canvas.theme.faint, text).line()
}

fn empty_list(
    session: &Session,
    kind: DefinitionKind,
    pane: &Pane,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'static>> {
    let listing = session.catalog().definitions(kind);
    let picker = &pane.picker;
    let text = if !picker.is_empty() && picker.matching() == 0 {
        no_match(session, picker.len())
    } else if listing.error().is_some() || !picker.is_empty() {
        return Vec::new();
    } else if is_throttled(session, kind) {
        "Waiting for the service…".to_owned()
    } else if listing.is_growing() {
        format!("Loading the {kind} definitions…")
    } else if listing.items().is_empty() {
        format!("No {kind} definitions in this account and region.")
    } else {
        format!("No {kind} definition has a version yet.")
    };
    vec![sentence(canvas, &text)]
}

/// True while the next page of the list waits for the request rate.
fn is_throttled(session: &Session, kind: DefinitionKind) -> bool {
    let page = session.catalog().definitions(kind).wanted();
    let loader = session.loader();
    loader.throttled().is_some()
        && page.is_some_and(|page| loader.is_waiting(&Request::Definitions(kind, page.clone())))
}

/// The errors of loading the base or the list.
fn errors(session: &Session, kind: DefinitionKind, canvas: &Canvas<'_, '_>) -> Vec<Line<'static>> {
    let work = session.work();
    let base = work.and_then(|work| work.error(session.catalog()));
    let list = session.catalog().definitions(kind).error();
    let failure = Failure {
        theme: canvas.theme,
        indent: 3,
        width: canvas.width(),
    };
    let keys = Keys::new(session, KeyContext::Assemble);
    base.into_iter()
        .chain(list)
        .flat_map(|error| failure.with_advice(error, keys))
        .collect()
}

/// The message about a slot whose version is not one of the rows.
fn slot(session: &Session, kind: DefinitionKind, canvas: &Canvas<'_, '_>) -> Vec<Line<'static>> {
    let work = session.work();
    let Some(draft) = work.and_then(Work::draft) else {
        let is_failed = work.is_some_and(|work| work.error(session.catalog()).is_some());
        return if is_failed {
            Vec::new()
        } else {
            vec![sentence(canvas, "Loading the group's base version…")]
        };
    };
    let key = |command| session.keymap().key_name(KeyContext::Assemble, command);
    match (draft.state(kind), draft.slots().get(kind)) {
        (SlotState::Empty, _) => {
            let pick = key(Command::Open);
            let text = format!("The slot is empty; {pick} picks the highlighted version.");
            vec![sentence(canvas, &text)]
        }
        (SlotState::Dropped, _) => {
            let reset = key(Command::Reset);
            let text = format!(
                "DROPPED: the new version has no {kind} definition; {reset} brings it back."
            );
            let line = canvas.row().gap(3).text(canvas.theme.dropped, &text);
            vec![line.line()]
        }
        (_, Some(SlotArn::Unreadable(text))) => {
            let text = format!("The slot has {text:?}, which is not a {kind} definition version.");
            let line = canvas.row().gap(3).text(canvas.theme.warning, &text);
            vec![line.line()]
        }
        (
            SlotState::Kept
            | SlotState::Changed
            | SlotState::Added
            | SlotState::New
            | SlotState::Back,
            _,
        ) => Vec::new(),
    }
}

fn findings(
    session: &Session,
    kind: DefinitionKind,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'static>> {
    let Some(work) = session.work() else {
        return Vec::new();
    };
    let room = canvas.width().saturating_sub(5);
    let mut lines = Vec::new();
    for finding in work.findings().of(kind) {
        let style = severity_style(canvas.theme, finding.severity);
        let text = format!("{}: {}", finding.severity.words(), finding.message);
        for (place, part) in wrap(&text, room).iter().enumerate() {
            let indent = if place == 0 { 3 } else { 5 };
            lines.push(canvas.row().gap(indent).text(style, part).line());
        }
        if let Some(words) = candidate_words(session, finding) {
            for part in wrap(&format!("pick: {words}"), room) {
                lines.push(canvas.row().gap(5).text(canvas.theme.plain, &part).line());
            }
        }
    }
    lines
}
