//! All rows of a list in one order, kept while rows are added and changed.

use super::index::{Index, Sort};
use super::sorted::insert_sorted;
use super::texts::number;

/// Up to one in this many rows is inserted; for more, all rows are sorted.
const FEW: usize = 8;

#[derive(Debug, Clone)]
pub(crate) struct Arrangement {
    sort: Sort,
    rows: Vec<u32>,
}

impl Arrangement {
    pub(crate) const fn new(sort: Sort) -> Self {
        Self {
            sort,
            rows: Vec::new(),
        }
    }

    pub(crate) fn sort(&self) -> Sort {
        self.sort
    }

    pub(crate) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Inserts the rows added since the last call and moves the changed ones.
    pub(crate) fn refresh(&mut self, index: &Index, revised: &[u32]) {
        let known = number(self.rows.len());
        let mut moved: Vec<u32> = revised.iter().copied().filter(|row| *row < known).collect();
        moved.sort_unstable();
        moved.dedup();
        let arrived = index.len() - self.rows.len();
        if moved.len() + arrived > index.len() / FEW {
            self.sort_all(index);
            return;
        }
        if !moved.is_empty() {
            self.rows.retain(|row| moved.binary_search(row).is_err());
        }
        moved.extend(known..number(index.len()));
        let sort = self.sort;
        insert_sorted(&mut self.rows, moved, |one, other| {
            (index.key(one, sort).cmp(&index.key(other, sort)))
                .then_with(|| index.break_tie(one, other))
        });
    }

    fn sort_all(&mut self, index: &Index) {
        let mut keyed: Vec<(u128, u32)> = (0..number(index.len()))
            .map(|row| (index.key(row, self.sort), row))
            .collect();
        keyed.sort_unstable_by(|one, other| {
            (one.0.cmp(&other.0)).then_with(|| index.break_tie(one.1, other.1))
        });
        self.rows.clear();
        self.rows.extend(keyed.into_iter().map(|(_, row)| row));
    }
}
