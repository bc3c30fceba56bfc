//! Fuzzy search in one list: from a search line to the matching rows in order.
//!
//! `fuzzy-matcher` alone over the full texts would take 282 times as long for a key at 10 000 versions.
//! `nucleo-matcher` on the names alone takes as long (`assets/measurements.md`).

mod arn_hits;
mod arrangement;
mod blend;
mod combination;
mod highlights;
mod index;
mod item_hits;
mod item_texts;
mod names;
mod narrowing;
mod postings;
mod query;
mod ranking;
mod scorer;
mod short_words;
mod sorted;
mod texts;

pub use highlights::{Highlights, ItemMatch};
pub use index::{Attributes, Sort};

use std::fmt;

use arrangement::Arrangement;
use blend::{Blend, all_names};
use combination::Combination;
use highlights::Highlighter;
use index::Index;
use item_texts::ItemTexts;
use narrowing::Narrowing;
use postings::Postings;
use query::{Query, Word};
use ranking::{FoundRows, RankPlace, Ranking};
use scorer::Scorer;

use crate::domain::content::TermField;

/// Whether [`Search::order`] is up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchProgress {
    Settled,
    Working,
}

/// The rows of one list, a query, and the resulting order.
///
/// Rows are numbered from 0. Changes of rows, query or sort take effect in [`Search::settle`] or
/// [`Search::advance`]; until then, the order is the earlier one.
#[derive(Clone)]
pub struct Search {
    index: Index,
    items: ItemTexts,
    text: String,
    query: Query,
    /// The order among equal matches.
    precedence: Arrangement,
    /// The order without a query.
    listing: Arrangement,
    revised: Vec<u32>,
    postings: Postings,
    has_postings: bool,
    narrowing: Narrowing,
    combination: Combination,
    blend: Blend,
    ranking: Ranking,
    scorer: Scorer,
    highlighter: Highlighter,
    order: Vec<u32>,
    is_settled: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            index: Index::default(),
            items: ItemTexts::default(),
            text: String::new(),
            query: Query::default(),
            precedence: Arrangement::new(Sort::LatestFirst),
            listing: Arrangement::new(Sort::default()),
            revised: Vec::new(),
            postings: Postings::default(),
            has_postings: false,
            narrowing: Narrowing::default(),
            combination: Combination::default(),
            blend: Blend::default(),
            ranking: Ranking::default(),
            scorer: Scorer::default(),
            highlighter: Highlighter::default(),
            order: Vec::new(),
            is_settled: true,
        }
    }
}

impl fmt::Debug for Search {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Search")
            .field("query", &self.text)
            .field("sort", &self.sort())
            .field("rows", &self.len())
            .field("matches", &self.order.len())
            .field("is_settled", &self.is_settled)
            .finish_non_exhaustive()
    }
}

impl Search {
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of rows, matching or not.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn sort(&self) -> Sort {
        self.listing.sort()
    }

    /// Adds a row and returns its number.
    pub fn push(&mut self, arn: &str, attributes: &Attributes<'_>) -> u32 {
        self.rows_change();
        self.index.push(arn, attributes)
    }

    /// Replaces the attributes of a row; its ARN stays.
    pub fn revise(&mut self, row: u32, attributes: &Attributes<'_>) {
        if self.index.revise(row, attributes) {
            self.revised.push(row);
            self.rows_change();
        }
    }

    /// Replaces the texts of the row's items, by which words find it too.
    pub fn set_items<'a>(
        &mut self,
        row: u32,
        items: impl IntoIterator<Item = (TermField, &'a str)>,
    ) {
        if self.items.put(row, items.into_iter()) && !self.query.words.is_empty() {
            self.is_settled = false;
            self.blend.set_words(&self.query, &self.items);
        }
    }

    /// Removes all rows; query and sort stay.
    pub fn clear(&mut self) {
        *self = Self {
            text: std::mem::take(&mut self.text),
            query: std::mem::take(&mut self.query),
            listing: Arrangement::new(self.sort()),
            ..Self::default()
        };
        self.set_words();
    }

    /// Searches for `text`; any text is a query.
    pub fn set_query(&mut self, text: &str) {
        if self.text == text {
            return;
        }
        text.clone_into(&mut self.text);
        let query = Query::parse(text);
        if query != self.query {
            self.query = query;
            self.set_words();
        }
    }

    pub fn set_sort(&mut self, sort: Sort) {
        if sort != self.sort() {
            self.listing = Arrangement::new(sort);
            self.is_settled = false;
        }
    }

    /// True once [`Self::set_own`] was called for these rows.
    pub fn has_own(&self) -> bool {
        self.index.has_own()
    }

    /// Lets [`Sort::Own`] begin with the versions of the same definition as `arn`.
    pub fn set_own(&mut self, arn: &str) {
        if self.index.set_own(arn) {
            self.listing = Arrangement::new(self.sort());
            self.is_settled = false;
        }
    }

    /// Finishes the search.
    pub fn settle(&mut self) {
        while self.advance(usize::MAX) == SearchProgress::Working {}
    }

