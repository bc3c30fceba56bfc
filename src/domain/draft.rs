//! The group version being assembled: its slots against those of its base, with undo and redo.

use serde::{Deserialize, Serialize};

use super::arn::DefinitionVersionArn;
use super::id::{GroupId, GroupVersionId};
use super::kind::DefinitionKind;
use super::new_version::NewVersion;
use super::slots::{SlotArn, Slots};

/// How a slot of a draft differs from the same slot of its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlotState {
    Kept,
    Changed,
    Added,
    Dropped,
    /// Holds a version that the draft will create.
    New,
    /// Equal to the base, an older version, and different from the latest version.
    Back,
    Empty,
}

impl SlotState {
    /// Compares one slot before and after.
    pub fn between(base: &Slots, slots: &Slots, kind: DefinitionKind) -> Self {
        match (base.get(kind), slots.get(kind)) {
            (None, None) => Self::Empty,
            (Some(_), None) => Self::Dropped,
            (_, Some(SlotArn::Version(after))) if after.is_new() => Self::New,
            (None, Some(_)) => Self::Added,
            (Some(before), Some(after)) if before == after => Self::Kept,
            (Some(_), Some(_)) => Self::Changed,
        }
    }

    /// As [`Self::between`], but `Back` where the slot is as in the base and differs from the superseded version.
    pub fn beside(
        base: &Slots,
        superseded: Option<&Slots>,
        slots: &Slots,
        kind: DefinitionKind,
    ) -> Self {
        let state = Self::between(base, slots, kind);
        let differs = superseded.is_some_and(|latest| latest.get(kind) != slots.get(kind));
        if state == Self::Kept && differs {
            Self::Back
        } else {
            state
        }
    }

    /// The word on the screen; changes are in capitals.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "CHANGED",
            Self::Added => "ADDED",
            Self::Dropped => "DROPPED",
            Self::New => "NEW",
            Self::Back => "BACK",
            Self::Empty => "empty",
        }
    }

    pub const fn is_change(self) -> bool {
        matches!(
            self,
            Self::Changed | Self::Added | Self::Dropped | Self::New | Self::Back
        )
    }
}

/// The group version that a draft starts from, with its slots.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Base {
    /// `None` for a group without versions.
    pub version: Option<GroupVersionId>,
    pub slots: Slots,
}

/// The group version being assembled.
///
/// Every change of a slot can be undone. Steps that change nothing are not recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    group: GroupId,
    #[serde(flatten)]
    now: DraftState,
    /// The listed versions, and the versions that undo or redo brings back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    new_versions: Vec<NewVersion>,
    #[serde(default)]
    undone: Vec<DraftState>,
    #[serde(default)]
    done: Vec<DraftState>,
}

/// A new version, and the one that it replaces in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenVersion {
    pub version: NewVersion,
    pub replaces: Option<DefinitionVersionArn>,
    /// An existing version with the same content: the slot gets this one.
    pub existing: Option<DefinitionVersionArn>,
}

/// All that one step can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct DraftState {
    base: Base,
    /// The user chose an older version as the base.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_rollback: bool,
    slots: Slots,
    /// The versions that this draft would create, in the order in which they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    listed: Vec<DefinitionVersionArn>,
}

impl Draft {
    /// Creates a draft equal to `base`.
    pub fn new(group: GroupId, base: Base) -> Self {
        let now = DraftState {
            slots: base.slots.clone(),
            base,
            is_rollback: false,
            listed: Vec::new(),
        };
        Self {
            group,
            now,
            new_versions: Vec::new(),
            undone: Vec::new(),
            done: Vec::new(),
        }
    }

    pub const fn group(&self) -> &GroupId {
        &self.group
    }

    pub const fn base(&self) -> &Base {
        &self.now.base
    }

    pub const fn slots(&self) -> &Slots {
        &self.now.slots
    }

    pub fn state(&self, kind: DefinitionKind) -> SlotState {
        SlotState::between(&self.now.base.slots, &self.now.slots, kind)
    }

