//! Orders the matches: best score first, equal scores in list order.

use std::cmp::Reverse;
use std::ops::Range;

use super::postings::Postings;

/// Scores within this width are sorted by counting.
const COUNTED_SCORES: usize = 4096;
/// More than one row in `64 * SORTED_SHARE` of the list is ordered with a bit set, fewer by sorting.
const SORTED_SHARE: usize = 8;

/// Rows with the same score.
#[derive(Debug, Clone)]
pub(crate) struct FoundRows {
    pub(crate) score: i32,
    pub(crate) place: RankPlace,
}

#[derive(Debug, Clone)]
pub(crate) enum RankPlace {
    /// These postings, without the rows in `apart`.
    Postings(Range<u32>),
    /// The row of this rank.
    Rank(u32),
}

/// A set of ranks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ranks {
    words: Vec<u64>,
    is_empty: bool,
}

impl Ranks {
    pub(crate) fn clear(&mut self, count: usize) {
        self.words.clear();
        self.words.resize(count.div_ceil(64), 0);
        self.is_empty = true;
    }

    pub(crate) fn insert(&mut self, rank: u32) {
        if let Some(word) = self.words.get_mut(rank as usize / 64) {
            *word |= 1 << (rank % 64);
            self.is_empty = false;
        }
    }

    fn contains(&self, rank: u32) -> bool {
        let word = self.words.get(rank as usize / 64).copied();
        word.unwrap_or_default() >> (rank % 64) & 1 == 1
    }

    /// Removes all ranks, in ascending order.
    fn drain(&mut self, mut take: impl FnMut(usize)) {
        for (number, word) in self.words.iter_mut().enumerate() {
            while *word != 0 {
                take(number * 64 + word.trailing_zeros() as usize);
                *word &= *word - 1;
            }
        }
        self.is_empty = true;
    }
}

/// Buffers for ordering, reused for each key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ranking {
    pub(crate) found: Vec<FoundRows>,
    /// Ranks with their own entry in `found`, excluded from postings.
    pub(crate) apart: Ranks,
    counts: Vec<u32>,
    order: Vec<u32>,
    marked: Ranks,
    gathered: Vec<u32>,
}

impl Ranking {
    pub(crate) fn clear(&mut self, rows: usize) {
        self.found.clear();
        self.apart.clear(rows);
        if self.marked.words.len() != rows.div_ceil(64) {
            self.marked.clear(rows);
        }
    }

    /// Appends all found rows to `rows`.
    pub(crate) fn write(&mut self, postings: &Postings, by_rank: &[u32], rows: &mut Vec<u32>) {
        self.order_by_score();
        let order = std::mem::take(&mut self.order);
        let found = std::mem::take(&mut self.found);
        let score = |place: &u32| found.get(*place as usize).map(|found| found.score);
        for group in order.chunk_by(|one, other| score(one) == score(other)) {
            let equals = group.iter().filter_map(|place| found.get(*place as usize));
            self.write_equals(equals, postings, by_rank, rows);
        }
        self.order = order;
        self.found = found;
    }

    fn write_equals<'a>(
        &mut self,
        equals: impl Iterator<Item = &'a FoundRows> + Clone,
        postings: &Postings,
        by_rank: &[u32],
        rows: &mut Vec<u32>,
    ) {
        let row_of = |rank: usize| by_rank.get(rank).copied().unwrap_or_default();
        let count: usize = equals.clone().map(|found| found.place.len()).sum();
        if count * SORTED_SHARE > by_rank.len() / 64 {
            for found in equals {
                self.each_rank(found, postings, |this, rank| this.marked.insert(rank));
            }
            self.marked.drain(|rank| rows.push(row_of(rank)));
        } else {
            self.gathered.clear();
            for found in equals {
                self.each_rank(found, postings, |this, rank| this.gathered.push(rank));
            }
            self.gathered.sort_unstable();
            rows.extend(self.gathered.iter().map(|rank| row_of(*rank as usize)));
        }
    }

    fn each_rank(&mut self, found: &FoundRows, postings: &Postings, take: impl Fn(&mut Self, u32)) {
        match &found.place {
            RankPlace::Rank(rank) => take(self, *rank),
            RankPlace::Postings(place) if self.apart.is_empty => {
                for rank in postings.ranks(place.clone()) {
                    take(self, *rank);
                }
            }
            RankPlace::Postings(place) => {
                for rank in postings.ranks(place.clone()) {
                    if !self.apart.contains(*rank) {
                        take(self, *rank);
                    }
                }
            }
        }
    }

    /// Fills `order` with the indices of `found`, best first.
    fn order_by_score(&mut self) {
        let scores = || self.found.iter().map(|found| found.score);
        let (least, most) = (
            scores().min().unwrap_or_default(),
            scores().max().unwrap_or_default(),
        );
        let width = most.abs_diff(least) as usize + 1;
        self.order.clear();
        self.order.resize(self.found.len(), 0);
        if width > COUNTED_SCORES {
            for (place, slot) in (0..).zip(&mut self.order) {
                *slot = place;
            }
            let score = |place: &u32| self.found.get(*place as usize).map(|found| found.score);
            self.order
                .sort_unstable_by_key(|place| Reverse(score(place)));
            return;
        }
        self.counts.clear();
        self.counts.resize(width + 1, 0);
        for found in &self.found {
            if let Some(count) = self.counts.get_mut(most.abs_diff(found.score) as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut self.counts {
            sum += *count;
            *count = sum;
        }
        for (place, found) in (0..).zip(&self.found) {
            if let Some(next) = self.counts.get_mut(most.abs_diff(found.score) as usize) {
                if let Some(slot) = self.order.get_mut(*next as usize) {
                    *slot = place;
                }
                *next += 1;
            }
        }
    }
}

impl RankPlace {
    fn len(&self) -> usize {
        match self {
            Self::Postings(place) => place.len(),
            Self::Rank(_) => 1,
        }
    }
}
