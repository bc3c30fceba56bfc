//! The rows of each name and family, as ranks in the order of equal matches.

use std::ops::Range;

use super::index::Index;
use super::texts::number;

#[derive(Debug, Clone, Default)]
pub(crate) struct Postings {
    /// Ranks, grouped by name, within it by family, ascending.
    ranks: Vec<u32>,
    name_starts: Vec<u32>,
    family_starts: Vec<u32>,
    family_ends: Vec<u32>,
    rank_of_row: Vec<u32>,
}

impl Postings {
    /// Rebuilds the postings; `by_rank` has all rows in the order of equal matches.
    pub(crate) fn rebuild(&mut self, index: &Index, by_rank: &[u32]) {
        self.lay_out(index);
        self.family_ends.clone_from(&self.family_starts);
        self.ranks.resize(by_rank.len(), 0);
        self.rank_of_row.resize(by_rank.len(), 0);
        for (rank, row) in by_rank.iter().enumerate() {
            let rank = number(rank);
            let family = index.family_of(*row) as usize;
            if let Some(end) = self.family_ends.get_mut(family) {
                if let Some(place) = self.ranks.get_mut(*end as usize) {
                    *place = rank;
                }
                *end += 1;
            }
            if let Some(place) = self.rank_of_row.get_mut(*row as usize) {
                *place = rank;
            }
        }
    }

    /// Allocates the range of each name and family.
    fn lay_out(&mut self, index: &Index) {
        let mut rows_of_family = vec![0_u32; index.families().len()];
        for family in index.family_of_each() {
            if let Some(rows) = rows_of_family.get_mut(family as usize) {
                *rows += 1;
            }
        }
        let mut rows_of_name = vec![0_u32; index.names.len()];
        for (family, rows) in index.families().iter().zip(&rows_of_family) {
            if let Some(sum) = rows_of_name.get_mut(family.name as usize) {
                *sum += rows;
            }
        }
        self.name_starts.clear();
        let mut start = 0;
        self.name_starts.push(start);
        for rows in &rows_of_name {
            start += rows;
            self.name_starts.push(start);
        }
        let mut free = self.name_starts.clone();
        self.family_starts.clear();
        for (family, rows) in index.families().iter().zip(&rows_of_family) {
            let place = free.get_mut(family.name as usize);
            self.family_starts
                .push(place.as_deref().copied().unwrap_or_default());
            if let Some(place) = place {
                *place += rows;
            }
        }
    }

    pub(crate) fn ranks(&self, place: Range<u32>) -> &[u32] {
        let place = place.start as usize..place.end as usize;
        self.ranks.get(place).unwrap_or_default()
    }

    pub(crate) fn of_name(&self, name: u32) -> Range<u32> {
        let start = |name: usize| self.name_starts.get(name).copied().unwrap_or_default();
        start(name as usize)..start(name as usize + 1)
    }

    pub(crate) fn of_family(&self, family: u32) -> Range<u32> {
        let at = |bounds: &[u32]| bounds.get(family as usize).copied().unwrap_or_default();
        at(&self.family_starts)..at(&self.family_ends)
    }

    pub(crate) fn rank_of_row(&self, row: u32) -> u32 {
        self.rank_of_row
            .get(row as usize)
            .copied()
            .unwrap_or_default()
    }
}
