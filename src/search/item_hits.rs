//! The occurrences of one word in the items of the rows.

use memchr::memmem::Finder;

use super::item_texts::ItemTexts;
use super::names::Name;
use super::query::{NOT_ASCII, Word, WordShape};
use super::scorer::{Compiled, Scorer};
use super::texts::number;

/// The place of a word in a text; a higher level ranks first.
const INSIDE: u8 = 1;
const AT_START: u8 = 2;
const ENTIRE: u8 = 3;

/// The items that one word matches.
#[derive(Debug, Clone)]
pub(crate) struct ItemHits {
    pub(crate) word: Word,
    /// The word, prepared for the search.
    compiled: Compiled,
    finder: Finder<'static>,
    seen_texts: usize,
    /// The texts with the word, ascending, each with its level.
    texts: Vec<(u32, u8)>,
    /// For each row, the best level of its texts; 0 for none.
    levels: Vec<u8>,
    /// The rows with a level above 0, once each.
    rows: Vec<u32>,
    /// The revision of the items from which `rows` was computed.
    revision: Option<u64>,
}

impl ItemHits {
    pub(crate) fn new(word: &Word) -> Self {
        let compiled = Compiled::new(&word.in_items());
        Self {
            word: word.clone(),
            finder: Finder::new(&compiled.word.text).into_owned(),
            compiled,
            seen_texts: 0,
            texts: Vec::new(),
            levels: Vec::new(),
            rows: Vec::new(),
            revision: None,
        }
    }

    /// Searches up to `budget` texts, and subtracts their number from it.
    pub(crate) fn advance(&mut self, items: &ItemTexts, budget: &mut usize) {
        let all = items.texts.len();
        let end = all.min(self.seen_texts.saturating_add(*budget));
        *budget -= end - self.seen_texts;
        if end > self.seen_texts {
            self.search(items, end);
            self.seen_texts = end;
            self.revision = None;
        }
        if end == all && self.revision != Some(items.revision()) {
            self.find_rows(items);
            self.revision = Some(items.revision());
        }
    }

    /// Searches the new texts as one text, since most words are in few of them.
    fn search(&mut self, items: &ItemTexts, end: usize) {
        let first = self.texts.len();
        let texts = items.texts.texts(self.compiled.word.folding.case);
        let stop = texts.place(number(end - 1)).end;
        let mut text = number(self.seen_texts);
        let mut place = texts.place(text);
        let mut from = place.start;
        while let Some(found) = texts
            .all()
            .get(from..stop)
            .and_then(|unseen| self.finder.find(unseen))
        {
            let start = from + found;
            while place.end <= start {
                text += 1;
                place = texts.place(text);
            }
            if items.texts.mask(text) & NOT_ASCII == 0 {
                self.see(items, text);
            }
            from = place.end;
        }
        let others = number(self.seen_texts)..number(end);
        let others = others.filter(|text| items.texts.mask(*text) & NOT_ASCII != 0);
        let before = self.texts.len();
        for text in others {
            self.see(items, text);
        }
        if self.texts.len() > before {
            let added = self.texts.get_mut(first..);
            added.unwrap_or_default().sort_unstable();
        }
    }

    fn see(&mut self, items: &ItemTexts, text: u32) {
        if let Some(level) = level(items.texts.get(text), &self.compiled.word) {
            self.texts.push((text, level));
        }
    }

    fn find_rows(&mut self, items: &ItemTexts) {
        for row in self.rows.drain(..) {
            if let Some(level) = self.levels.get_mut(row as usize) {
                *level = 0;
            }
        }
        let field = self.word.field;
        self.levels.resize(items.end(), 0);
        if !self.texts.is_empty() {
            self.rows.reserve(items.end());
        }
        items.each_row(&self.texts, |row, of, level| {
            if field.is_some_and(|field| field != of) {
                return;
            }
            if let Some(best) = self.levels.get_mut(row as usize) {
                if *best == 0 {
                    self.rows.push(row);
                }
                *best = level.max(*best);
            }
        });
    }

    /// The level of the word in the row's items; 0 if it does not match.
    #[inline]
    pub(crate) fn level(&self, row: u32) -> u8 {
        self.levels.get(row as usize).copied().unwrap_or_default()
    }

    pub(crate) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The text of the row with the best match, the first of equal ones, with the matched characters.
    pub(crate) fn best(
        &self,
        row: u32,
        items: &ItemTexts,
        scorer: &Scorer,
    ) -> Option<super::ItemMatch> {
        let level = self.level(row);
        let (text, field) = items.texts_of(row).find(|(text, field)| {
            let is_meant = self.word.field.is_none_or(|of| of == *field);
            is_meant && self.texts.binary_search(&(*text, level)).is_ok()
        })?;
        let text = items.texts.get(text);
        Some(super::ItemMatch {
            field,
            text: text.text.to_owned(),
            characters: scorer.positions(text, &self.compiled)?,
        })
    }
}

fn level(text: Name<'_>, word: &Word) -> Option<u8> {
    let (_, searched) = text.with(word.folding);
    let sought = word.text.as_str();
    let is_at_start = searched.starts_with(sought);
    let is_at_end = searched.ends_with(sought);
    let is_there = match word.shape {
        WordShape::Fuzzy | WordShape::Exact => searched.contains(sought),
        WordShape::Prefix => is_at_start,
        WordShape::Suffix => is_at_end,
        WordShape::Whole => searched == sought,
    };
    is_there.then_some(match is_at_start {
        true if searched.len() == sought.len() => ENTIRE,
        true => AT_START,
        false => INSIDE,
    })
}
