//! The texts of the items in the rows, each distinct one stored once, with the rows that have it.

use super::names::Names;
use super::texts::number;
use crate::domain::content::{NumberInField, TermField};

/// If more than one in this many rows has changed, the rows of all texts are listed again.
const FEW: usize = 8;
/// Up to this many changed rows are always handled one by one.
const ALWAYS_FEW: usize = 64;

/// The texts of all rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct ItemTexts {
    pub(crate) texts: Names,
    /// Texts with their fields, row by row. Replaced texts stay until the next compaction.
    held: Vec<NumberInField>,
    /// For each row, the start and the number of its texts in `held`.
    places: Vec<(u32, u32)>,
    left_behind: usize,
    /// For each text, the start of its rows in `rows`; newer texts have no entry.
    starts: Vec<u32>,
    /// Rows with their fields, text by text.
    rows: Vec<NumberInField>,
    /// The rows that changed since `rows` was filled; their entries in it are wrong or absent.
    changed: Vec<u32>,
    is_changed: Vec<bool>,
    /// The number of changes so far, of any row.
    revision: u64,
}

impl ItemTexts {
    /// Replaces the texts of a row; returns whether they changed.
    pub(crate) fn put<'a>(
        &mut self,
        row: u32,
        items: impl Iterator<Item = (TermField, &'a str)>,
    ) -> bool {
        let start = self.held.len();
        for (field, text) in items {
            let text = self.texts.intern(Some(text));
            self.held.push(NumberInField::new(text, field));
        }
        let added = self.held.get(start..).unwrap_or_default();
        if self.of_row(row).eq(added) {
            self.held.truncate(start);
            return false;
        }
        let count = added.len();
        if self.places.len() <= row as usize {
            self.places.resize(row as usize + 1, (0, 0));
            self.is_changed.resize(row as usize + 1, false);
        }
        if let Some(place) = self.places.get_mut(row as usize) {
            self.left_behind += place.1 as usize;
            *place = (number(start), number(count));
        }
        if let Some(is_changed) = self.is_changed.get_mut(row as usize)
            && !std::mem::replace(is_changed, true)
        {
            self.changed.push(row);
        }
        self.revision += 1;
        true
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.texts.len() == 0
    }

    pub(crate) const fn revision(&self) -> u64 {
        self.revision
    }

    fn of_row(&self, row: u32) -> &[NumberInField] {
        let (start, count) = self.places.get(row as usize).copied().unwrap_or_default();
        let (start, count) = (start as usize, count as usize);
        self.held.get(start..start + count).unwrap_or_default()
    }

    /// The texts of a row with their fields, in the order of the last `put`.
    pub(crate) fn texts_of(&self, row: u32) -> impl Iterator<Item = (u32, TermField)> {
        let held = self.of_row(row).iter();
        held.map(|entry| (entry.number(), entry.field()))
    }

    /// The number after the last row that has texts.
    pub(crate) const fn end(&self) -> usize {
        self.places.len()
    }

    /// Writes the best level of each row into `levels`. `texts` have a level each, and count in `field` only,
    /// or in all fields.
    pub(crate) fn fill_levels(
        &self,
        texts: &[(u32, u8)],
        field: Option<TermField>,
        levels: &mut Vec<u8>,
    ) {
        levels.clear();
        levels.resize(self.end(), 0);
        let counts = |entry: NumberInField| field.is_none_or(|field| entry.is_in(field));
        let mut raise = |row: u32, level: u8| {
            if let Some(best) = levels.get_mut(row as usize) {
                *best = level.max(*best);
            }
        };
        for (text, level) in texts {
            let place = self.starts.get(*text as usize..*text as usize + 2);
            let Some([start, end]) = place else {
                continue;
            };
            let rows = self.rows.get(*start as usize..*end as usize);
            let rows = rows.unwrap_or_default().iter();
            match field {
                None => rows.for_each(|entry| raise(entry.number(), *level)),
                Some(field) => rows
                    .filter(|entry| entry.is_in(field))
                    .for_each(|entry| raise(entry.number(), *level)),
            }
        }
        // The earlier texts of these rows were counted too.
        for row in &self.changed {
            if let Some(best) = levels.get_mut(*row as usize) {
                *best = 0;
            }
        }
        for row in &self.changed {
            for entry in self.of_row(*row).iter().filter(|entry| counts(**entry)) {
                let text = entry.number();
                if let Ok(place) = texts.binary_search_by_key(&text, |(text, _)| *text)
                    && let Some((_, level)) = texts.get(place)
                    && let Some(best) = levels.get_mut(*row as usize)
                {
                    *best = *level.max(best);
                }
            }
        }
    }

    /// Lists the rows of all texts again if too many rows have changed.
    pub(crate) fn refresh(&mut self) {
        if self.changed.len() <= ALWAYS_FEW.max(self.places.len() / FEW) {
            return;
        }
        if self.left_behind > self.held.len() / 2 {
            self.compact();
        }
        self.starts.clear();
        self.starts.resize(self.texts.len() + 1, 0);
        for row in 0..number(self.places.len()) {
            let (start, count) = self.places.get(row as usize).copied().unwrap_or_default();
            let entries = start as usize..start as usize + count as usize;
            for entry in self.held.get(entries).unwrap_or_default() {
                if let Some(count) = self.starts.get_mut(entry.number() as usize) {
                    *count += 1;
                }
            }
        }
        let mut end = 0;
        for start in &mut self.starts {
            end += *start;
            *start = end;
        }
        self.rows.clear();
        let none = NumberInField::new(0, TermField::Other);
        self.rows.resize(end as usize, none);
        // Each list is filled from its end, so that `starts` finally has the beginnings.
        for row in (0..number(self.places.len())).rev() {
            let (start, count) = self.places.get(row as usize).copied().unwrap_or_default();
            let entries = start as usize..start as usize + count as usize;
            for entry in self.held.get(entries).unwrap_or_default() {
                if let Some(start) = self.starts.get_mut(entry.number() as usize) {
                    *start -= 1;
                    if let Some(place) = self.rows.get_mut(*start as usize) {
                        *place = NumberInField::new(row, entry.field());
                    }
                }
            }
        }
        for row in self.changed.drain(..) {
            if let Some(is_changed) = self.is_changed.get_mut(row as usize) {
                *is_changed = false;
            }
        }
    }

    /// Removes the replaced texts.
    fn compact(&mut self) {
        let mut held = Vec::with_capacity(self.held.len() - self.left_behind);
        for place in &mut self.places {
            let (start, count) = (place.0 as usize, place.1 as usize);
            place.0 = number(held.len());
            held.extend_from_slice(self.held.get(start..start + count).unwrap_or_default());
        }
        self.held = held;
        self.left_behind = 0;
    }
}
