//! Fuzzy search in one list: a query line in, the rows that match in their order out.

mod arn_hits;
mod arrangement;
mod combination;
mod highlights;
mod index;
mod names;
mod narrowing;
mod postings;
mod query;
mod ranking;
mod scorer;
mod short_words;
mod sorted;
mod texts;

pub use highlights::Highlights;
pub use index::{Attributes, Sort};

use std::fmt;

use arrangement::Arrangement;
use combination::Combination;
use highlights::Highlighter;
use index::Index;
use narrowing::Narrowing;
use postings::Postings;
use query::Query;
use ranking::{Found, Place, Ranking};
use scorer::Scorer;

/// Whether [`Search::order`] already answers what was asked last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Settled,
    Working,
}

/// The rows of one list, the query that stands over them, and the order that results.
///
/// Rows are numbered from 0 as they come. What changes rows, query or sort is noted only;
/// [`Search::settle`] or [`Search::advance`] then bring the order up to date, and until they have,
/// the order is the one before.
#[derive(Clone)]
pub struct Search {
    index: Index,
    text: String,
    query: Query,
    /// The order among equal matches.
    precedence: Arrangement,
    /// The order when nothing is searched for.
    listing: Arrangement,
    revised: Vec<u32>,
    postings: Postings,
    has_postings: bool,
    narrowing: Narrowing,
    combination: Combination,
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
            text: String::new(),
            query: Query::default(),
            precedence: Arrangement::new(Sort::LatestFirst),
            listing: Arrangement::new(Sort::default()),
            revised: Vec::new(),
            postings: Postings::default(),
            has_postings: false,
            narrowing: Narrowing::default(),
            combination: Combination::default(),
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

    pub fn query(&self) -> &str {
        &self.text
    }

    pub fn sort(&self) -> Sort {
        self.listing.sort()
    }

    /// Adds a row and gives its number.
    pub fn push(&mut self, arn: &str, attributes: &Attributes<'_>) -> u32 {
        self.rows_change();
        self.index.push(arn, attributes)
    }

    /// What is known of a row now; its ARN stays.
    pub fn revise(&mut self, row: u32, attributes: &Attributes<'_>) {
        if self.index.revise(row, attributes) {
            self.revised.push(row);
            self.rows_change();
        }
    }

    /// Forgets all rows; query and sort stand.
    pub fn clear(&mut self) {
        *self = Self {
            text: std::mem::take(&mut self.text),
            query: std::mem::take(&mut self.query),
            listing: Arrangement::new(self.sort()),
            ..Self::default()
        };
        self.set_words();
    }

    /// Gives back memory that was reserved for more rows.
    pub fn shrink(&mut self) {
        self.index.shrink();
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

    /// Does all that is left to do.
    pub fn settle(&mut self) {
        while self.advance(usize::MAX) == Progress::Working {}
    }

    /// Looks at about `budget` names, definitions or rows; a later change of the query leaves off
    /// what it makes needless.
    pub fn advance(&mut self, budget: usize) -> Progress {
        if self.is_settled {
            return Progress::Settled;
        }
        self.arrange();
        let mut budget = budget.max(1);
        if !self.query.words.is_empty() {
            self.narrowing
                .advance(&self.index.names, &mut self.scorer, &mut budget);
            self.combination.advance(&self.index, &mut budget);
            if budget == 0 {
                return Progress::Working;
            }
        }
        self.rank();
        self.is_settled = true;
        Progress::Settled
    }

    pub fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// The rows that match, in their order, as of the last time all was settled.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Where a row stands in the order, if it matches.
    pub fn position_of(&self, row: u32) -> Option<usize> {
        self.order.iter().position(|other| *other == row)
    }

    /// What the query matched in a row.
    pub fn highlights(&self, row: u32) -> Highlights {
        let parts = self.index.family(self.index.family_of(row));
        let name = self.index.names.get(parts.name);
        Highlights {
            name: self.highlighter.in_name(name, &self.scorer),
            arn: self.highlighter.in_arn(|| self.index.arn(row)),
        }
    }

    /// The same for all rows of a screen, where rows that share a name share the work.
    pub fn highlights_of(&self, rows: &[u32]) -> Vec<Highlights> {
        let mut first_of_name: Vec<(u32, usize)> = Vec::new();
        let mut all: Vec<Highlights> = Vec::with_capacity(rows.len());
        for row in rows {
            let name = self.index.family(self.index.family_of(*row)).name;
            let earlier = first_of_name.iter().find(|(earlier, _)| *earlier == name);
            let same = earlier.and_then(|(_, place)| all.get(*place));
            let highlights = if let Some(same) = same {
                Highlights {
                    name: same.name.clone(),
                    arn: self.highlighter.in_arn(|| self.index.arn(*row)),
                }
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
        self.narrowing
            .set_words(words().filter(|word| word.negated || word.arn.is_none()));
        self.combination
            .set_words(words().filter(|word| word.arn.is_some()), &self.index);
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

    /// Puts what was found in order.
    fn rank(&mut self) {
        if self.query.words.is_empty() {
            self.order.clear();
            self.order.extend_from_slice(self.listing.rows());
            return;
        }
        let by_rank = self.precedence.rows();
        self.ranking.clear(by_rank.len());
        let by_name = self.narrowing.matches();
        if self.combination.is_empty() {
            let found = by_name.unwrap_or_default().iter().map(|matched| Found {
                score: matched.score(),
                place: Place::Postings(self.postings.of_name(matched.name)),
            });
            self.ranking.found.extend(found);
        } else {
            let rows = (&self.index, &self.postings);
            let (scorer, ranking) = (&mut self.scorer, &mut self.ranking);
            self.combination.find(rows, by_name, scorer, ranking);
        }
        self.ranking.write(&self.postings, by_rank, &mut self.order);
    }
}
