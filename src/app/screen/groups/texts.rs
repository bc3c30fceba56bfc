//! The texts by which a search finds a group: those of its row, and those in its latest version's slots.

use std::sync::Arc;

use crate::app::picker::NO_NAME;
use crate::app::session::Session;
use crate::domain::content::TermField;
use crate::domain::{
    DefinitionKind, DefinitionVersionArn, Group, GroupVersion, SlotArn, Timestamp,
};
use crate::search::ItemMatch;

/// A text of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GroupText {
    pub(super) field: TermField,
    pub(super) text: String,
    /// The slot with this text.
    pub(super) slot: Option<DefinitionKind>,
}

/// The latest version of a group, if loaded.
pub(super) fn latest<'a>(group: &Group, session: &'a Session) -> Option<&'a Arc<GroupVersion>> {
    let latest = group.latest.as_ref()?;
    session.catalog().group_version(&group.id, latest).ready()
}

/// The slot with the text by which the search found a group.
pub fn matched_slot(
    group: &Group,
    matched: &ItemMatch,
    session: &Session,
) -> Option<DefinitionKind> {
    let texts = texts(group, session).into_iter();
    let mut same = texts.filter(|text| text.field == matched.field);
    same.find(|text| text.text == matched.text)?.slot
}

/// The version in that slot.
pub(super) fn slot_with(
    group: &Group,
    matched: &ItemMatch,
    session: &Session,
) -> Option<DefinitionVersionArn> {
    let kind = matched_slot(group, matched, session)?;
    latest(group, session)?.slots.version(kind).cloned()
}

/// True if the latest version and its contents are loaded.
pub(super) fn is_read(group: &Group, session: &Session) -> bool {
    let contents = &session.catalog().contents;
    let is_read = |version: &Arc<GroupVersion>| {
        let mut held = version.slots.versions();
        held.all(|arn| contents.is_known(arn))
    };
    group.latest.is_none() || latest(group, session).is_some_and(is_read)
}

/// The texts of a group, those of its row first.
pub(super) fn texts(group: &Group, session: &Session) -> Vec<GroupText> {
    let mut texts = Vec::new();
    let mut add = |field, text: &str, slot| {
        let text = text.to_owned();
        texts.push(GroupText { field, text, slot });
    };
    if group.name.as_deref().is_none_or(str::is_empty) {
        add(TermField::Row, NO_NAME, None);
    }
    match &group.latest {
        Some(version) => {
            add(TermField::Row, version.short(), None);
            add(TermField::Row, "latest", None);
            add(TermField::Id, version.as_str(), None);
        }
        None => add(TermField::Row, "no version yet", None),
    }
    if let Some(changed) = session.changed_in_draft(&group.id) {
        add(TermField::Row, &format!("draft: {changed} changed"), None);
    }
    let Some(version) = latest(group, session) else {
        return texts;
    };
    if let Some(day) = version.created.map(Timestamp::day) {
        add(TermField::Row, &day, None);
    }
    for kind in DefinitionKind::ALL {
        match version.slots.get(kind) {
            Some(SlotArn::Version(arn)) => add_slot(arn, session, &mut add),
            Some(SlotArn::Unreadable(text)) => add(TermField::Other, text, Some(kind)),
            None => {}
        }
    }
    texts
}

fn add_slot(
    arn: &DefinitionVersionArn,
    session: &Session,
    add: &mut impl FnMut(TermField, &str, Option<DefinitionKind>),
) {
    let slot = Some(arn.kind());
    let definition = session.catalog().definition_of(arn);
    if let Some(name) = definition.and_then(|definition| definition.name.as_deref()) {
        add(TermField::Other, name, slot);
    }
    add(TermField::Id, arn.version(), slot);
    add(TermField::Id, arn.definition(), slot);
    let terms = session.catalog().contents.terms(arn);
    for term in terms.filter(|term| term.field != TermField::Row) {
        add(term.field, term.text, slot);
    }
}
