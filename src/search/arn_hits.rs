//! The occurrences of one word in the ARNs of the rows.

use std::ops::Range;

use memchr::memmem::Finder;

use super::index::Index;
use super::query::Word;
use super::texts::number;

/// The result of a word in the common head of the ARNs of a definition.
#[derive(Debug, Clone, Copy, Default)]
struct HeadHit {
    points: Option<i32>,
    /// The head ends with the word up to its last slash, so the tail must match the rest.
    begins: bool,
}

/// The ARNs that one word matches.
#[derive(Debug, Clone)]
pub(crate) struct ArnHits {
    pub(crate) word: Word,
    finder: Finder<'static>,
    /// The length of the word up to and including its last slash.
    head_part: usize,
    heads: Vec<HeadHit>,
    seen_rows: usize,
    /// Rows with a match in their tail, ascending, with their points.
    rows: Vec<(u32, i32)>,
}

impl ArnHits {
    pub(crate) fn new(word: &Word) -> Self {
        let text = word.arn.as_deref().unwrap_or_default();
        Self {
            finder: Finder::new(text).into_owned(),
            head_part: text.rfind('/').map_or(0, |slash| slash + 1),
            word: word.clone(),
            heads: Vec::new(),
            seen_rows: 0,
            rows: Vec::new(),
        }
    }

    /// The hits of a longer word among those of this one.
    pub(crate) fn narrowed(self, word: &Word, index: &Index) -> Self {
        let mut narrowed = Self::new(word);
        let rows_were_searched = self.searches_rows();
        let mut heads = self.heads;
        for (head, hit) in heads.iter_mut().enumerate() {
            if hit.points.is_some() || hit.begins {
                let text = index.heads.get(number(head)).as_bytes();
                let id = index.head_id(number(head));
                *hit = narrowed.head_hit(text, &id);
            }
        }
        narrowed.heads = heads;
        if self.head_part == narrowed.head_part && rows_were_searched {
            narrowed.seen_rows = self.seen_rows;
            let mut rows = self.rows;
            rows.retain_mut(|(row, points)| {
                let found = narrowed.tail_points(index, *row);
                *points = found.unwrap_or_default();
                found.is_some()
            });
            narrowed.rows = rows;
        }
        narrowed
    }

    /// Searches up to `budget` heads and rows, and subtracts their number from it.
    pub(crate) fn advance(&mut self, index: &Index, budget: &mut usize) {
        let end = index
            .heads
            .len()
            .min(self.heads.len().saturating_add(*budget));
        *budget -= end - self.heads.len();
        for head in number(self.heads.len())..number(end) {
            let text = index.heads.get(head).as_bytes();
            let hit = self.head_hit(text, &index.head_id(head));
            self.heads.push(hit);
        }
        let end = index.len().min(self.seen_rows.saturating_add(*budget));
        *budget -= end.saturating_sub(self.seen_rows);
        if self.word.is_at_id_start() {
            self.compare_tails(index, end);
        } else if self.head_part == 0 {
            self.search_tails(index, end);
        } else if self.searches_rows() {
            for row in number(self.seen_rows)..number(end) {
                let points = self.tail_points(index, row);
                self.rows.extend(points.map(|points| (row, points)));
            }
        }
        self.seen_rows = end;
    }

    /// Returns whether rows can match: a word that ends in a slash is in heads only.
    fn searches_rows(&self) -> bool {
        self.head_part < self.finder.needle().len()
    }

    /// Compares the start of each remaining tail, since a short word is somewhere in many of them.
    fn compare_tails(&mut self, index: &Index, end: usize) {
        for row in number(self.seen_rows)..number(end) {
            let start = index.tails.place(row).start;
            let rest = index.tails.all().get(start..).unwrap_or_default();
            if rest.starts_with(self.finder.needle()) {
                let points = self.tail_points(index, row);
                self.rows.extend(points.map(|points| (row, points)));
            }
        }
    }

    /// Searches the remaining tails as one text, since hits are rare and tails are short.
    fn search_tails(&mut self, index: &Index, end: usize) {
        let stop = index.tails.place(number(end)).start;
        let mut row = number(self.seen_rows);
        let mut place = index.tails.place(row);
        let mut from = place.start;
        while let Some(found) = index
            .tails
            .all()
            .get(from..stop)
            .and_then(|unseen| self.finder.find(unseen))
        {
            let start = from + found;
            while place.end <= start {
                row += 1;
                place = index.tails.place(row);
            }
            let points = self.tail_points(index, row);
            self.rows.extend(points.map(|points| (row, points)));
            from = place.end;
        }
    }

    /// The points of a match in a row's tail. A word with a slash may match across head and tail.
    fn tail_points(&self, index: &Index, row: u32) -> Option<i32> {
        if self.head_part == 0 {
            let tail = index.tails.get(row).as_bytes();
            return self.best_points(tail, &(0..tail.len()));
        }
        let head = index.family(index.family_of(row)).head;
        if !self.heads.get(head as usize)?.begins {
            return None;
        }
        let in_tail = self.finder.needle().get(self.head_part..)?;
        let rest = index.tails.get(row).as_bytes().strip_prefix(in_tail)?;
        let head = index.heads.get(head).as_bytes();
        let before = head.len().checked_sub(self.head_part + 1);
        let before = before.and_then(|at| head.get(at).copied());
        self.word.arn_points(before, rest.first().copied())
    }

    /// The points of a row with this head.
    pub(crate) fn points(&self, row: u32, head: u32) -> Option<i32> {
        let place = self.rows.binary_search_by_key(&row, |(row, _)| *row).ok();
        let in_tail = place.and_then(|place| self.rows.get(place));
        (self.head_points(head)).max(in_tail.map(|(_, points)| *points))
    }

    /// The points of all rows with this head.
    pub(crate) fn head_points(&self, head: u32) -> Option<i32> {
        self.heads.get(head as usize).and_then(|hit| hit.points)
    }

    pub(crate) fn rows(&self) -> &[(u32, i32)] {
        &self.rows
    }

    fn head_hit(&self, head: &[u8], id: &Range<usize>) -> HeadHit {
        let (head_part, text) = (self.head_part, self.finder.needle());
        let in_head = text.get(..head_part).unwrap_or_default();
        HeadHit {
            points: self.best_points(head, id),
            begins: head_part > 0 && head_part < text.len() && head.ends_with(in_head),
        }
    }

    /// The points of the best occurrence, also of overlapping ones, that counts for the id at `id`.
    fn best_points(&self, text: &[u8], id: &Range<usize>) -> Option<i32> {
        let length = self.finder.needle().len();
        let mut best = None;
        let mut from = 0;
        if self.word.is_at_id_start() {
            let id = text.get(id.clone()).unwrap_or_default();
            if !id.starts_with(self.finder.needle()) {
                return None;
            }
        }
        while let Some(found) = self.finder.find(text.get(from..)?) {
            let start = from + found;
            let before = start.checked_sub(1).and_then(|at| text.get(at).copied());
            let after = text.get(start + length).copied();
            if self.word.is_in_id(&(start..start + length), id) {
                best = best.max(self.word.arn_points(before, after));
            }
            if best == Some(self.word.max_arn_points()) {
                break;
            }
            from = start + 1;
        }
        best
    }
}
