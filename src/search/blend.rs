//! The rows that match all words only by their items, ranked after the matches by name and ARN.

use super::arn_hits::ArnHits;
use super::combination::Combination;
use super::index::{Family, Index};
use super::item_hits::{ItemHits, LEVELS};
use super::item_texts::ItemTexts;
use super::postings::Postings;
use super::query::Query;
use super::ranking::{FoundRows, RankPlace, Ranking};
use super::scorer::{Compiled, Scorer};
use super::texts::number;

/// Each word that only an item matches costs more than any score of names.
const ONLY_IN_ITEM: i32 = 1 << 23;
/// The versions of the slot's own definition come before all others with the same words in their items.
const OWN: i32 = 1 << 22;
const MAX_SUM: i32 = (1 << 21) - 1;

/// The hits of each word in items, and the scores of the words in the names of those rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Blend {
    hits: Vec<WordHits>,
    /// For each row, its best level in any word; 0 if names and ARNs alone match all words.
    levels: Vec<u8>,
}

#[derive(Debug, Clone)]
struct WordHits {
    items: ItemHits,
    compiled: Compiled,
    /// For each name, the score of the word, computed on demand.
    in_names: Vec<NameScore>,
}

/// The score of a word in a name, as far as it is known.
#[derive(Debug, Clone, Copy)]
enum NameScore {
    Unknown,
    NoMatch,
    Points(i32),
}

/// A word while it is compared with many rows.
struct Scored<'a> {
    row_count: usize,
    levels: &'a [u8],
    in_arns: Option<&'a ArnHits>,
    compiled: &'a Compiled,
    in_names: &'a mut Vec<NameScore>,
}

impl Blend {
    /// Replaces the words and keeps the results of unchanged ones. Without items there is nothing to prepare.
    pub(crate) fn set_words(&mut self, query: &Query, items: &ItemTexts) {
        let known = self.hits.iter().map(|hits| &hits.compiled.word);
        if items.is_empty() || known.eq(&query.words) {
            return;
        }
        let mut earlier = std::mem::take(&mut self.hits);
        for word in &query.words {
            let same = earlier.iter().position(|hits| hits.compiled.word == *word);
            self.hits.push(match same {
                Some(place) => earlier.swap_remove(place),
                None => WordHits {
                    items: ItemHits::new(word),
                    compiled: Compiled::new(word),
                    in_names: Vec::new(),
                },
            });
        }
    }

    pub(crate) fn advance(&mut self, items: &ItemTexts, budget: &mut usize) {
        for hits in &mut self.hits {
            hits.items.advance(items, budget);
        }
    }

    /// The hits of the first word that an item of the row matches, but neither its name nor its ARN.
    pub(crate) fn only_in_item(
        &self,
        row: u32,
        (index, combination): (&Index, &Combination),
        scorer: &Scorer,
    ) -> Option<&ItemHits> {
        let family = index.family(index.family_of(row));
        let name = index.names.get(family.name);
        let mut hits = self.hits.iter().filter(|hits| {
            let word = &hits.compiled.word;
            !word.negated && hits.items.level(row) > 0
        });
        let found = hits.find(|hits| {
            let word = &hits.compiled.word;
            let in_arn = || combination.hits_of(word)?.points(row, family.head);
            !(word.is_for_names() && scorer.matches(name, &hits.compiled)) && in_arn().is_none()
        });
        found.map(|hits| &hits.items)
    }

    /// The hits in items of the words that are not negated.
    fn positive(&self) -> impl Iterator<Item = &ItemHits> {
        let positive = self.hits.iter().filter(|hits| !hits.compiled.word.negated);
        positive.map(|hits| &hits.items)
    }

    /// Removes from `order` the rows in whose items a negated word matches. Appends the rows that match by
    /// their items; `by_rank` has all rows in the order of equal matches.
    pub(crate) fn find(
        &mut self,
        (index, postings, combination): (&Index, &Postings, &Combination),
        by_rank: &[u32],
        scorer: &mut Scorer,
        order: &mut Vec<u32>,
        ranking: &mut Ranking,
    ) {
        let mut negated = self.hits.iter().filter(|hits| hits.compiled.word.negated);
        if negated.any(|hits| hits.items.row_count() > 0) {
            order.retain(|row| !self.is_excluded(*row));
        }
        if self.positive().all(|hits| hits.row_count() == 0) {
            return;
        }
        let mut levels = std::mem::take(&mut self.levels);
        self.fill_levels(index, order, &mut levels);
        if self.hits.len() == 1 {
            write_by_level(&levels, (index, by_rank), order);
        } else {
            ranking.clear(by_rank.len());
            self.score(&levels, (index, postings, combination), scorer, ranking);
            ranking.write(postings, by_rank, order);
        }
        self.levels = levels;
    }

