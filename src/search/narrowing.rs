//! The names that match the words of a query, narrowed word by word while the user types.

use super::names::Names;
use super::query::Word;
use super::scorer::{Compiled, Scorer};
use super::texts::number;

/// A name that matches a word and all earlier ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    pub(crate) name: u32,
    /// The score of the earlier words.
    before: i32,
    own: i32,
}

impl Match {
    pub(crate) fn score(self) -> i32 {
        self.before.saturating_add(self.own)
    }
}

/// The matches of one word among the matches of the words before it.
#[derive(Debug, Clone)]
struct Level {
    word: Compiled,
    /// Matches of the shorter word before, to be checked again.
    earlier: Vec<Match>,
    earlier_seen: usize,
    /// The number of checked matches of the level below, or of names.
    seen: usize,
    matches: Vec<Match>,
}

/// One level for each word that only names can match.
#[derive(Debug, Clone, Default)]
pub(crate) struct Narrowing {
    levels: Vec<Level>,
    /// Memory of removed levels, for reuse.
    spare: Vec<Vec<Match>>,
}

impl Narrowing {
    /// Replaces the words and keeps the results of unchanged ones.
    pub(crate) fn set_words<'a>(&mut self, words: impl Iterator<Item = &'a Word>) {
        let mut kept = 0;
        let mut all_kept = true;
        for word in words {
            let current = self.levels.get_mut(kept).filter(|_| all_kept);
            match current {
                Some(level) if level.word.word == *word => {}
                Some(level) if word.narrows(&level.word.word) => {
                    level.narrow(Compiled::new(word));
                    all_kept = false;
                }
                _ => {
                    self.truncate(kept);
                    all_kept = false;
                    let level = self.level(word);
                    self.levels.push(level);
                }
            }
            kept += 1;
            if !all_kept {
                self.truncate(kept);
            }
        }
        self.truncate(kept);
    }

    fn level(&mut self, word: &Word) -> Level {
        Level {
            word: Compiled::new(word),
            earlier: self.spare.pop().unwrap_or_default(),
            earlier_seen: 0,
            seen: 0,
            matches: self.spare.pop().unwrap_or_default(),
        }
    }

    fn truncate(&mut self, count: usize) {
        for level in self.levels.drain(count.min(self.levels.len())..) {
            for mut memory in [level.earlier, level.matches] {
                memory.clear();
                self.spare.push(memory);
            }
        }
    }

    /// Checks up to `budget` names and subtracts their number from it; 0 left means unfinished.
    pub(crate) fn advance(&mut self, names: &Names, scorer: &mut Scorer, budget: &mut usize) {
        let mut rest = self.levels.as_mut_slice();
        let mut below: Option<&Level> = None;
        while let Some((level, above)) = rest.split_first_mut() {
            level.check_again(names, scorer, budget);
            match below {
                None => level.check_names(names, scorer, budget),
                Some(below) => level.check_matches(&below.matches, names, scorer, budget),
            }
            if *budget == 0 {
                return;
            }
            below = Some(level);
            rest = above;
        }
    }

    /// The names that match all words; `None` without words.
    pub(crate) fn matches(&self) -> Option<&[Match]> {
        self.levels.last().map(|level| level.matches.as_slice())
    }
}

impl Level {
    fn narrow(&mut self, word: Compiled) {
        self.word = word;
        let unseen = self.earlier.get(self.earlier_seen..).unwrap_or_default();
        self.matches.extend_from_slice(unseen);
        self.earlier.clear();
        std::mem::swap(&mut self.earlier, &mut self.matches);
        self.earlier_seen = 0;
    }

    fn check_again(&mut self, names: &Names, scorer: &mut Scorer, budget: &mut usize) {
        let mut earlier = std::mem::take(&mut self.earlier);
        let unseen = earlier.get(self.earlier_seen..).unwrap_or_default();
        let count = unseen.len().min(*budget);
        for candidate in unseen.iter().take(count) {
            self.check(candidate.name, candidate.before, names, scorer);
        }
        self.earlier_seen += count;
        *budget -= count;
        if self.earlier_seen == earlier.len() {
            earlier.clear();
            self.earlier_seen = 0;
        }
        self.earlier = earlier;
    }

    fn check_names(&mut self, names: &Names, scorer: &mut Scorer, budget: &mut usize) {
        let end = names.len().min(self.seen.saturating_add(*budget));
        for name in number(self.seen)..number(end) {
            self.check(name, 0, names, scorer);
        }
        *budget -= end - self.seen;
        self.seen = end;
    }

    fn check_matches(
        &mut self,
        below: &[Match],
        names: &Names,
        scorer: &mut Scorer,
        budget: &mut usize,
    ) {
        let unseen = below.get(self.seen..).unwrap_or_default();
        let count = unseen.len().min(*budget);
        for candidate in unseen.iter().take(count) {
            self.check(candidate.name, candidate.score(), names, scorer);
        }
        self.seen += count;
        *budget -= count;
    }

    #[inline]
    fn check(&mut self, name: u32, before: i32, names: &Names, scorer: &mut Scorer) {
        let own = match scorer.score_of(names, name, &self.word) {
            None if self.word.word.negated => 0,
            Some(own) if !self.word.word.negated => own,
            Some(_) | None => return,
        };
        self.matches.push(Match { name, before, own });
    }
}
