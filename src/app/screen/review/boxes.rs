//! The acknowledgements that are required before a version is created, each with a box to tick.

use crate::app::catalog::Catalog;
use crate::app::session::Session;
use crate::app::work::{Superseded, Work};
use crate::domain::check::BlockingRule;
use crate::domain::{
    DefinitionKind, DefinitionTarget, DefinitionVersionArn, Draft, GroupVersionId, NewVersion,
    SlotArn,
};

/// A permitted consequence that the user must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledgement {
    /// The slot has this version in the base and is absent in the new version.
    Dropped(DefinitionKind, SlotArn),
    /// The slot is empty in the base and the draft, but filled in the superseded version.
    LeftOut(DefinitionKind, GroupVersionId),
    /// This rule makes a deployment of the new version fail.
    Blocking(BlockingRule),
    /// Nothing differs from the group's latest version.
    IdenticalCopy,
    /// The new version supersedes a version later than the base.
    Supersedes(Superseded),
    /// The superseded version could not be loaded, so its left-out slots are unknown.
    NotCompared(GroupVersionId),
    /// This version was created in a new version's definition after the edit began.
    NewerVersion(DefinitionVersionArn),
    /// The definition of a new version of this kind could not be loaded again.
    NewerNotRead(DefinitionKind),
    /// Contents that are not loaded; the checks that need them have not run.
    Unchecked(Vec<DefinitionKind>),
    /// The account has no service role in this region: the deployment fails.
    NoServiceRole,
    /// The history cannot be written, for this reason: a killed program would leave no trace of the request.
    Unrecorded(String),
    /// A reset that does not wait for the core; this box is optional.
    Force,
}

/// A box with its acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcknowledgementBox {
    pub what: Acknowledgement,
    pub ticked: bool,
}

/// All boxes in order, and the one that Space ticks.
#[derive(Debug)]
pub struct Boxes {
    all: Vec<AcknowledgementBox>,
    /// `None` if its box was removed and another one took its place.
    cursor: Option<usize>,
}

impl Default for Boxes {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            cursor: Some(0),
        }
    }
}

impl Boxes {
    pub fn all(&self) -> &[AcknowledgementBox] {
        &self.all
    }

    /// The index of the box that Space ticks.
    pub const fn cursor(&self) -> Option<usize> {
        self.cursor
    }

    /// The required boxes that are not ticked.
    pub fn open(&self) -> impl Iterator<Item = &AcknowledgementBox> {
        let open = self.all.iter().filter(|one| !one.ticked);
        open.filter(|one| one.what != Acknowledgement::Force)
    }

    pub(in crate::app) fn is_forced(&self) -> bool {
        let mut all = self.all.iter();
        all.any(|one| one.ticked && one.what == Acknowledgement::Force)
    }

    /// Updates the boxes; an unchanged box keeps its tick and the cursor.
    pub(super) fn renew(&mut self, work: &Work, session: &Session) {
        if let Some(draft) = work.draft() {
            self.put(needed(draft, work, session));
        }
    }

    /// Replaces the boxes; an unchanged box keeps its tick and the cursor.
    pub fn put(&mut self, needed: Vec<Acknowledgement>) {
        let before = std::mem::take(&mut self.all);
        let is_ticked =
            |what: &Acknowledgement| before.iter().any(|one| one.ticked && one.what == *what);
        let boxes = needed.into_iter().map(|what| AcknowledgementBox {
            ticked: is_ticked(&what),
            what,
        });
        self.all = boxes.collect();
        // Space must not tick a box that has just replaced the one under the cursor.
        if let Some(looked_at) = self.cursor.and_then(|cursor| before.get(cursor)) {
            self.cursor = self.all.iter().position(|one| one.what == looked_at.what);
        }
    }

    pub(super) fn go_to_first(&mut self) {
        self.cursor = Some(0);
    }

    pub fn step(&mut self, is_down: bool) {
        let last = self.all.len().saturating_sub(1);
        self.cursor = Some(match self.cursor {
            Some(cursor) if is_down => (cursor + 1).min(last),
            Some(cursor) => cursor.saturating_sub(1),
            None if is_down => 0,
            None => last,
        });
    }

    /// Ticks or unticks the box under the cursor; without a cursor, goes to the first box.
    pub fn tick(&mut self) {
        match self.cursor {
            Some(cursor) => {
                if let Some(one) = self.all.get_mut(cursor) {
                    one.ticked = !one.ticked;
                }
            }
            None => self.go_to_first(),
        }
    }
}

fn needed(draft: &Draft, work: &Work, session: &Session) -> Vec<Acknowledgement> {
    let catalog = session.catalog();
    let mut needed: Vec<Acknowledgement> = draft
        .dropped_kinds()
        .filter_map(|kind| {
            let held = draft.base().slots.get(kind)?;
            Some(Acknowledgement::Dropped(kind, held.clone()))
        })
        .collect();
    let superseded = work.superseded();
    if let Some(version) = superseded.map(|superseded| &superseded.version) {
        let left_out = work.left_out(catalog);
        needed.extend(left_out.map(|kind| Acknowledgement::LeftOut(kind, version.clone())));
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
    let new = draft.to_create();
    needed.extend(new.filter_map(|version| newer(version, catalog)));
    let unchecked = unchecked(work);
    if !unchecked.is_empty() {
        needed.push(Acknowledgement::Unchecked(unchecked));
    }
    let history_error = work.history_error.clone();
    needed.extend(history_error.map(Acknowledgement::Unrecorded));
    needed
}

/// The newer version of an edited definition, if the definition is loaded.
fn newer(version: &NewVersion, catalog: &Catalog) -> Option<Acknowledgement> {
    let DefinitionTarget::Existing(id) = &version.target else {
        return None;
    };
    if catalog
        .definition_reading(version.kind(), id)
        .error()
        .is_some()
    {
        return Some(Acknowledgement::NewerNotRead(version.kind()));
    }
    let latest = catalog.definition(version.kind(), id)?.latest.as_ref()?;
    let is_newer = version.latest.as_ref() != Some(latest);
    is_newer.then(|| Acknowledgement::NewerVersion(latest.clone()))
}

/// The slots without a loaded content, except those that a blocking finding reports.
fn unchecked(work: &Work) -> Vec<DefinitionKind> {
    let findings = work.findings();
    let is_reported = |kind: &DefinitionKind| {
        findings
            .blocking()
            .any(|finding| finding.first_slot() == Some(*kind) && finding.items.is_empty())
    };
    let unknown = findings.unknown().iter().filter(|kind| !is_reported(kind));
    findings.pending().iter().chain(unknown).copied().collect()
}

/// True if the new version would equal the group's latest one.
fn is_identical_copy(draft: &Draft, work: &Work, session: &Session) -> bool {
    let catalog = session.catalog();
    let latest = catalog.latest_version(draft.group());
    match work.superseded() {
        Some(_) => work.superseded_slots(catalog) == Some(draft.slots()),
        None => latest.is_some() && latest == draft.base().version.as_ref() && !draft.differs(),
    }
}
