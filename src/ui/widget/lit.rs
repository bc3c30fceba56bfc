//! Text of which some stretches are lit: what a search has matched.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::printable::is_dangerous;

/// Printable text and the byte ranges that are lit in it, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Lit {
    pub(crate) text: String,
    ranges: Vec<Range<usize>>,
}

impl Lit {
    /// Nothing lit.
    pub(crate) fn dark(text: &str) -> Self {
        Self::new(text, |_, _| false)
    }

    /// Lights the characters with these numbers, counted from 0, ascending.
    pub(crate) fn characters(text: &str, numbers: &[usize]) -> Self {
        Self::new(text, |number, _| numbers.binary_search(&number).is_ok())
    }

    /// Lights these stretches of bytes.
    pub(crate) fn bytes(text: &str, stretches: &[Range<usize>]) -> Self {
        Self::new(text, |_, byte| {
            stretches.iter().any(|stretch| stretch.contains(&byte))
        })
    }

    /// Lights every place that holds `needle`, whatever the case of either.
    pub(crate) fn finding(text: &str, needle: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len());
        for (byte, character) in text.char_indices() {
            for lower in character.to_lowercase() {
                folded.push(lower);
                origins.resize(folded.len(), byte);
            }
        }
        let needle = needle.to_lowercase();
        if needle.is_empty() {
            return Self::dark(text);
        }
        let stretches: Vec<Range<usize>> = folded
            .match_indices(&needle)
            .filter_map(|(start, found)| {
                let first = *origins.get(start)?;
                let last = *origins.get(start + found.len() - 1)?;
                Some(first..last + 1)
            })
            .collect();
        Self::bytes(text, &stretches)
    }

    fn new(text: &str, is_lit: impl Fn(usize, usize) -> bool) -> Self {
        let mut lit = Self::default();
        for (number, (byte, character)) in text.char_indices().enumerate() {
            let start = lit.text.len();
            if is_dangerous(character) {
                lit.text.extend(character.escape_unicode());
            } else {
                lit.text.push(character);
            }
            if is_lit(number, byte) {
                lit.light(start..lit.text.len());
            }
        }
        lit
    }

    fn light(&mut self, range: Range<usize>) {
        match self.ranges.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.ranges.push(range),
        }
    }

    /// The graphemes in runs that are lit as a whole or not at all; one that holds a lit
    /// character is lit.
    pub(crate) fn runs(&self) -> Vec<(&str, bool)> {
        let mut runs: Vec<(Range<usize>, bool)> = Vec::new();
        for (start, grapheme) in self.text.grapheme_indices(true) {
            let end = start + grapheme.len();
            let is_lit = self
                .ranges
                .iter()
                .any(|range| range.start < end && start < range.end);
            match runs.last_mut() {
                Some((run, lit)) if *lit == is_lit => run.end = end,
                _ => runs.push((start..end, is_lit)),
            }
        }
        runs.into_iter()
            .map(|(run, is_lit)| (self.text.get(run).unwrap_or_default(), is_lit))
            .collect()
    }
}
