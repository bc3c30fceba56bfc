//! What has to be acknowledged before a version is created, each with a box to tick.

use crate::app::catalog::Catalog;
use crate::app::session::Session;
use crate::app::work::{Superseded, Work};
use crate::domain::check::BlockingRule;
use crate::domain::{
    DefinitionKind, DefinitionTarget, DefinitionVersionArn, Draft, GroupVersionId, NewVersion,
    SlotArn,
};

/// Something that is allowed, but must not happen unknowingly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledgement {
    /// The slot is filled in the base, with this, and absent in the new version.
    Dropped(DefinitionKind, SlotArn),
    /// The slot is empty in the base and the draft, and filled in the version that is superseded.
    LeftOut(DefinitionKind, GroupVersionId),
    /// By this rule a deployment of the new version fails.
    Blocking(BlockingRule),
    /// Nothing differs from the group's latest version.
    IdenticalCopy,
    /// A version later than the base is superseded.
    Supersedes(Superseded),
    /// The superseded version is not read, so it is unknown what is left out of it.
    NotCompared(GroupVersionId),
    /// The definition of a new version has this one, which came after the edit began.
    NewerVersion(DefinitionVersionArn),
    /// The definition of a new version of this kind could not be read again.
    NewerNotRead(DefinitionKind),
    /// Contents that are not read: the checks that need them have not run.
    Unchecked(Vec<DefinitionKind>),
    /// The account has no service role in this region: the deployment fails.
    NoServiceRole,
    /// The history cannot be written, for this reason: a kill would leave no trace of the request.
    Unrecorded(String),
    /// A reset does not wait for the core: a choice, which may stay open.
    Force,
}

/// A box before what it acknowledges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcknowledgementBox {
    pub what: Acknowledgement,
    pub ticked: bool,
}

/// Every box there is, in order, and the one that Space ticks.
#[derive(Debug)]
pub struct Boxes {
    all: Vec<AcknowledgementBox>,
    /// None when its box went away and another came into its place.
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

    /// The place of the box that Space ticks.
    pub const fn cursor(&self) -> Option<usize> {
        self.cursor
    }

    /// Those that have to be ticked, and are not yet.
    pub fn open(&self) -> impl Iterator<Item = &AcknowledgementBox> {
        let open = self.all.iter().filter(|one| !one.ticked);
        open.filter(|one| one.what != Acknowledgement::Force)
    }

    pub(in crate::app) fn is_forced(&self) -> bool {
        let mut all = self.all.iter();
        all.any(|one| one.ticked && one.what == Acknowledgement::Force)
    }

    /// Updates the boxes; a box that stays keeps its tick and the cursor.
    pub(super) fn renew(&mut self, work: &Work, session: &Session) {
        if let Some(draft) = work.draft() {
            self.put(needed(draft, work, session));
        }
    }

    /// Puts up a box for each of these; the same box keeps its tick and the cursor.
    pub fn put(&mut self, needed: Vec<Acknowledgement>) {
        let before = std::mem::take(&mut self.all);
        let is_ticked =
            |what: &Acknowledgement| before.iter().any(|one| one.ticked && one.what == *what);
        self.all = needed
            .into_iter()
            .map(|what| AcknowledgementBox {
                ticked: is_ticked(&what),
                what,
            })
            .collect();
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

    /// Ticks the box under the cursor or unticks it; without one the cursor goes to the first.
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
    needed.extend(
        draft
            .to_create()
            .filter_map(|version| newer(version, catalog)),
    );
    let unchecked = unchecked(work);
    if !unchecked.is_empty() {
        needed.push(Acknowledgement::Unchecked(unchecked));
    }
    let history_error = work.history_error.clone();
    needed.extend(history_error.map(Acknowledgement::Unrecorded));
    needed
}

/// What has come between the begin of an edit and now, as far as it is read.
fn newer(version: &NewVersion, catalog: &Catalog) -> Option<Acknowledgement> {
    let DefinitionTarget::Existing(id) = &version.target else {
        return None;
    };
    if catalog.definition_reading(id).error().is_some() {
        return Some(Acknowledgement::NewerNotRead(version.kind()));
    }
    let latest = catalog.definition(version.kind(), id)?.latest.as_ref()?;
    let is_newer = version.latest.as_ref() != Some(latest);
    is_newer.then(|| Acknowledgement::NewerVersion(latest.clone()))
}

/// The slots whose content is not known, without those that a blocking finding already reports.
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

/// True when the request would make a version equal to the group's latest one.
fn is_identical_copy(draft: &Draft, work: &Work, session: &Session) -> bool {
    let catalog = session.catalog();
    let latest = catalog
        .group(draft.group())
        .and_then(|group| group.latest.as_ref());
    match work.superseded() {
        Some(_) => work.superseded_slots(catalog) == Some(draft.slots()),
        None => latest.is_some() && latest == draft.base().version.as_ref() && !draft.differs(),
    }
}
