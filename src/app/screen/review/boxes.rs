//! What has to be acknowledged before a version is created, each with a box to tick.

use std::collections::BTreeMap;

use crate::app::session::Session;
use crate::app::work::Work;
use crate::domain::{DefinitionKind, Draft, GroupVersionId, SlotState};

/// Something that is allowed, but must not happen unknowingly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledgement {
    /// The slot is filled in the base and absent in the new version.
    Dropped(DefinitionKind),
    /// A rule says that a deployment of the new version fails.
    Blocking {
        rule: &'static str,
        message: String,
        count: usize,
    },
    /// Nothing differs from the group's latest version.
    IdenticalCopy,
    /// A version that somebody created meanwhile is superseded.
    Overwrites(GroupVersionId),
    /// Contents that are not read yet: their checks have not run.
    Unchecked(Vec<DefinitionKind>),
}

/// A box before what it acknowledges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcknowledgementBox {
    pub what: Acknowledgement,
    pub ticked: bool,
}

/// Makes the boxes fit what is known now; a tick stays where its box stays.
pub(super) fn renew(
    boxes: &mut Vec<AcknowledgementBox>,
    work: &Work,
    session: &Session,
    overwrites: Option<&GroupVersionId>,
) {
    let Some(draft) = work.draft() else { return };
    let mut needed: Vec<Acknowledgement> = draft
        .dropped_kinds()
        .map(Acknowledgement::Dropped)
        .collect();
    needed.extend(blocking(work));
    if is_identical_copy(draft, session) {
        needed.push(Acknowledgement::IdenticalCopy);
    }
    needed.extend(overwrites.cloned().map(Acknowledgement::Overwrites));
    if !work.findings().pending().is_empty() {
        needed.push(Acknowledgement::Unchecked(
            work.findings().pending().to_vec(),
        ));
    }
    let ticked: Vec<Acknowledgement> = boxes
        .drain(..)
        .filter(|one| one.ticked)
        .map(|one| one.what)
        .collect();
    boxes.extend(needed.into_iter().map(|what| AcknowledgementBox {
        ticked: ticked.contains(&what),
        what,
    }));
}

/// One box for each rule that blocks: a rule that many items break is still one thing to know.
fn blocking(work: &Work) -> impl Iterator<Item = Acknowledgement> {
    let mut rules: BTreeMap<&'static str, (String, usize)> = BTreeMap::new();
    for finding in work.findings().blocking() {
        rules
            .entry(finding.rule)
            .or_insert_with(|| (finding.message.clone(), 0))
            .1 += 1;
    }
    rules
        .into_iter()
        .map(|(rule, (message, count))| Acknowledgement::Blocking {
            rule,
            message,
            count,
        })
}

/// True when the request would make a version equal to the group's latest one.
fn is_identical_copy(draft: &Draft, session: &Session) -> bool {
    let latest = session
        .catalog
        .group(draft.group())
        .and_then(|group| group.latest.as_ref());
    match latest {
        None => false,
        Some(latest) if draft.base().version.as_ref() == Some(latest) => !draft.differs(),
        Some(latest) => session
            .catalog
            .group_version(draft.group(), latest)
            .ready()
            .is_some_and(|version| version.slots == *draft.slots()),
    }
}

/// The slots in the order of the review: dropped first, then the other changes, then the rest.
pub(super) fn slots_in_order(draft: &Draft) -> Vec<DefinitionKind> {
    let mut kinds = DefinitionKind::ALL.to_vec();
    kinds.sort_by_key(|&kind| match draft.state(kind) {
        SlotState::Dropped => 0,
        SlotState::Changed | SlotState::Added => 1,
        SlotState::Kept => 2,
        SlotState::Empty => 3,
    });
    kinds
}
