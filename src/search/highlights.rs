//! The matched characters of the rows on screen.

use std::ops::Range;

use memchr::memmem::Finder;

use super::index::id_in_head;
use super::names::Name;
use super::query::{Query, Word};
use super::scorer::{Compiled, Scorer};
use crate::domain::content::TermField;

/// The matched parts of one row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Highlights {
    /// The indices of matched `char`s in the name, ascending.
    pub name: Vec<usize>,
    /// The matched ranges of bytes in the ARN, ascending and separate.
    pub arn: Vec<Range<usize>>,
    /// The item by which the row matches a word that is neither in its name nor in its ARN.
    pub item: Option<ItemMatch>,
}

/// A text of an item, and the part of it that a word matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMatch {
    pub field: TermField,
    pub text: String,
    /// The indices of matched `char`s, ascending.
    pub characters: Vec<usize>,
}

/// The words that are not negated, prepared for many rows.
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
        for word in self.words.iter().filter(|word| word.word.is_for_names()) {
            characters.extend(scorer.positions(name, word).unwrap_or_default());
        }
        if self.words.len() > 1 {
            characters.sort_unstable();
        }
        characters.dedup();
        characters
    }

    /// `arn` returns the ARN in lower case; it is called only if a word may be part of one.
    pub(crate) fn in_arn(&self, arn: impl FnOnce() -> String) -> Vec<Range<usize>> {
        if !self.words.iter().any(|word| word.word.is_for_arns()) {
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
    let Some(text) = word.arn.as_ref().filter(|_| word.is_for_arns()) else {
        return Vec::new();
    };
    let (head, tail) = arn.split_at(arn.rfind('/').map_or(0, |slash| slash + 1));
    let ids = [id_in_head(head), head.len()..head.len() + tail.len()];
    let arn = arn.as_bytes();
    let finder = Finder::new(text);
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(found) = arn.get(from..).and_then(|unseen| finder.find(unseen)) {
        let place = from + found..from + found + text.len();
        let before = place.start.checked_sub(1).and_then(|at| arn.get(at));
        let after = arn.get(place.end);
        let is_in_id = ids.iter().any(|id| word.is_in_id(&place, id));
        if is_in_id && word.arn_points(before.copied(), after.copied()).is_some() {
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
