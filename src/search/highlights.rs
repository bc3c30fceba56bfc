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

impl Highlights {
    pub(crate) fn of(query: &Query, name: Name<'_>, arn: &str, scorer: &Scorer) -> Self {
        let mut highlights = Self::default();
        for word in query.words.iter().filter(|word| !word.negated) {
            let in_name = scorer.positions(name, &Compiled::new(word));
            highlights.name.extend(in_name.unwrap_or_default());
            highlights.arn.extend(arn_places(word, arn));
        }
        highlights.name.sort_unstable();
        highlights.name.dedup();
        highlights.arn = joined(highlights.arn);
        highlights
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
