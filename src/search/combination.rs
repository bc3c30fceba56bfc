//! Combines the words that may match a name or an ARN with the words that only a name can match.

use super::arn_hits::ArnHits;
use super::index::{Family, Index};
use super::narrowing::Match;
use super::postings::Postings;
use super::query::Word;
use super::ranking::{FoundRows, RankPlace, Ranking};
use super::scorer::{Compiled, Scorer};
use super::texts::number;

/// The hits in ARNs of each word that may be part of an id or ARN.
#[derive(Debug, Clone, Default)]
pub(crate) struct Combination {
    hits: Vec<ArnHits>,
    /// For each name, the score of the other words; `None` unless all of them match.
    others: Vec<Option<i32>>,
    /// For each word and name, the score of the word in the name.
    in_names: Vec<Vec<Option<i32>>>,
}

impl Combination {
    pub(crate) fn set_words<'a>(&mut self, words: impl Iterator<Item = &'a Word>, index: &Index) {
        let mut earlier = std::mem::take(&mut self.hits);
        for word in words {
            let same = earlier.iter().position(|hits| hits.word == *word);
            let shorter = || {
                earlier
                    .iter()
                    .position(|hits| word.narrows_arns(&hits.word))
            };
            let hits = match (same, same.or_else(shorter)) {
                (Some(place), _) => earlier.swap_remove(place),
                (None, Some(place)) => earlier.swap_remove(place).narrowed(word, index),
                (None, None) => ArnHits::new(word),
            };
            self.hits.push(hits);
        }
    }

    /// The hits of a word in the ARNs of the rows, if it may be part of one.
    pub(crate) fn hits_of(&self, word: &Word) -> Option<&ArnHits> {
        self.hits.iter().find(|hits| hits.word == *word)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    pub(crate) fn advance(&mut self, index: &Index, budget: &mut usize) {
        for hits in &mut self.hits {
            hits.advance(index, budget);
        }
    }

    /// Adds the rows that match all words to `ranking`.
    pub(crate) fn find(
        &mut self,
        (index, postings): (&Index, &Postings),
        by_name: Option<&[Match]>,
        scorer: &mut Scorer,
        ranking: &mut Ranking,
    ) {
        self.score_names(index, by_name, scorer);
        self.find_rows(index, postings, ranking);
        for (family, parts) in index.families().iter().enumerate() {
            if let Some(score) = self.score(*parts, |_| None) {
                let place = RankPlace::Postings(postings.of_family(number(family)));
                ranking.found.push(FoundRows { score, place });
            }
        }
    }

    fn score_names(&mut self, index: &Index, by_name: Option<&[Match]>, scorer: &mut Scorer) {
        self.others.clear();
        let unless_found = by_name.is_none().then_some(0);
        self.others.resize(index.names.len(), unless_found);
        for matched in by_name.unwrap_or_default() {
            if let Some(place) = self.others.get_mut(matched.name as usize) {
                *place = Some(matched.score());
            }
        }
        self.in_names.resize(self.hits.len(), Vec::new());
        for (hits, scores) in self.hits.iter().zip(&mut self.in_names) {
            scores.clear();
            if hits.word.negated || !hits.word.is_for_names() {
                continue;
            }
            let word = Compiled::new(&hits.word);
            let names = (0..).zip(&self.others);
            scores.extend(names.map(|(name, others)| {
                others.and_then(|_| scorer.score_of(&index.names, name, &word))
            }));
        }
    }

    /// Scores the rows with a hit in their tail one by one.
    fn find_rows(&self, index: &Index, postings: &Postings, ranking: &mut Ranking) {
        let lists = || self.hits.iter().map(ArnHits::rows);
        let mut rows: Vec<u32> = lists().flatten().map(|(row, _)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut unread: Vec<&[(u32, i32)]> = lists().collect();
        let mut points = vec![None; unread.len()];
        for row in rows {
            for (unread, points) in unread.iter_mut().zip(&mut points) {
                *points = None;
                if let Some(((first, found), rest)) = unread.split_first()
                    && *first == row
                {
                    *points = Some(*found);
                    *unread = rest;
                }
            }
            let rank = postings.rank_of_row(row);
            ranking.apart.insert(rank);
            let parts = index.family(index.family_of(row));
            let score = self.score(parts, |word| points.get(word).copied().flatten());
            ranking.found.extend(score.map(|score| FoundRows {
                score,
                place: RankPlace::Rank(rank),
            }));
        }
    }

    /// The sum of the scores of all words; `in_tail` returns the points of each in the row's tail.
    fn score(&self, parts: Family, in_tail: impl Fn(usize) -> Option<i32>) -> Option<i32> {
        let others = self.others.get(parts.name as usize).copied().flatten()?;
        let mut sum = others;
        for (number, (hits, in_names)) in self.hits.iter().zip(&self.in_names).enumerate() {
            let in_arn = hits.head_points(parts.head).max(in_tail(number));
            if hits.word.negated {
                if in_arn.is_some() {
                    return None;
                }
                continue;
            }
            let in_name = in_names.get(parts.name as usize).copied().flatten();
            sum = sum.saturating_add(in_arn.max(in_name)?);
        }
        Some(sum)
    }
}
