//! Where a word that may be part of an id or ARN stands in the ARNs of the rows.

use memchr::memmem::Finder;

use super::index::Index;
use super::query::Word;
use super::texts::number;

/// What a word found in the part of an ARN that a definition's versions share.
#[derive(Debug, Clone, Copy, Default)]
struct HeadHit {
    points: Option<i32>,
    /// The head ends with the word up to its last slash: the rest is for the tail to match.
    begins: bool,
}

/// The ARNs that hold one word.
#[derive(Debug, Clone)]
pub(crate) struct ArnHits {
    pub(crate) word: Word,
    finder: Finder<'static>,
    /// Length of the word up to and with its last slash.
    head_part: usize,
    heads: Vec<HeadHit>,
    seen_rows: usize,
    /// Rows whose tail takes part in the match, ascending, with their points.
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

    /// The hits of a longer word, looked for where the shorter one was found.
    pub(crate) fn narrowed(self, word: &Word, index: &Index) -> Self {
        let mut narrowed = Self::new(word);
        let rows_were_searched = self.searches_rows();
        narrowed.heads = self.heads;
        for (head, hit) in narrowed.heads.iter_mut().enumerate() {
            if hit.points.is_some() || hit.begins {
                let text = index.heads.get(number(head)).as_bytes();
                *hit = head_hit(&narrowed.word, &narrowed.finder, narrowed.head_part, text);
            }
        }
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

    /// Looks at up to `budget` heads and rows, and takes from it what that was.
    pub(crate) fn advance(&mut self, index: &Index, budget: &mut usize) {
        let end = index
            .heads
            .len()
            .min(self.heads.len().saturating_add(*budget));
        *budget -= end - self.heads.len();
        for head in number(self.heads.len())..number(end) {
            let text = index.heads.get(head).as_bytes();
            let hit = head_hit(&self.word, &self.finder, self.head_part, text);
            self.heads.push(hit);
        }
        let end = index.len().min(self.seen_rows.saturating_add(*budget));
        *budget -= end.saturating_sub(self.seen_rows);
        if self.head_part == 0 {
            self.search_tails(index, end);
        } else if self.searches_rows() {
            for row in number(self.seen_rows)..number(end) {
                let points = self.tail_points(index, row);
                self.rows.extend(points.map(|points| (row, points)));
            }
        }
        self.seen_rows = end;
    }

    /// A word that ends in a slash lies in heads only.
    fn searches_rows(&self) -> bool {
        self.head_part < self.finder.needle().len()
    }

    /// Searches the tails not seen yet in one go, since hits are rare and texts are short.
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

    /// What the word is worth where the row's own part of the ARN takes part: within it, or for a
    /// word with a slash where it runs on from the head.
    fn tail_points(&self, index: &Index, row: u32) -> Option<i32> {
        if self.head_part == 0 {
            let tail = index.tails.get(row).as_bytes();
            return best_points(&self.word, &self.finder, tail);
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

    /// The points of all rows under this head.
    pub(crate) fn head_points(&self, head: u32) -> Option<i32> {
        self.heads.get(head as usize).and_then(|hit| hit.points)
    }

    pub(crate) fn rows(&self) -> &[(u32, i32)] {
        &self.rows
    }
}

fn head_hit(word: &Word, finder: &Finder<'_>, head_part: usize, head: &[u8]) -> HeadHit {
    let text = word.arn.as_deref().unwrap_or_default().as_bytes();
    let in_head = text.get(..head_part).unwrap_or_default();
    HeadHit {
        points: best_points(word, finder, head),
        begins: head_part > 0 && head_part < text.len() && head.ends_with(in_head),
    }
}

/// The best of all occurrences, overlapping ones too.
pub(crate) fn best_points(word: &Word, finder: &Finder<'_>, text: &[u8]) -> Option<i32> {
    let length = finder.needle().len();
    let mut best = None;
    let mut from = 0;
    while let Some(found) = finder.find(text.get(from..)?) {
        let start = from + found;
        let before = start.checked_sub(1).and_then(|at| text.get(at).copied());
        let after = text.get(start + length).copied();
        best = best.max(word.arn_points(before, after));
        if best == Some(word.most_arn_points()) {
            break;
        }
        from = start + 1;
    }
    best
}
