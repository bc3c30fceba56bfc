//! Names on the screen: of versions, slots and groups, and the style of each state.

use ratatui::style::Style;

use super::Theme;
use super::widget::cells::{prefix, suffix, width};
use crate::app::Session;
use crate::app::catalog::Catalog;
use crate::app::picker::NO_NAME;
use crate::domain::check::{Finding, Severity};
use crate::domain::id::short_id;
use crate::domain::plural::counted;
use crate::domain::printable::printable;
use crate::domain::{
    DefinitionKind, DefinitionVersionArn, Group, GroupId, SlotArn, SlotState, Timestamp,
};

/// The definition's name, or its short id if it has no name or is not listed.
pub(super) fn definition_name(catalog: &Catalog, arn: &DefinitionVersionArn) -> String {
    let short = short_id(arn.definition());
    match catalog.definition_of(arn) {
        Some(definition) => match &definition.name {
            Some(name) if !name.is_empty() => name.clone(),
            Some(_) | None => format!("{NO_NAME} {short}"),
        },
        None if catalog.definitions(arn.kind()).is_complete() => format!("(unlisted) {short}"),
        None if catalog.definitions(arn.kind()).error().is_some() => format!("(unread) {short}"),
        None => format!("(reading) {short}"),
    }
}

/// The name of the definition in a slot.
pub(super) fn held_name(catalog: &Catalog, held: &SlotArn) -> String {
    match held {
        SlotArn::Version(arn) => definition_name(catalog, arn),
        SlotArn::Unreadable(text) => text.to_string(),
    }
}

/// The short id of the version in a slot.
pub(super) fn held_short(held: &SlotArn) -> &str {
    held.version().map_or("no ARN", DefinitionVersionArn::short)
}

/// The age of the version in a slot; `None` if unknown.
pub(super) fn held_age(session: &Session, held: &SlotArn) -> Option<String> {
    let created = created(session.catalog(), held.version()?)?;
    Some(created.age(session.now()))
}

/// `press-line-3-fns 88d2f00a (2 h old)`.
pub(super) fn held_words(session: &Session, held: &SlotArn) -> String {
    let name = held_name(session.catalog(), held);
    let age = match held_age(session, held) {
        Some(age) => format!(" ({age} old)"),
        None => String::new(),
    };
    format!("{name} {}{age}", held_short(held))
}

/// When a version was created; `None` if unknown.
fn created(catalog: &Catalog, arn: &DefinitionVersionArn) -> Option<Timestamp> {
    let listed = catalog.versions(&arn.definition_id()).and_then(|versions| {
        let entry = versions.items().iter().find(|version| version.arn == *arn);
        entry.and_then(|version| version.created)
    });
    listed.or_else(|| catalog.contents.created(arn))
}

/// `dispatch-fns d2724f0d has tracker:PROD`: an existing version that would remove the finding.
pub(super) fn candidate_words(session: &Session, finding: &Finding) -> Option<String> {
    let found = session.candidate(finding)?;
    let name = definition_name(session.catalog(), &found.arn);
    let has = found.has.as_ref();
    let has = has.map_or_else(String::new, |text| format!(" has {text}"));
    Some(format!("{name} {}{has}", found.arn.short()))
}

/// `2: prod…vision:12, aggregate:7`: a summary that is too long, with each long name cut in its middle.
pub(super) fn shortened_summary(summary: &str, room: usize, ellipsis: &str) -> String {
    const NAME: usize = 18;
    let summary = printable(summary);
    let (count, names) = match summary.split_once(": ") {
        Some(parts) if width(&summary) > room => parts,
        Some(_) | None => return summary.into_owned(),
    };
    // The first name is in view, with the sign that more follow.
    let spare = room.saturating_sub(width(count) + 2);
    let most = if names.contains(", ") {
        NAME.min(spare.saturating_sub(2))
    } else {
        spare
    };
    let most = most.max(8);
    let cut_end = |end: &str| {
        if width(end) <= most {
            return end.to_owned();
        }
        let (head, used) = prefix(end, most / 4);
        let tail = suffix(end, most.saturating_sub(used + width(ellipsis)));
        format!("{head}{ellipsis}{tail}")
    };
    let cut = |name: &str| name.split("->").map(cut_end).collect::<Vec<_>>().join("->");
    let names: Vec<String> = names.split(", ").map(cut).collect();
    format!("{count}: {}", names.join(", "))
}

/// The day of `created` in UTC; a time that is not known is `-`, never that of something else.
pub(super) fn day(created: Option<Timestamp>) -> String {
    created.map_or_else(|| "-".to_owned(), Timestamp::day)
}

/// An unfinished draft by the number of its changed slots. Without any, it starts from an older version.
pub(super) fn in_draft(changed: usize) -> String {
    match changed {
        0 => "older base".to_owned(),
        _ => format!("{changed} changed"),
    }
}

pub(super) fn group_name(group: &Group) -> String {
    let name = group.name.as_deref().filter(|name| !name.is_empty());
    name.unwrap_or(NO_NAME).to_owned()
}

/// The name of a group, or its short id if it is not listed.
pub(super) fn known_group_name(session: &Session, id: &GroupId) -> String {
    let group = session.catalog().group(id);
    group.map_or_else(|| id.short().to_owned(), group_name)
}

pub(super) const fn state_style(theme: &Theme, state: SlotState) -> Style {
    match state {
        SlotState::Kept => theme.kept,
        SlotState::Changed | SlotState::New | SlotState::Back => theme.changed,
        SlotState::Added => theme.added,
        SlotState::Dropped => theme.dropped,
        SlotState::Empty => theme.empty,
    }
}

pub(super) const fn severity_style(theme: &Theme, severity: Severity) -> Style {
    match severity {
        Severity::Blocks => theme.error,
        Severity::Likely => theme.warning,
        Severity::Note => theme.faint,
    }
}

/// The number of findings on one slot: `1 problem`, `2 blocking`, `1 note`.
pub(super) fn problems(
    session: &Session,
    theme: &Theme,
    kind: DefinitionKind,
) -> Option<(Style, String)> {
    let findings = session.work()?.findings();
    let count = |severity| {
        let of_slot = findings.of(kind);
        of_slot.filter(|one| one.severity == severity).count()
    };
    let [blocks, likely, notes] = Severity::ALL.map(count);
    if blocks > 0 {
        let others = match likely {
            0 => String::new(),
            more => format!(" +{more}"),
        };
        return Some((theme.error, format!("{blocks} blocking{others}")));
    }
    if likely > 0 {
        return Some((theme.warning, counted(likely, "problem")));
    }
    if findings.pending().contains(&kind) {
        return Some((theme.faint, "loading…".to_owned()));
    }
    (notes > 0).then(|| (theme.faint, counted(notes, "note")))
}
