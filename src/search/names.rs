//! The distinct names of a list, folded for search and sorted.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::query::{NOT_ASCII, character_mask};
use super::sorted::insert_sorted;
use super::texts::{Distinct, Texts, number};
use crate::domain::fold::Folding;

/// Only this part of a name is searched, so that the work for one name is bounded.
const MAX_NAME_BYTES: usize = 512;

/// One distinct name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'a> {
    pub(crate) text: &'a str,
    /// The name without case and accents.
    pub(crate) folded: &'a str,
    /// The characters of all foldings.
    pub(crate) mask: u64,
    /// The other foldings; `None` for an ASCII name.
    foldings: Option<&'a Foldings>,
}

/// The foldings of a name that is not ASCII, for words with capital letters or accents.
#[derive(Debug, Clone)]
struct Foldings {
    /// NFC.
    exact: Box<str>,
    without_accents: Box<str>,
    without_case: Box<str>,
}

impl Foldings {
    fn of(name: &str) -> Self {
        let fold = |case, accents| Folding { case, accents }.fold(name).into();
        Self {
            exact: fold(false, false),
            without_accents: fold(false, true),
            without_case: fold(true, false),
        }
    }
}

impl<'a> Name<'a> {
    /// The text to score and the text to search with this folding; equally long.
    #[inline]
    pub(crate) fn with(self, folding: Folding) -> (&'a str, &'a str) {
        let Some(foldings) = self.foldings else {
            let searched = if folding.case { self.folded } else { self.text };
            return (self.text, searched);
        };
        let text = match (folding.case, folding.accents) {
            (true, true) => self.folded,
            (true, false) => &foldings.without_case,
            (false, true) => &foldings.without_accents,
            (false, false) => &foldings.exact,
        };
        (text, text)
    }

    /// The character of the name for each character that was matched with this folding.
    pub(crate) fn origins(self, folding: Folding, matched: &mut [usize]) {
        if self.foldings.is_some() {
            let (_, origins) = folding.fold_with_origins(self.text);
            for character in matched {
                *character = origins.get(*character).copied().unwrap_or_default();
            }
        }
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    texts: Texts,
    folded: Texts,
    /// For each name that is not ASCII, by number.
    foldings: HashMap<u32, Foldings>,
    masks: Vec<u64>,
    distinct: Distinct,
    alphabetical: Vec<u32>,
    /// The index of each name in `alphabetical`.
    ranks: Vec<u32>,
}

impl Names {
    pub(crate) fn len(&self) -> usize {
        self.masks.len()
    }

    /// The number of this name; no name counts as an empty one.
    pub(crate) fn intern(&mut self, name: Option<&str>) -> u32 {
        let name = name.unwrap_or_default();
        let searched = name
            .get(..name.floor_char_boundary(MAX_NAME_BYTES))
            .unwrap_or_default();
        match self.distinct.find(&self.texts, searched) {
            Ok(number) => number,
            Err(hash) => {
                let number = self.texts.push(searched);
                let mut mask = character_mask(searched);
                if searched.is_ascii() {
                    self.folded.push_lower(searched);
                } else {
                    let folded = Folding::ALL.fold(searched);
                    let foldings = Foldings::of(searched);
                    mask |= character_mask(&folded) | character_mask(&foldings.exact);
                    mask |= character_mask(&foldings.without_accents);
                    self.folded.push(&folded);
                    self.foldings.insert(number, foldings);
                }
                self.masks.push(mask);
                self.distinct.note(number, hash);
                number
            }
        }
    }

    pub(crate) fn mask(&self, name: u32) -> u64 {
        self.masks.get(name as usize).copied().unwrap_or_default()
    }

    pub(crate) fn get(&self, name: u32) -> Name<'_> {
        let mask = self.mask(name);
        Name {
            text: self.texts.get(name),
            folded: self.folded.get(name),
            mask,
            foldings: (mask & NOT_ASCII != 0)
                .then(|| self.foldings.get(&name))
                .flatten(),
        }
    }

    /// The names that are not ASCII, in any order.
    pub(crate) fn not_ascii(&self) -> impl Iterator<Item = u32> {
        self.foldings.keys().copied()
    }

    /// All names as one text, unchanged or in lower case; only for ASCII names.
    pub(crate) const fn texts(&self, in_lower_case: bool) -> &Texts {
        if in_lower_case {
            &self.folded
        } else {
            &self.texts
        }
    }

    /// The index in alphabetical order; call `refresh_ranks` first.
    pub(crate) fn rank(&self, name: u32) -> u32 {
        self.ranks.get(name as usize).copied().unwrap_or(u32::MAX)
    }

    /// Sorts the names added since the last call.
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

    /// Case and accents decide last; the empty name comes at the end.
    fn compare(&self, one: u32, other: u32) -> Ordering {
        let (one, other) = (self.get(one), self.get(other));
        (one.text.is_empty().cmp(&other.text.is_empty()))
            .then_with(|| one.folded.cmp(other.folded))
            .then_with(|| one.text.cmp(other.text))
    }
}
