//! Where a word that may be part of an id or ARN stands in the ARNs of the rows.

use memchr::memmem::Finder;

use super::index::Index;
use super::postings::Postings;
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
        narrowed.heads = self.heads;
        for (head, hit) in narrowed.heads.iter_mut().enumerate() {
            if hit.points.is_some() || hit.begins {
                let text = index.heads.get(number(head)).as_bytes();
                *hit = head_hit(&narrowed.word, &narrowed.finder, narrowed.head_part, text);
            }
        }
        if self.head_part == 0 {
            narrowed.seen_rows = self.seen_rows;
        }
        if self.head_part == 0 && narrowed.head_part == 0 {
            narrowed.rows = self.rows;
            let (word, finder) = (&narrowed.word, &narrowed.finder);
            narrowed.rows.retain_mut(|(row, points)| {
                let found = best_points(word, finder, index.tails.get(*row).as_bytes());
                *points = found.unwrap_or_default();
                found.is_some()
            });
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
        }
        self.seen_rows = end;
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
            let tail = index.tails.get(row).as_bytes();
            if let Some(points) = best_points(&self.word, &self.finder, tail) {
                self.rows.push((row, points));
            }
            from = place.end;
        }
    }

    /// For a word with a slash: the rows in which it runs from the head into the tail.
    pub(crate) fn join_heads_and_tails(
        &mut self,
        index: &Index,
        postings: &Postings,
        by_rank: &[u32],
    ) {
        let text = self.word.arn.as_deref().unwrap_or_default();
        let (in_head, in_tail) = text.split_at(self.head_part);
        if in_head.is_empty() || in_tail.is_empty() {
            return;
        }
        self.rows.clear();
        for (family, parts) in index.families().iter().enumerate() {
            let hit = self.heads.get(parts.head as usize);
            if !hit.is_some_and(|hit| hit.begins) {
                continue;
            }
            let head = index.heads.get(parts.head).as_bytes();
            let before = (head.len() - in_head.len())
                .checked_sub(1)
                .and_then(|at| head.get(at).copied());
            for rank in postings.ranks(postings.of_family(number(family))) {
                let row = by_rank.get(*rank as usize).copied().unwrap_or_default();
                let tail = index.tails.get(row);
                let after = tail.strip_prefix(in_tail).map(|rest| rest.bytes().next());
                let points = after.and_then(|after| self.word.arn_points(before, after));
                self.rows.extend(points.map(|points| (row, points)));
            }
        }
        self.rows.sort_unstable();
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
