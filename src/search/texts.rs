//! Many short texts in one buffer, and an index of distinct ones.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

/// Texts in one buffer, each followed by a line feed so that no match crosses two of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    all: String,
    /// The end of each text, without its line feed.
    ends: Vec<u32>,
}

impl Texts {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn push(&mut self, text: &str) -> u32 {
        let number = number(self.ends.len());
        self.all.push_str(text);
        self.ends.push(self::number(self.all.len()));
        self.all.push('\n');
        number
    }

    /// Appends `text` with its ASCII letters in lower case.
    pub(crate) fn push_lower(&mut self, text: &str) -> u32 {
        let start = self.all.len();
        let number = self.push(text);
        if let Some(added) = self.all.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        number
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        self.all.get(self.place(number)).unwrap_or_default()
    }

    /// The range of text `number` in `all`.
    pub(crate) fn place(&self, number: u32) -> Range<usize> {
        let at = number as usize;
        let start = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| *end as usize + 1);
        start..self.ends.get(at).map_or(start, |end| *end as usize)
    }

    /// The number of the text at this byte of `all`; `from` or a later one.
    pub(crate) fn number_at(&self, byte: usize, from: u32) -> u32 {
        let is_before = |end: &u32| (*end as usize) < byte;
        let mut start = from as usize;
        // It is usually close, so the steps double.
        let mut step = 1;
        while self.ends.get(start + step).is_some_and(is_before) {
            start += step;
            step *= 2;
        }
        let end = self.ends.len().min(start + step + 1);
        let ends = self.ends.get(start..end).unwrap_or_default();
        number(start + ends.partition_point(is_before))
    }

    pub(crate) fn all(&self) -> &[u8] {
        self.all.as_bytes()
    }
}

/// An index of distinct texts by hash.
#[derive(Debug, Clone, Default)]
pub(crate) struct Distinct {
    first_of_hash: HashMap<u64, u32>,
    next_of_same_hash: Vec<Option<u32>>,
    state: RandomState,
}

impl Distinct {
    /// The number of `text` in `texts`; else its hash for `note`.
    pub(crate) fn find(&self, texts: &Texts, text: &str) -> Result<u32, u64> {
        let hash = self.state.hash_one(text);
        let mut next = self.first_of_hash.get(&hash).copied();
        while let Some(number) = next {
            if texts.get(number) == text {
                return Ok(number);
            }
            next = self
                .next_of_same_hash
                .get(number as usize)
                .copied()
                .flatten();
        }
        Err(hash)
    }

    pub(crate) fn note(&mut self, number: u32, hash: u64) {
        let earlier = self.first_of_hash.insert(hash, number);
        self.next_of_same_hash.push(earlier);
    }
}

/// Row and text numbers have 32 bits, since no memory holds more rows.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
