//! The rows that match all words only by their items, ranked after the matches by name and ARN.

use super::combination::Combination;
use super::index::Index;
use super::item_hits::ItemHits;
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
    /// For each row, whether names and ARNs alone match all words.
    is_found: Vec<bool>,
    /// The rows that one word finds by their items and that no earlier word has found.
    candidates: Vec<u32>,
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

impl Blend {
    /// Replaces the words and keeps the results of unchanged ones.
    pub(crate) fn set_words(&mut self, query: &Query) {
        let mut earlier = std::mem::take(&mut self.hits);
        for word in &query.words {
            let same = earlier.iter().position(|hits| hits.items.word == *word);
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

    /// The hits in items of the words that are not negated.
    pub(crate) fn positive(&self) -> impl Iterator<Item = &ItemHits> {
        let items = self.hits.iter().map(|hits| &hits.items);
        items.filter(|hits| !hits.word.negated)
    }

    /// Removes from `order` the rows in whose items a negated word matches. Fills `ranking` with the rows
    /// that match by their items.
    pub(crate) fn find(
        &mut self,
        (index, postings, combination): (&Index, &Postings, &Combination),
        scorer: &mut Scorer,
        order: &mut Vec<u32>,
        ranking: &mut Ranking,
    ) {
        let mut negated = self.hits.iter().filter(|hits| hits.items.word.negated);
        if negated.any(|hits| !hits.items.rows().is_empty()) {
            order.retain(|row| !self.is_excluded(*row));
        }
        if self.positive().all(|hits| hits.rows().is_empty()) {
            return;
        }
        self.is_found.clear();
        self.is_found.resize(index.len(), false);
        for row in order.iter() {
            if let Some(is_found) = self.is_found.get_mut(*row as usize) {
                *is_found = true;
            }
        }
        let mut hits = std::mem::take(&mut self.hits);
        for place in 0..hits.len() {
            let (earlier, rest) = hits.split_at(place);
            let Some(own) = rest.first().filter(|own| !own.items.word.negated) else {
                continue;
            };
            let is_new = |row: u32| {
                let is_found = self.is_found.get(row as usize).is_some_and(|is| *is);
                let mut before = earlier.iter().map(|hits| &hits.items);
                !is_found && !before.any(|hits| !hits.word.negated && hits.level(row) > 0)
            };
            self.candidates.clear();
            self.candidates.reserve(own.items.rows().len());
            let rows = own.items.rows().iter().copied();
            self.candidates.extend(rows.filter(|row| is_new(*row)));
            ranking.found.reserve(self.candidates.len());
            for row in self.candidates.iter().copied() {
                if let Some(score) = score(&mut hits, row, (index, combination), scorer) {
                    let place = RankPlace::Rank(postings.rank_of_row(row));
                    ranking.found.push(FoundRows { score, place });
                }
            }
        }
        self.hits = hits;
    }

    fn is_excluded(&self, row: u32) -> bool {
        let mut items = self.hits.iter().map(|hits| &hits.items);
        items.any(|hits| hits.word.negated && hits.level(row) > 0)
    }
}

/// The score of a row in which an item matches a word; `None` if the row does not match all words.
fn score(
    hits: &mut [WordHits],
    row: u32,
    (index, combination): (&Index, &Combination),
    scorer: &mut Scorer,
) -> Option<i32> {
    let mut only_in_items = 0;
    let mut sum: i32 = 0;
    for hits in hits {
        let level = hits.items.level(row);
        let in_row = hits.in_name_or_arn(row, index, combination, scorer);
        match in_row {
            _ if hits.items.word.negated => {
                if level > 0 || in_row.is_some() {
                    return None;
                }
            }
            Some(points) => sum = sum.saturating_add(points),
            None if level > 0 => {
                only_in_items += 1;
                sum = sum.saturating_add(i32::from(level));
            }
            None => return None,
        }
    }
    let own = if index.is_own(row) { OWN } else { 0 };
    Some(own + sum.clamp(-MAX_SUM, MAX_SUM) - only_in_items * ONLY_IN_ITEM)
}

impl WordHits {
    fn in_name_or_arn(
        &mut self,
        row: u32,
        index: &Index,
        combination: &Combination,
        scorer: &mut Scorer,
    ) -> Option<i32> {
        let word = &self.compiled.word;
        let in_arn = if word.is_for_arns() {
            combination.points(word, row, index)
        } else {
            None
        };
        if !word.is_for_names() {
            return in_arn;
        }
        let name = index.family(index.family_of(row)).name;
        if self.in_names.len() <= name as usize {
            self.in_names.resize(index.names.len(), NameScore::Unknown);
        }
        let known = self.in_names.get_mut(name as usize)?;
        if matches!(known, NameScore::Unknown) {
            let found = scorer.score(index.names.get(name), &self.compiled);
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
