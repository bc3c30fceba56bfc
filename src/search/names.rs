//! The distinct names of a list, in a form that is quick to search and to order.

use std::cmp::Ordering;

use super::query::character_mask;
use super::sorted::insert_sorted;
use super::texts::{Distinct, Texts, number};

/// What lies beyond is not searched: the work for one name stays bounded.
const MAX_NAME_BYTES: usize = 512;

/// One distinct name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'a> {
    pub(crate) text: &'a str,
    /// The same with ASCII letters in lower case.
    pub(crate) lower: &'a str,
    pub(crate) mask: u64,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    texts: Texts,
    lower: Texts,
    masks: Vec<u64>,
    distinct: Distinct,
    alphabetical: Vec<u32>,
    /// Position of each name in the alphabet.
    ranks: Vec<u32>,
}

impl Names {
    pub(crate) fn len(&self) -> usize {
        self.masks.len()
    }

    /// The number of this name; no name is as good as an empty one.
    pub(crate) fn intern(&mut self, name: Option<&str>) -> u32 {
        let name = name.unwrap_or_default();
        let searched = name
            .get(..name.floor_char_boundary(MAX_NAME_BYTES))
            .unwrap_or_default();
        match self.distinct.find(&self.texts, searched) {
            Ok(number) => number,
            Err(hash) => {
                let number = self.texts.push(searched);
                self.lower.push_lower(searched);
                self.masks.push(character_mask(searched));
                self.distinct.note(number, hash);
                number
            }
        }
    }

    pub(crate) fn mask(&self, name: u32) -> u64 {
        self.masks.get(name as usize).copied().unwrap_or_default()
    }

    pub(crate) fn get(&self, name: u32) -> Name<'_> {
        Name {
            text: self.texts.get(name),
            lower: self.lower.get(name),
            mask: self.mask(name),
        }
    }

    /// Position in the alphabet; right after `refresh_ranks` only.
    pub(crate) fn rank(&self, name: u32) -> u32 {
        self.ranks.get(name as usize).copied().unwrap_or(u32::MAX)
    }

    /// Takes names that came since the last call into the alphabet.
    pub(crate) fn refresh_ranks(&mut self) {
        let known = self.alphabetical.len();
        if known == self.len() {
            return;
        }
        let mut alphabetical = std::mem::take(&mut self.alphabetical);
        let added = (number(known)..number(self.len())).collect();
        insert_sorted(&mut alphabetical, added, |one, other| {
            self.compare(one, other)
        });
        self.ranks.resize(alphabetical.len(), 0);
        for (rank, name) in alphabetical.iter().enumerate() {
            if let Some(place) = self.ranks.get_mut(*name as usize) {
                *place = number(rank);
            }
        }
        self.alphabetical = alphabetical;
    }

    /// As a person reads: case last, and what has no name at the end.
    fn compare(&self, one: u32, other: u32) -> Ordering {
        let (one, other) = (self.get(one), self.get(other));
        (one.text.is_empty().cmp(&other.text.is_empty()))
            .then_with(|| one.lower.cmp(other.lower))
            .then_with(|| one.text.cmp(other.text))
    }

    pub(crate) fn shrink(&mut self) {
        self.texts.shrink();
        self.lower.shrink();
        self.masks.shrink_to_fit();
    }
}
