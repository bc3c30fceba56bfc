//! The occurrences of one word in the items of the rows.

use super::item_texts::ItemTexts;
use super::query::{NOT_ASCII, Word, WordShape};
use super::scorer::{Compiled, Scorer};
use super::texts::number;

/// The place of a word in a text; a higher level ranks first.
const INSIDE: u8 = 1;
const AT_START: u8 = 2;
const ENTIRE: u8 = 3;
/// The number of levels, 0 for no match among them.
pub(super) const LEVELS: usize = 4;

/// The items that one word matches.
#[derive(Debug, Clone)]
pub(crate) struct ItemHits {
    /// The word in the form for items.
    compiled: Compiled,
    seen_texts: usize,
    /// The texts with the word, ascending, each with its level.
    texts: Vec<(u32, u8)>,
    /// For each row, the best level of its texts; 0 for none.
    levels: Vec<u8>,
    /// The number of rows with a level above 0.
    row_count: usize,
    /// The revision of the items from which `levels` was computed.
    revision: Option<u64>,
}

impl ItemHits {
    pub(crate) fn new(word: &Word) -> Self {
        Self {
            compiled: Compiled::new(&word.in_items()),
            seen_texts: 0,
            texts: Vec::new(),
            levels: Vec::new(),
            row_count: 0,
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
        let mut from = texts.place(text).start;
        while let Some(found) = texts
            .all()
            .get(from..stop)
            .and_then(|unseen| self.compiled.find(unseen))
        {
            let start = from + found;
            text = texts.number_at(start, text);
            let place = texts.place(text);
            from = place.end;
            if items.texts.mask(text) & NOT_ASCII != 0 {
                continue;
            }
            if self.compiled.word.shape == WordShape::Exact {
                let is_entire = place.len() == self.compiled.word.text.len();
                self.texts
                    .push((text, level(start == place.start, is_entire)));
            } else {
                self.texts.extend(self.hit(items, text));
            }
        }
        let unseen = number(self.seen_texts)..number(end);
        let others = items.texts.not_ascii();
        let others = others.filter(|text| unseen.contains(text));
        let before = self.texts.len();
        let hits = others.filter_map(|text| self.hit(items, text));
        let hits: Vec<(u32, u8)> = hits.collect();
        self.texts.extend(hits);
        if self.texts.len() > before {
            let added = self.texts.get_mut(first..);
            added.unwrap_or_default().sort_unstable();
        }
    }

    /// The text with its level, if the word matches it.
    fn hit(&self, items: &ItemTexts, text: u32) -> Option<(u32, u8)> {
        let word = &self.compiled.word;
        let (_, searched) = items.texts.get(text).with(word.folding);
        let sought = word.text.as_str();
        let is_at_start = match word.shape {
            WordShape::Fuzzy | WordShape::Exact => self.compiled.find(searched.as_bytes())? == 0,
            WordShape::Prefix => searched.starts_with(sought).then_some(true)?,
            WordShape::Suffix => {
                (searched.ends_with(sought)).then(|| searched.starts_with(sought))?
            }
            WordShape::Whole => (searched == sought).then_some(true)?,
        };
        Some((text, level(is_at_start, searched.len() == sought.len())))
    }

    fn find_rows(&mut self, items: &ItemTexts) {
        items.fill_levels(&self.texts, self.compiled.word.field, &mut self.levels);
        self.row_count = self.levels.iter().filter(|level| **level > 0).count();
    }

    /// The level of the word in the row's items; 0 if it does not match.
    #[inline]
    pub(crate) fn level(&self, row: u32) -> u8 {
        self.levels.get(row as usize).copied().unwrap_or_default()
    }

    /// The level of each row.
    pub(crate) fn levels(&self) -> &[u8] {
        &self.levels
    }

    /// The number of rows in whose items the word is.
    pub(crate) const fn row_count(&self) -> usize {
        self.row_count
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
            let is_meant = self.compiled.word.field.is_none_or(|of| of == *field);
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

const fn level(is_at_start: bool, is_entire: bool) -> u8 {
    match (is_at_start, is_entire) {
        (true, true) => ENTIRE,
        (true, false) => AT_START,
        (false, _) => INSIDE,
    }
}