    /// Checks about `budget` names, definitions or rows. A later change of the query cancels the rest.
    pub fn advance(&mut self, budget: usize) -> SearchProgress {
        if self.is_settled {
            return SearchProgress::Settled;
        }
        self.arrange();
        let mut budget = budget.max(1);
        if !self.query.words.is_empty() {
            self.narrowing
                .advance(&self.index.names, &mut self.scorer, &mut budget);
            self.combination.advance(&self.index, &mut budget);
            self.items.refresh();
            self.blend.advance(&self.items, &mut budget);
            if budget == 0 {
                return SearchProgress::Working;
            }
        }
        self.rank();
        self.is_settled = true;
        SearchProgress::Settled
    }

    pub fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// The matching rows, in order, as of the last finished search.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The index of a row in the order; `None` if it does not match.
    pub fn position_of(&self, row: u32) -> Option<usize> {
        self.order.iter().position(|other| *other == row)
    }

    /// The matched parts of a row.
    pub fn highlights(&self, row: u32) -> Highlights {
        let parts = self.index.family(self.index.family_of(row));
        let name = self.index.names.get(parts.name);
        let name = self.highlighter.in_name(name, &self.scorer);
        self.row_highlights(row, name)
    }

    fn row_highlights(&self, row: u32, name: Vec<usize>) -> Highlights {
        let arn = self.highlighter.in_arn(|| self.index.arn(row));
        Highlights {
            name,
            arn,
            item: self.item_match(row),
        }
    }

    /// The item that the first word matches which neither name nor ARN does.
    fn item_match(&self, row: u32) -> Option<ItemMatch> {
        let rows = (&self.index, &self.combination);
        let hits = self.blend.only_in_item(row, rows, &self.scorer)?;
        hits.best(row, &self.items, &self.scorer)
    }

    /// The matched parts of all rows of a screen; equal names are matched once.
    pub fn highlights_of(&self, rows: &[u32]) -> Vec<Highlights> {
        let mut first_of_name: Vec<(u32, usize)> = Vec::new();
        let mut all: Vec<Highlights> = Vec::with_capacity(rows.len());
        for row in rows {
            let name = self.index.family(self.index.family_of(*row)).name;
            let earlier = first_of_name.iter().find(|(earlier, _)| *earlier == name);
            let same = earlier.and_then(|(_, place)| all.get(*place));
            let highlights = if let Some(same) = same {
                self.row_highlights(*row, same.name.clone())
            } else {
                first_of_name.push((name, all.len()));
                self.highlights(*row)
            };
            all.push(highlights);
        }
        all
    }

    fn rows_change(&mut self) {
        self.is_settled = false;
        self.has_postings = false;
    }

    fn set_words(&mut self) {
        self.is_settled = false;
        self.highlighter = Highlighter::new(&self.query);
        let words = || self.query.words.iter();
        self.narrowing.set_words(
            words().filter(|word| word.is_for_names() && (word.negated || word.arn.is_none())),
        );
        self.combination
            .set_words(words().filter(|word| word.is_for_arns()), &self.index);
        self.blend.set_words(&self.query, &self.items);
    }

    /// Brings the orders of all rows up to date.
    fn arrange(&mut self) {
        if !self.has_postings {
            self.index.names.refresh_ranks();
            self.precedence.refresh(&self.index, &self.revised);
        }
        if !self.has_postings || self.listing.rows().len() != self.index.len() {
            self.listing.refresh(&self.index, &self.revised);
        }
        if !self.has_postings {
            self.postings.rebuild(&self.index, self.precedence.rows());
            self.has_postings = true;
            self.revised.clear();
        }
    }

    /// Orders the matches.
    fn rank(&mut self) {
        if self.query.words.is_empty() {
            self.order.clear();
            self.order.extend_from_slice(self.listing.rows());
            return;
        }
        self.order.clear();
        let by_rank = self.precedence.rows();
        self.ranking.clear(by_rank.len());
        let by_name = self.narrowing.matches();
        let is_for_items = |word: &Word| !word.is_for_names() && !word.is_for_arns();
        let mut words = self.query.words.iter().filter(|word| !word.negated);
        if words.any(is_for_items) {
            // Neither names nor ARNs can match all words.
        } else if !self.combination.is_empty() {
            let rows = (&self.index, &self.postings);
            let (scorer, ranking) = (&mut self.scorer, &mut self.ranking);
            self.combination.find(rows, by_name, scorer, ranking);
        } else if let Some(by_name) = by_name {
            let found = by_name.iter().map(|matched| FoundRows {
                score: matched.score(),
                place: RankPlace::Postings(self.postings.of_name(matched.name)),
            });
            self.ranking.found.extend(found);
        } else {
            let all = all_names(&self.index, &self.postings);
            self.ranking.found.extend(all);
        }
        self.ranking.write(&self.postings, by_rank, &mut self.order);
        let rows = (&self.index, &self.postings, &self.combination);
        let (order, ranking) = (&mut self.order, &mut self.ranking);
        self.blend
            .find(rows, by_rank, &mut self.scorer, order, ranking);
    }
}
