//! A draft moved onto a newer version of its group, slot by slot.

use super::kind::{DefinitionKind, PerKind};
use super::slots::Slots;

/// The result of a three-way comparison of one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Merge {
    /// Unchanged, or changed in the same way by both.
    #[default]
    Same,
    /// Changed in the draft only.
    Mine,
    /// Changed in the newer version only.
    Theirs,
    /// Changed differently by both.
    Conflict,
}

/// Which slot wins a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Mine,
    Theirs,
}

/// A three-way comparison of the draft's slots and those of a newer version with their common ancestor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    mine: Slots,
    theirs: Slots,
    merges: PerKind<Merge>,
}

impl Rebase {
    pub fn between(ancestor: &Slots, mine: &Slots, theirs: &Slots) -> Self {
        let merge = |kind| {
            let (ancestor, mine, theirs) = (ancestor.get(kind), mine.get(kind), theirs.get(kind));
            match (mine == ancestor, theirs == ancestor) {
                _ if mine == theirs => Merge::Same,
                (true, _) => Merge::Theirs,
                (false, true) => Merge::Mine,
                (false, false) => Merge::Conflict,
            }
        };
        Self {
            mine: mine.clone(),
            theirs: theirs.clone(),
            merges: PerKind::from_fn(merge),
        }
    }

    pub const fn mine(&self) -> &Slots {
        &self.mine
    }

    pub const fn theirs(&self) -> &Slots {
        &self.theirs
    }

    pub fn merge(&self, kind: DefinitionKind) -> Merge {
        self.merges[kind]
    }

    /// The kinds with a conflict, in pane order.
    pub fn conflicts(&self) -> impl Iterator<Item = DefinitionKind> {
        self.merges
            .iter()
            .filter(|(_, merge)| **merge == Merge::Conflict)
            .map(|(kind, _)| kind)
    }

    /// The merged slots; `None` while a conflict has no choice. Choices for other kinds are ignored.
    pub fn resolve(&self, choices: &PerKind<Option<Side>>) -> Option<Slots> {
        let mut slots = self.theirs.clone();
        for (kind, merge) in self.merges.iter() {
            let side = match merge {
                Merge::Same | Merge::Theirs => Side::Theirs,
                Merge::Mine => Side::Mine,
                Merge::Conflict => choices[kind]?,
            };
            if side == Side::Mine {
                slots.copy_from(&self.mine, kind);
            }
        }
        Some(slots)
    }
}