    /// Scores the rows with a level.
    fn score(
        &mut self,
        levels: &[u8],
        (index, postings, combination): (&Index, &Postings, &Combination),
        scorer: &mut Scorer,
        ranking: &mut Ranking,
    ) {
        let words = self.hits.iter_mut();
        let mut words: Vec<Scored<'_>> = words.map(|hits| Scored::new(hits, combination)).collect();
        // Most rows lack the rarest word, so it decides first.
        words.sort_by_key(|word| word.row_count);
        for (row, level) in (0..).zip(levels) {
            if *level == 0 {
                continue;
            }
            let family = index.family(index.family_of(row));
            let sums = sums(&mut words, (row, family), index, scorer);
            if let Some((only_in_items, sum)) = sums {
                let own = if index.is_own(family) { OWN } else { 0 };
                ranking.found.push(FoundRows {
                    score: own + sum.clamp(-MAX_SUM, MAX_SUM) - only_in_items * ONLY_IN_ITEM,
                    place: RankPlace::Rank(postings.rank_of_row(row)),
                });
            }
        }
    }

    fn fill_levels(&self, index: &Index, order: &[u32], levels: &mut Vec<u8>) {
        levels.clear();
        let mut words = self.positive();
        levels.extend_from_slice(words.next().map_or(&[], ItemHits::levels));
        levels.resize(index.len(), 0);
        for hits in words {
            for (best, level) in levels.iter_mut().zip(hits.levels()) {
                *best = *level.max(best);
            }
        }
        for row in order {
            if let Some(level) = levels.get_mut(*row as usize) {
                *level = 0;
            }
        }
    }

    fn is_excluded(&self, row: u32) -> bool {
        let mut hits = self.hits.iter();
        hits.any(|hits| hits.compiled.word.negated && hits.items.level(row) > 0)
    }
}

/// Appends the rows that match the only word by their items. The own definition comes first, then the best
/// level decides. The word is in no name and no ARN of these rows.
fn write_by_level(levels: &[u8], (index, by_rank): (&Index, &[u32]), order: &mut Vec<u32>) {
    let mut own: [Vec<u32>; LEVELS] = Default::default();
    let mut others: [Vec<u32>; LEVELS] = Default::default();
    let has_own = index.has_own();
    for row in by_rank {
        let level = levels.get(*row as usize).copied().unwrap_or_default();
        if level > 0 {
            let is_own = has_own && index.is_own(index.family(index.family_of(*row)));
            let rows = if is_own { &mut own } else { &mut others };
            if let Some(rows) = rows.get_mut(usize::from(level)) {
                rows.push(*row);
            }
        }
    }
    for rows in own.iter().rev().chain(others.iter().rev()) {
        order.extend_from_slice(rows);
    }
}

/// The number of words that match only in items, and the sum of the scores of all words; `None` if the row
/// does not match all of them.
fn sums(
    words: &mut [Scored<'_>],
    (row, family): (u32, Family),
    index: &Index,
    scorer: &mut Scorer,
) -> Option<(i32, i32)> {
    let mut only_in_items = 0;
    let mut sum: i32 = 0;
    for word in words {
        let level = word.levels.get(row as usize).copied().unwrap_or_default();
        let is_negated = word.compiled.word.negated;
        if is_negated && level > 0 {
            return None;
        }
        match word.in_name_or_arn(row, family, index, scorer) {
            Some(_) if is_negated => return None,
            None if is_negated => {}
            Some(points) => sum = sum.saturating_add(points),
            None if level > 0 => {
                only_in_items += 1;
                sum = sum.saturating_add(i32::from(level));
            }
            None => return None,
        }
    }
    Some((only_in_items, sum))
}

impl<'a> Scored<'a> {
    fn new(hits: &'a mut WordHits, combination: &'a Combination) -> Self {
        Self {
            row_count: hits.items.row_count(),
            levels: hits.items.levels(),
            in_arns: combination.hits_of(&hits.compiled.word),
            compiled: &hits.compiled,
            in_names: &mut hits.in_names,
        }
    }

    fn in_name_or_arn(
        &mut self,
        row: u32,
        family: Family,
        index: &Index,
        scorer: &mut Scorer,
    ) -> Option<i32> {
        let in_arn = self.in_arns.and_then(|hits| hits.points(row, family.head));
        if !self.compiled.word.is_for_names() {
            return in_arn;
        }
        if self.in_names.len() <= family.name as usize {
            self.in_names.resize(index.names.len(), NameScore::Unknown);
        }
        let known = self.in_names.get_mut(family.name as usize)?;
        if matches!(known, NameScore::Unknown) {
            let found = scorer.score_of(&index.names, family.name, self.compiled);
            *known = found.map_or(NameScore::NoMatch, NameScore::Points);
        }
        let in_name = match *known {
            NameScore::Points(points) => Some(points),
            NameScore::Unknown | NameScore::NoMatch => None,
        };
        in_arn.max(in_name)
    }
}

/// All names, if every row matches so far.
pub(crate) fn all_names(index: &Index, postings: &Postings) -> impl Iterator<Item = FoundRows> {
    (0..number(index.names.len())).map(|name| FoundRows {
        score: 0,
        place: RankPlace::Postings(postings.of_name(name)),
    })
}
