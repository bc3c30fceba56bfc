//! The group version being assembled: its slots against those of its base, with undo and redo.

use serde::{Deserialize, Serialize};

use super::arn::DefinitionVersionArn;
use super::id::{GroupId, GroupVersionId};
use super::kind::DefinitionKind;
use super::slots::Slots;

/// How a slot of a draft differs from the same slot of its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlotState {
    Kept,
    Changed,
    Added,
    Dropped,
    /// As in the base, which is not the latest version, and other than in that one.
    Back,
    Empty,
}

impl SlotState {
    /// Compares one slot before and after.
    pub fn between(base: &Slots, slots: &Slots, kind: DefinitionKind) -> Self {
        match (base.get(kind), slots.get(kind)) {
            (None, None) => Self::Empty,
            (None, Some(_)) => Self::Added,
            (Some(_), None) => Self::Dropped,
            (Some(before), Some(after)) if before == after => Self::Kept,
            (Some(_), Some(_)) => Self::Changed,
        }
    }

    /// The word on the screen; changes are in capitals.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "CHANGED",
            Self::Added => "ADDED",
            Self::Dropped => "DROPPED",
            Self::Back => "BACK",
            Self::Empty => "empty",
        }
    }

    pub const fn is_change(self) -> bool {
        matches!(
            self,
            Self::Changed | Self::Added | Self::Dropped | Self::Back
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
    base: Base,
    slots: Slots,
    #[serde(default)]
    undone: Vec<UndoStep>,
    #[serde(default)]
    done: Vec<UndoStep>,
}

/// The state before a step (in `done`) or after it (in `undone`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct UndoStep {
    base: Base,
    slots: Slots,
}

impl Draft {
    /// Creates a draft equal to `base`.
    pub fn new(group: GroupId, base: Base) -> Self {
        let slots = base.slots.clone();
        Self {
            group,
            base,
            slots,
            undone: Vec::new(),
            done: Vec::new(),
        }
    }

    pub const fn group(&self) -> &GroupId {
        &self.group
    }

    pub const fn base(&self) -> &Base {
        &self.base
    }

    pub const fn slots(&self) -> &Slots {
        &self.slots
    }

    pub fn state(&self, kind: DefinitionKind) -> SlotState {
        SlotState::between(&self.base.slots, &self.slots, kind)
    }

    /// The kinds whose slot differs from the base, in pane order.
    pub fn changed_kinds(&self) -> impl Iterator<Item = DefinitionKind> + '_ {
        DefinitionKind::ALL
            .into_iter()
            .filter(|&kind| self.state(kind).is_change())
    }

    /// The kinds whose slot is filled in the base and empty in the draft.
    pub fn dropped_kinds(&self) -> impl Iterator<Item = DefinitionKind> + '_ {
        DefinitionKind::ALL
            .into_iter()
            .filter(|&kind| self.state(kind) == SlotState::Dropped)
    }

    /// Returns whether any slot differs from the base.
    pub fn differs(&self) -> bool {
        self.slots != self.base.slots
    }

    /// Fills the slot of the version's kind.
    pub fn pick(&mut self, arn: DefinitionVersionArn) {
        self.step(|draft| draft.slots.fill(arn));
    }

    /// Empties the slot.
    pub fn empty(&mut self, kind: DefinitionKind) {
        self.step(|draft| draft.slots.empty(kind));
    }

    /// Resets the slot to the base.
    pub fn reset(&mut self, kind: DefinitionKind) {
        self.step(|draft| draft.slots.copy_from(&draft.base.slots, kind));
    }

    /// Copies the slot of `kind` from another version of the group; an empty slot too.
    pub fn take(&mut self, kind: DefinitionKind, from: &Slots) {
        self.step(|draft| draft.slots.copy_from(from, kind));
    }

    /// Replaces the base and the slots.
    pub fn rebase(&mut self, base: Base, slots: Slots) {
        self.step(|draft| {
            draft.base = base;
            draft.slots = slots;
        });
    }

    /// Undoes the last step; returns false if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.done.pop() else {
            return false;
        };
        let after = self.put(before);
        self.undone.push(after);
        true
    }

    /// Redoes the last undone step; returns false if there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.undone.pop() else {
            return false;
        };
        let before = self.put(after);
        self.done.push(before);
        true
    }

    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    fn step(&mut self, change: impl FnOnce(&mut Self)) {
        let before = UndoStep {
            base: self.base.clone(),
            slots: self.slots.clone(),
        };
        change(self);
        if self.base != before.base || self.slots != before.slots {
            self.done.push(before);
            self.undone.clear();
        }
    }

    fn put(&mut self, step: UndoStep) -> UndoStep {
        UndoStep {
            base: std::mem::replace(&mut self.base, step.base),
            slots: std::mem::replace(&mut self.slots, step.slots),
        }
    }
}
