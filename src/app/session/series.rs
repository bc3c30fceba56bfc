//! The series of the session: its next group, and the version to pick there.

use super::Session;
use crate::app::series::{Series, SeriesFate, SeriesSlot};
use crate::app::unavailable::{NO_FURTHER_GROUP, Unavailable};
use crate::domain::{DefinitionVersionArn, GroupId};

impl Session {
    pub const fn series(&self) -> &Series {
        &self.series
    }

    /// Starts a series; the results of an earlier one stay.
    pub fn begin_series(&mut self, slots: Vec<SeriesSlot>) {
        self.series = Series {
            slots,
            ..Series::default()
        };
    }

    /// A version of this group was created.
    pub fn created_in_series(&mut self, group: &GroupId) {
        let slots = self.series.slots.iter_mut();
        for slot in slots.filter(|slot| slot.group == *group && slot.fate != SeriesFate::ToGo) {
            slot.fate = SeriesFate::Created;
        }
    }

    /// The next group of the series, with the version for its slot.
    pub fn next_of_series(&mut self) -> Result<(GroupId, DefinitionVersionArn), Unavailable> {
        self.learn_successor();
        let is_to_go = |slot: &SeriesSlot| slot.fate == SeriesFate::ToGo;
        while let Some(place) = self.series.slots.iter().position(is_to_go) {
            let Some(slot) = self.series.slots.get(place).cloned() else {
                break;
            };
            let Some(successor) = self.successor_of(&slot.held) else {
                return Err(Unavailable::NotNow("the definition is loading"));
            };
            let has_successor = successor != slot.held;
            for other in &mut self.series.slots {
                if other.fate == SeriesFate::Open {
                    other.fate = SeriesFate::LeftOut;
                }
            }
            if let Some(slot) = self.series.slots.get_mut(place) {
                slot.fate = if has_successor {
                    SeriesFate::Open
                } else {
                    SeriesFate::LeftOut
                };
            }
            if has_successor {
                return Ok((slot.group, successor));
            }
        }
        Err(NO_FURTHER_GROUP)
    }

    /// Stores the version that the first group's slot has now.
    fn learn_successor(&mut self) {
        let Some(first) = self.series.slots.first() else {
            return;
        };
        if self.is_open(&first.group)
            && let Some(held) = self.held(first.held.kind())
            && *held != first.held
            && !held.is_new()
        {
            self.series.successor = Some(held.clone());
        }
    }

    /// The first group's version for the same definition, else the definition's latest version.
    fn successor_of(&self, held: &DefinitionVersionArn) -> Option<DefinitionVersionArn> {
        let first = self.series.slots.first();
        let is_same = first.is_some_and(|first| first.held.definition() == held.definition());
        let chosen = self.series.successor.as_ref().filter(|_| is_same);
        let latest = || self.catalog().definition_of(held)?.latest.as_ref();
        chosen.or_else(latest).cloned()
    }
}
