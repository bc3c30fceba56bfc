//! The same pick for several groups in turn, with the state of each group.

use crate::domain::plural::counted;
use crate::domain::{DefinitionVersionArn, GroupId};

/// A slot of a group's latest version, in which a series picks a successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesSlot {
    pub(super) group: GroupId,
    pub(super) held: DefinitionVersionArn,
    pub(super) fate: SeriesFate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeriesFate {
    ToGo,
    /// The group that was opened last.
    Open,
    Created,
    LeftOut,
}

impl SeriesSlot {
    pub const fn new(group: GroupId, held: DefinitionVersionArn) -> Self {
        Self {
            group,
            held,
            fate: SeriesFate::ToGo,
        }
    }
}

/// The groups of one series, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    pub(super) slots: Vec<SeriesSlot>,
    /// The version that the user picked in the first group.
    pub(super) successor: Option<DefinitionVersionArn>,
}

impl Series {
    /// True while some groups were not opened.
    pub fn goes_on(&self) -> bool {
        self.count(SeriesFate::ToGo) > 0
    }

    fn count(&self, fate: SeriesFate) -> usize {
        let slots = self.slots.iter();
        slots.filter(|slot| slot.fate == fate).count()
    }

    /// `12 groups: 3 created, 1 left out, 8 to go`; `None` without a series.
    pub fn words(&self) -> Option<String> {
        let all = self.slots.len();
        let created = self.count(SeriesFate::Created);
        let left_out = self.count(SeriesFate::LeftOut);
        let to_go = all - created - left_out;
        (all > 0).then(|| {
            let groups = counted(all, "group");
            format!("{groups}: {created} created, {left_out} left out, {to_go} to go")
        })
    }
}
