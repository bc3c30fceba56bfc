//! The pane with the focus: its title, the search line, the versions, and messages about the slot.

use ratatui::style::Style;
use ratatui::text::Line;

use super::closed_pane::is_verified;
use super::columns::VersionColumns;
use super::version_row::version_row;
use crate::app::effect::Request;
use crate::app::picker::Picker;
use crate::app::screen::assemble::{Assemble, Pane};
use crate::app::work::Work;
use crate::app::{Command, KeyContext, Session};
use crate::domain::printable::printable;
use crate::domain::{DefinitionKind, DefinitionVersionArn, SlotArn, SlotState};
use crate::search::Sort;
use crate::ui::Theme;
use crate::ui::keys::Keys;
use crate::ui::naming::{candidate_words, problems, severity_style, state_style};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::{width, wrap};
use crate::ui::widget::list::picker_list;
use crate::ui::widget::search_line::no_match;
use crate::ui::widget::text_block::TextBlock;
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
    let mut below = canvas.block();
    remarks(session, assemble, &mut below);
    let has_room = spare > 1;
    let needed = first + picker.len() + 1 + below.lines.len() + DETAILS;
    let mut details = canvas.block();
    highlighted(session, pane, columns, &mut details);
    if below.lines.len() + details.lines.len() + 2 <= spare {
        if !below.lines.is_empty() {
            below.blank();
        }
        below.lines.append(&mut details.lines);
    }
    canvas.write(0, &title(session, assemble, canvas, (has_room, columns)));
    if has_room {
        let gap = usize::from(drawn > 0);
        let left_out = (below.lines.len() + gap).saturating_sub(spare);
        if left_out > 0 {
            below.lines.truncate(spare - gap - 1);
            let review = Keys::new(session, KeyContext::Assemble).name(Command::Review);
            let text = format!("{} more lines; {review} shows all", left_out + 1);
            below.line(3, canvas.theme.faint, &text);
        }
        canvas.write_all(first + drawn + gap, &below.lines);
    } else if spare == 1 {
        canvas.write_all(first + drawn, below.lines.first());
    }
    if catalog.definitions(kind).is_growing() {
        canvas.height()
    } else {
        needed.min(canvas.height())
    }
}

/// ` 3 function  kept ── name ── id ─────── created ───────────── 3/41  own first ──`.
fn title(
    session: &Session,
    assemble: &Assemble,
    canvas: &Canvas<'_, '_>,
    (are_findings_below, columns): (bool, VersionColumns),
) -> Line<'static> {
    let theme = canvas.theme;
    let kind = assemble.focus;
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
    let right = count(session, assemble, canvas);
    let rule = TitledRule {
        left,
        headings: columns.headings(),
        right: &right,
        is_focused: true,
    };
    rule.line(theme, canvas.width())
}

fn count(session: &Session, assemble: &Assemble, canvas: &Canvas<'_, '_>) -> String {
    let picker = &assemble.pane().picker;
    let listing = session.catalog().definitions(assemble.focus);
    let growing = if listing.is_growing() {
        canvas.theme.symbols.ellipsis
    } else {
        ""
    };
    let (matching, all) = (picker.matching(), picker.len());
    let mut sort = sort_words(picker).to_owned();
    let is_newest_first = picker.sort() == Sort::Newest && picker.input().is_empty();
    let is_asked = picker.has_search_line() || assemble.rest[assemble.focus];
    let (listed, definitions) = if is_newest_first || is_asked {
        session.catalog().definitions_with_versions(assemble.focus)
    } else {
        (0, 0)
    };
    if is_newest_first && listed < definitions {
        sort = format!("{sort}, {listed} of {definitions} read");
    }
    let mut unread = Vec::new();
    if picker.with_contents() < all {
        unread.push(format!("contents of {}", picker.with_contents()));
    }
    if listed < definitions {
        unread.push(format!("versions of {listed}/{definitions}"));
    }
    if canvas.width() < WIDTH_FOR_BOTH {
        unread.truncate(1);
    }
    if is_asked && !unread.is_empty() {
        format!("{matching}/{all}{growing}, {} read", unread.join(", "))
    } else if picker.has_search_line() {
        format!("{matching}/{all}{growing}  {sort}")
    } else {
        format!("{all}{growing}  {sort}")
    }
}

/// The order of a list in words; a filter puts the best match first.
fn sort_words(picker: &Picker<DefinitionVersionArn>) -> &'static str {
    if !picker.input().is_empty() {
        return "best match first";
    }
    match picker.sort() {
        Sort::Own => "own first",
        Sort::Newest => "newest first",
        Sort::Name => "by name",
        Sort::LatestFirst => "latest first",
    }
}

