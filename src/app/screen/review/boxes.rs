//! What has to be acknowledged before a version is created, each with a box to tick.

use crate::app::session::Session;
use crate::app::work::{Superseded, Work};
use crate::domain::check::BlockingRule;
use crate::domain::{DefinitionKind, Draft, GroupVersionId, SlotArn, SlotState};

/// Something that is allowed, but must not happen unknowingly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledgement {
    /// The slot is filled in the base, with this, and absent in the new version.
    Dropped(DefinitionKind, SlotArn),
    /// The slot is empty in the base and the draft, and filled in the version that is superseded.
    LeftOut(DefinitionKind, GroupVersionId),
    /// A rule says that a deployment of the new version fails.
    Blocking(BlockingRule),
    /// Nothing differs from the group's latest version.
    IdenticalCopy,
    /// A version later than the base is superseded.
    Supersedes(Superseded),
    /// What the superseded version holds is not read, so nobody knows what is left out of it.
    NotCompared(GroupVersionId),
    /// Contents that are not read: the checks that need them have not run.
    Unchecked(Vec<DefinitionKind>),
}

/// A box before what it acknowledges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcknowledgementBox {
    pub what: Acknowledgement,
    pub ticked: bool,
}

/// Makes the boxes fit what is known now; a tick stays where its box stays.
pub(super) fn renew(boxes: &mut Vec<AcknowledgementBox>, work: &Work, session: &Session) {
    let Some(draft) = work.draft() else { return };
    let ticked: Vec<Acknowledgement> = boxes
        .drain(..)
        .filter(|one| one.ticked)
        .map(|one| one.what)
        .collect();
    boxes.extend(
        needed(draft, work, session)
            .into_iter()
            .map(|what| AcknowledgementBox {
                ticked: ticked.contains(&what),
                what,
            }),
    );
}

fn needed(draft: &Draft, work: &Work, session: &Session) -> Vec<Acknowledgement> {
    let catalog = &session.catalog;
    let mut needed: Vec<Acknowledgement> = draft
        .dropped_kinds()
        .filter_map(|kind| {
            let held = draft.base().slots.get(kind)?;
            Some(Acknowledgement::Dropped(kind, held.clone()))
        })
        .collect();
    let superseded = work.superseded();
    if let Some(superseded) = superseded {
        let left_out = work.left_out(catalog);
        needed.extend(
            left_out.map(|kind| Acknowledgement::LeftOut(kind, superseded.version.clone())),
        );
    }
    let blocking = work.findings().blocking_rules();
    needed.extend(blocking.into_iter().map(Acknowledgement::Blocking));
    if is_identical_copy(draft, work, session) {
        needed.push(Acknowledgement::IdenticalCopy);
    }
    if let Some(superseded) = superseded {
        needed.push(Acknowledgement::Supersedes(superseded.clone()));
        if work.superseded_slots(catalog).is_none() {
            needed.push(Acknowledgement::NotCompared(superseded.version.clone()));
        }
    }
    let unchecked = unchecked(work);
    if !unchecked.is_empty() {
        needed.push(Acknowledgement::Unchecked(unchecked));
    }
    needed
}

/// The slots whose content is not known, but for those of which a rule says that nothing is there to know.
fn unchecked(work: &Work) -> Vec<DefinitionKind> {
    let findings = work.findings();
    let is_told = |kind: &DefinitionKind| {
        findings
            .blocking()
            .any(|finding| finding.first_slot() == Some(*kind) && finding.items.is_empty())
    };
    let unknown = findings.unknown().iter().filter(|kind| !is_told(kind));
    findings.pending().iter().chain(unknown).copied().collect()
}

/// True when the request would make a version equal to the group's latest one.
fn is_identical_copy(draft: &Draft, work: &Work, session: &Session) -> bool {
    let catalog = &session.catalog;
    let latest = catalog
        .group(draft.group())
        .and_then(|group| group.latest.as_ref());
    match work.superseded() {
        Some(_) => work.superseded_slots(catalog) == Some(draft.slots()),
        None => latest.is_some() && latest == draft.base().version.as_ref() && !draft.differs(),
    }
}

/// The slots in the order of the review: dropped and left out first, then the other changes, then the rest.
pub(super) fn slots_in_order(draft: &Draft, work: &Work, session: &Session) -> Vec<DefinitionKind> {
    let left_out: Vec<DefinitionKind> = work.left_out(&session.catalog).collect();
    let mut kinds = DefinitionKind::ALL.to_vec();
    kinds.sort_by_key(|kind| match draft.state(*kind) {
        SlotState::Dropped => 0,
        SlotState::Empty if left_out.contains(kind) => 1,
        SlotState::Changed | SlotState::Added => 2,
        SlotState::Kept => 3,
        SlotState::Empty => 4,
    });
    kinds
}
