//! One row of the open pane: a definition version to pick.

use std::slice;

use super::columns::VersionColumns;
use crate::app::Session;
use crate::app::picker::VisibleRow;
use crate::app::work::Work;
use crate::domain::DefinitionVersionArn;
use crate::domain::content::TermField;
use crate::ui::naming::{day, definition_name, shortened_summary};
use crate::ui::widget::highlighted::Highlighted;
use crate::ui::widget::row::{DAY, GUTTER, Row, SHORT_ID};

type VersionRow<'a> = VisibleRow<'a, DefinitionVersionArn>;

/// The mark of the version to compare with. It replaces other marks that do not fit.
const COMPARED: &str = "marked";

/// `*> press-line-3-fns      88d2f00a  2026-05-01 09:12Z  latest    3: cam:13, …`.
pub(super) fn version_row<'a>(
    (session, is_compared, others): (&Session, bool, &[&str]),
    visible: &VersionRow<'_>,
    row: Row<'a>,
    columns: VersionColumns,
) -> Row<'a> {
    let theme = row.theme();
    let arn = visible.id;
    let is_in_slot = session.held(arn.kind()) == Some(arn);
    let style = theme.row(visible.is_selected);
    let sign = |is_there: bool, sign: &'static str| if is_there { sign } else { "" };
    let marks = if is_compared && !columns.has_all_marks() {
        COMPARED.to_owned()
    } else {
        let compared = if is_compared { COMPARED } else { "" };
        let marks = marks(session, arn, is_in_slot, columns);
        format!("{compared} {marks}").trim_start().to_owned()
    };
    let name = name(session, visible);
    let name = name.fitted_among(others, columns.name, theme.symbols.ellipsis);
    let row = row
        .cell(theme.marker, sign(is_in_slot, theme.symbols.slot), 1)
        .cell(
            theme.marker,
            sign(visible.is_selected, theme.symbols.marker),
            GUTTER - 1,
        )
        .highlighted_cell(style, &name, columns.name)
        .gap(1)
        .highlighted_cell(style, &short(visible), SHORT_ID)
        .gap(2)
        .highlighted_cell(theme.faint, &shown(visible, &day(visible.created)), DAY)
        .gap(2)
        .highlighted_cell(theme.plain, &shown(visible, &marks), columns.marks);
    if columns.summary == 0 {
        return row;
    }
    let row = row.gap(1);
    if let Some(highlighted) = item_match(session, visible).or_else(|| hidden_match(visible)) {
        return row.highlighted_name(theme.faint, &highlighted, columns.summary);
    }
    let summary = summary(session, arn, columns);
    let summary = shortened_summary(&summary, row.left(), theme.symbols.ellipsis);
    row.text(theme.faint, &summary)
}

fn name(session: &Session, visible: &VersionRow<'_>) -> Highlighted {
    let catalog = session.catalog();
    let named = catalog
        .definition_of(visible.id)
        .and_then(|definition| definition.name.as_deref())
        .filter(|name| !name.is_empty());
    match named {
        Some(name) => Highlighted::characters(name, &visible.highlights.name),
        None => Highlighted::none(&definition_name(catalog, visible.id)),
    }
}

/// The start of the version's id in the ARN.
fn id_start(arn: &DefinitionVersionArn) -> usize {
    arn.as_str().len() - arn.version().len()
}

fn short(visible: &VersionRow<'_>) -> Highlighted {
    let start = id_start(visible.id);
    Highlighted::from_byte(visible.id.short(), &visible.highlights.arn, start)
}

/// A mark or a date, with the matched word highlighted.
fn shown(visible: &VersionRow<'_>, text: &str) -> Highlighted {
    let matched = visible.highlights.item.as_ref();
    let matched = matched.filter(|matched| matched.field == TermField::Row);
    Highlighted::item(text, matched)
}

/// `cam:13 in Functions/cam`: the item by which the row matches.
fn item_match(session: &Session, visible: &VersionRow<'_>) -> Option<Highlighted> {
    let matched = visible.highlights.item.as_ref();
    let matched = matched.filter(|matched| matched.field != TermField::Row)?;
    let contents = &session.catalog().contents;
    let path = contents.item_path(visible.id, matched.field, &matched.text);
    let path = path.map_or_else(String::new, |path| format!(" in {path}"));
    let text = format!("{}{path}", matched.text);
    Some(Highlighted::item(&text, Some(matched)))
}

/// The part of the ARN from a match that no column shows.
fn hidden_match(visible: &VersionRow<'_>) -> Option<Highlighted> {
    let matched = &visible.highlights.arn;
    let first = matched.first()?;
    let start = id_start(visible.id);
    let shown = start..start + visible.id.short().len();
    if matched.iter().any(|range| shown.contains(&range.start)) {
        return None;
    }
    let rest = visible.id.as_str().get(first.start..)?;
    Some(Highlighted::from_byte(
        rest,
        slice::from_ref(first),
        first.start,
    ))
}

/// `latest`, `base`, `slot`. If they do not all fit, only the sign marks the slot.
fn marks(
    session: &Session,
    arn: &DefinitionVersionArn,
    is_in_slot: bool,
    columns: VersionColumns,
) -> String {
    let draft = session.work().and_then(Work::draft);
    let is_base = draft.and_then(|draft| draft.base().slots.version(arn.kind())) == Some(arn);
    let is_latest = session.catalog().is_latest(arn);
    let is_slot_shown = columns.has_all_marks() || !(is_base && is_latest);
    let marks = [
        (is_in_slot && is_slot_shown, "slot"),
        (arn.is_new(), "NEW"),
        (is_base, "base"),
        (is_latest, "latest"),
    ];
    let words = marks.into_iter().filter(|(holds, _)| *holds);
    let words: Vec<&str> = words.map(|(_, word)| word).collect();
    words.join(" ")
}

/// A narrower summary leaves out the kind, which is in the pane's title.
const FULL_SUMMARY: usize = 28;

fn summary(session: &Session, arn: &DefinitionVersionArn, columns: VersionColumns) -> String {
    let contents = &session.catalog().contents;
    let Some(summary) = contents.summary(arn) else {
        let error = contents.get(arn).error();
        return error.map_or_else(String::new, |error| error.kind.words().to_owned());
    };
    if columns.summary < FULL_SUMMARY {
        summary.short()
    } else {
        summary.to_string()
    }
}