/// The messages below the rows: an empty list, errors, findings.
fn remarks(session: &Session, assemble: &Assemble, below: &mut TextBlock<'_>) {
    let kind = assemble.focus;
    if let Some(text) = empty_list(session, kind, &assemble.pane().picker) {
        below.line(3, below.theme.faint, &text);
    }
    let base = session
        .work()
        .and_then(|work| work.error(session.catalog()));
    let list = session.catalog().definitions(kind).error();
    for error in base.into_iter().chain(list) {
        below.failure(3, error, Keys::new(session, KeyContext::Assemble));
    }
    if let Some((style, text)) = slot(session, kind, below.theme) {
        below.line(3, style, &text);
    }
    findings(session, kind, below);
}

/// A text with its second and later lines indented.
fn hanging(below: &mut TextBlock<'_>, style: Style, text: &str) {
    let parts = wrap(text, below.width.saturating_sub(5));
    for (place, part) in parts.iter().enumerate() {
        below.line(if place == 0 { 3 } else { 5 }, style, part);
    }
}

/// The selected version's summary, if it does not fit into the row.
fn highlighted(
    session: &Session,
    pane: &Pane,
    columns: VersionColumns,
    details: &mut TextBlock<'_>,
) {
    let contents = &session.catalog().contents;
    if let Some(arn) = pane.picker.selected()
        && let Some(summary) = contents.summary(arn)
        && width(&printable(&summary.to_string())) > columns.summary
    {
        let text = format!("{} holds {summary}", arn.short());
        hanging(details, details.theme.faint, &text);
    }
}

/// The reason why no version is listed.
fn empty_list(
    session: &Session,
    kind: DefinitionKind,
    picker: &Picker<DefinitionVersionArn>,
) -> Option<String> {
    let listing = session.catalog().definitions(kind);
    let text = if !picker.is_empty() && picker.matching() == 0 {
        no_match(session, picker.len())
    } else if listing.error().is_some() || !picker.is_empty() {
        return None;
    } else if is_throttled(session, kind) {
        "Waiting for the service…".to_owned()
    } else if listing.is_growing() {
        format!("Loading the {kind} definitions…")
    } else if listing.items().is_empty() {
        format!("No {kind} definitions in this account and region.")
    } else {
        format!("No {kind} definition has a version yet.")
    };
    Some(text)
}

/// True while the next page of the list waits for the request rate.
fn is_throttled(session: &Session, kind: DefinitionKind) -> bool {
    let page = session.catalog().definitions(kind).wanted();
    let loader = session.loader();
    loader.throttled().is_some()
        && page.is_some_and(|page| loader.is_waiting(&Request::Definitions(kind, page.clone())))
}

/// The message about a slot whose version is not one of the rows.
fn slot(session: &Session, kind: DefinitionKind, theme: &Theme) -> Option<(Style, String)> {
    let work = session.work();
    let Some(draft) = work.and_then(Work::draft) else {
        let is_failed = work.is_some_and(|work| work.error(session.catalog()).is_some());
        let text = "Loading the group's base version…";
        return (!is_failed).then(|| (theme.faint, text.to_owned()));
    };
    let keys = Keys::new(session, KeyContext::Assemble);
    match (draft.state(kind), draft.slots().get(kind)) {
        (SlotState::Empty, _) => {
            let pick = keys.name(Command::Open);
            let text = format!("The slot is empty; {pick} picks the highlighted version.");
            Some((theme.faint, text))
        }
        (SlotState::Dropped, _) => {
            let reset = keys.name(Command::Reset);
            let text = format!(
                "DROPPED: the new version has no {kind} definition; {reset} brings it back."
            );
            Some((theme.dropped, text))
        }
        (_, Some(SlotArn::Unreadable(text))) => {
            let text = format!("The slot has {text:?}, which is not a {kind} definition version.");
            Some((theme.warning, text))
        }
        (
            SlotState::Kept
            | SlotState::Changed
            | SlotState::Added
            | SlotState::New
            | SlotState::Back,
            _,
        ) => None,
    }
}

fn findings(session: &Session, kind: DefinitionKind, below: &mut TextBlock<'_>) {
    let Some(work) = session.work() else { return };
    let theme = below.theme;
    for finding in work.findings().of(kind) {
        let text = format!("{}: {}", finding.severity.words(), finding.message);
        hanging(below, severity_style(theme, finding.severity), &text);
        if let Some(words) = candidate_words(session, finding) {
            let parts = wrap(&format!("pick: {words}"), below.width.saturating_sub(5));
            for part in parts {
                below.line(5, theme.plain, &part);
            }
        }
    }
}
