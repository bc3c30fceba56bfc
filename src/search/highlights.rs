//! Which characters of a row a query matched, asked for the rows on screen only.

use std::ops::Range;

use memchr::memmem::Finder;

use super::names::Name;
use super::query::{Query, Word};
use super::scorer::{Compiled, Scorer};

/// What to light up in one row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Highlights {
    /// Matched characters of the name, counted in `char`s from 0, ascending.
    pub name: Vec<usize>,
    /// Matched stretches of the ARN, in bytes, ascending and apart from each other.
    pub arn: Vec<Range<usize>>,
}

/// The words that light something up, made ready for many rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Highlighter {
    words: Vec<Compiled>,
}

impl Highlighter {
    pub(crate) fn new(query: &Query) -> Self {
        let words = query.words.iter().filter(|word| !word.negated);
        Self {
            words: words.map(Compiled::new).collect(),
        }
    }

    pub(crate) fn in_name(&self, name: Name<'_>, scorer: &Scorer) -> Vec<usize> {
        let mut characters = Vec::new();
        for word in &self.words {
            characters.extend(scorer.positions(name, word).unwrap_or_default());
        }
        if self.words.len() > 1 {
            characters.sort_unstable();
            characters.dedup();
        }
        characters
    }

    /// `arn` is the ARN in lower case, asked for only where a word may be part of one.
    pub(crate) fn in_arn(&self, arn: impl FnOnce() -> String) -> Vec<Range<usize>> {
        if self.words.iter().all(|word| word.word.arn.is_none()) {
            return Vec::new();
        }
        let arn = arn();
        let places = self
            .words
            .iter()
            .flat_map(|word| arn_places(&word.word, &arn));
        joined(places.collect())
    }
}

fn arn_places(word: &Word, arn: &str) -> Vec<Range<usize>> {
    let Some(text) = &word.arn else {
        return Vec::new();
    };
    let arn = arn.as_bytes();
    let finder = Finder::new(text);
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(found) = arn.get(from..).and_then(|unseen| finder.find(unseen)) {
        let place = from + found..from + found + text.len();
        let before = place.start.checked_sub(1).and_then(|at| arn.get(at));
        let after = arn.get(place.end);
        if word.arn_points(before.copied(), after.copied()).is_some() {
            places.push(place.clone());
        }
        from = place.start + 1;
    }
    places
}

fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}
