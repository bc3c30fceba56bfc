//! A draft moved onto a newer version of its group, slot by slot.

use super::kind::{DefinitionKind, PerKind};
use super::slots::Slots;

/// How one slot comes out of comparing what I hold and what they hold with what both started from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Merge {
    /// Nobody changed it, or both made the same change.
    #[default]
    Same,
    /// Only I changed it.
    Mine,
    /// Only they changed it.
    Theirs,
    /// Both changed it, each to something else.
    Conflict,
}

/// Whose slot is taken where both changed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Mine,
    Theirs,
}

/// A draft's slots and a newer version's, against the version that the draft started from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    ancestor: Slots,
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
            ancestor: ancestor.clone(),
            mine: mine.clone(),
            theirs: theirs.clone(),
            merges: PerKind::from_fn(merge),
        }
    }

    /// What the draft started from.
    pub const fn ancestor(&self) -> &Slots {
        &self.ancestor
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

    /// The kinds that a person has to choose for, in the order of the panes.
    pub fn conflicts(&self) -> impl Iterator<Item = DefinitionKind> {
        self.merges
            .iter()
            .filter(|(_, merge)| **merge == Merge::Conflict)
            .map(|(kind, _)| kind)
    }

    /// The slots that come out: what only one side changed as that side has it, conflicts as
    /// chosen; nothing while a conflict has no choice. Choices elsewhere have no effect.
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