    /// The kinds whose slot differs from the base, in pane order.
    pub fn changed_kinds(&self) -> impl Iterator<Item = DefinitionKind> + '_ {
        let kinds = DefinitionKind::ALL.into_iter();
        kinds.filter(|&kind| self.state(kind).is_change())
    }

    /// The kinds whose slot is filled in the base and empty in the draft.
    pub fn dropped_kinds(&self) -> impl Iterator<Item = DefinitionKind> + '_ {
        let kinds = DefinitionKind::ALL.into_iter();
        kinds.filter(|&kind| self.state(kind) == SlotState::Dropped)
    }

    /// Returns whether any slot differs from the base.
    pub fn differs(&self) -> bool {
        self.now.slots != self.now.base.slots
    }

    /// Returns whether the draft has anything to create or keep. This is a changed slot, a written version in
    /// no slot, or an older base that the user chose.
    pub fn is_begun(&self) -> bool {
        self.differs() || !self.now.listed.is_empty() || self.now.is_rollback
    }

    /// Returns whether the draft is unchanged and has nothing to undo or redo.
    pub fn is_untouched(&self) -> bool {
        !self.is_begun() && !self.can_undo() && !self.can_redo()
    }

    /// The base, if it is an older version that the user chose.
    pub fn older_base(&self) -> Option<&GroupVersionId> {
        let version = self.now.base.version.as_ref();
        version.filter(|_| self.now.is_rollback)
    }

    /// The kinds whose slot differs from the base, or for which a version was written.
    pub fn begun_kinds(&self) -> impl Iterator<Item = DefinitionKind> + '_ {
        DefinitionKind::ALL.into_iter().filter(|&kind| {
            self.state(kind).is_change() || self.now.listed.iter().any(|arn| arn.kind() == kind)
        })
    }

    /// The versions that this draft would create, in the order in which they were written.
    pub fn new_versions(&self) -> impl Iterator<Item = &NewVersion> {
        let listed = self.now.listed.iter();
        listed.filter_map(|arn| self.new_version(arn))
    }

    /// The new versions that no slot holds; none of them is created.
    pub fn unheld(&self) -> impl Iterator<Item = &NewVersion> {
        let is_held = |one: &NewVersion| self.now.slots.version(one.kind()) == Some(one.arn());
        self.new_versions().filter(move |one| !is_held(one))
    }

    /// The new version with this temporary ARN, even after it was undone.
    pub fn new_version(&self, arn: &DefinitionVersionArn) -> Option<&NewVersion> {
        self.new_versions
            .iter()
            .find(|version| version.arn() == arn)
    }

    /// The new versions in slots, in pane order: the ones to create.
    pub fn to_create(&self) -> impl Iterator<Item = &NewVersion> {
        let held = DefinitionKind::ALL.into_iter();
        held.filter_map(|kind| self.new_version(self.now.slots.version(kind)?))
    }

    /// Lists new versions and fills their slots, in one step. Each replaces the one in `replaces`.
    pub fn write(&mut self, written: Vec<WrittenVersion>) {
        let new = written.iter().filter(|one| one.existing.is_none());
        for one in new {
            // The same content may have been written earlier, from another version. Undo keeps the later origin:
            // the content is the same, and the user has seen that version.
            self.new_versions
                .retain(|earlier| earlier.arn() != one.version.arn());
            self.new_versions.push(one.version.clone());
        }
        self.step(|now| {
            for one in written {
                let arn = one.version.arn();
                let replaced = one.replaces.as_ref();
                let mut listed = now.listed.iter();
                let place = listed.position(|listed| replaced == Some(listed));
                if let Some(place) = place {
                    now.listed.remove(place);
                }
                if let Some(existing) = one.existing {
                    now.slots.fill(existing);
                    continue;
                }
                if !now.listed.contains(arn) {
                    let place = place.unwrap_or(now.listed.len());
                    now.listed.insert(place, arn.clone());
                }
                now.slots.fill(arn.clone());
            }
        });
        self.forget_unlisted();
    }

    /// Replaces a new version, now created, by the existing one with the ARN `created`.
    pub fn created(&mut self, new: &DefinitionVersionArn, created: &DefinitionVersionArn) {
        let states = self.done.iter_mut().chain(&mut self.undone);
        for state in states.chain([&mut self.now]) {
            state.listed.retain(|arn| arn != new);
            if state.slots.version(new.kind()) == Some(new) {
                state.slots.fill(created.clone());
            }
        }
        self.forget_unlisted();
    }

    /// Drops the new versions that neither undo nor redo can bring back.
    fn forget_unlisted(&mut self) {
        let states = self.done.iter().chain(&self.undone).chain([&self.now]);
        let listed: Vec<&DefinitionVersionArn> = states.flat_map(|state| &state.listed).collect();
        self.new_versions
            .retain(|version| listed.contains(&version.arn()));
    }

    /// Fills the slot of the version's kind.
    pub fn pick(&mut self, arn: DefinitionVersionArn) {
        self.step(|now| now.slots.fill(arn));
    }

    /// Empties the slot.
    pub fn empty(&mut self, kind: DefinitionKind) {
        self.step(|now| now.slots.empty(kind));
    }

    /// Resets the slot to the base.
    pub fn reset(&mut self, kind: DefinitionKind) {
        self.step(|now| now.slots.copy_from(&now.base.slots, kind));
    }

    /// Copies the slot of `kind` from another version of the group; an empty slot too.
    pub fn take(&mut self, kind: DefinitionKind, from: &Slots) {
        self.step(|now| now.slots.copy_from(from, kind));
    }

    /// Replaces the base by the group's latest version, and the slots by the merged ones.
    pub fn rebase(&mut self, base: Base, slots: Slots) {
        self.step(|now| {
            now.base = base;
            now.slots = slots;
            now.is_rollback = false;
        });
    }

    /// Starts again from another version of the group, either the latest or an older one.
    pub fn start_from(&mut self, base: Base, is_older: bool) {
        self.step(|now| {
            now.slots = base.slots.clone();
            now.base = base;
            now.is_rollback = is_older;
        });
    }

    /// Undoes the last step; returns false if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.done.pop() else {
            return false;
        };
        self.undone.push(std::mem::replace(&mut self.now, before));
        true
    }

    /// Redoes the last undone step; returns false if there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.undone.pop() else {
            return false;
        };
        self.done.push(std::mem::replace(&mut self.now, after));
        true
    }

    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    fn step(&mut self, change: impl FnOnce(&mut DraftState)) {
        let before = self.now.clone();
        change(&mut self.now);
        let now = &self.now;
        if (&now.base, &now.slots, &now.listed) != (&before.base, &before.slots, &before.listed) {
            self.done.push(before);
            self.undone.clear();
        }
    }
}
