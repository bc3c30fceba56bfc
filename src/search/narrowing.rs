//! The names that match the words of a query, word by word, narrowed while a word is typed on.

use super::names::Names;
use super::query::Word;
use super::scorer::{Compiled, Scorer};
use super::texts::number;

/// A name that matches a word and all words before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    pub(crate) name: u32,
    /// What the words before this one are worth in it.
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
    /// Matches of the shorter word that this one grew from, still to be looked at again.
    earlier: Vec<Match>,
    earlier_seen: usize,
    /// How many matches of the level below, or names, have been looked at.
    seen: usize,
    matches: Vec<Match>,
}

/// One level for each word that only a name can match.
#[derive(Debug, Clone, Default)]
pub(crate) struct Narrowing {
    levels: Vec<Level>,
    /// Memory of levels that are gone, for those to come.
    spare: Vec<Vec<Match>>,
}

impl Narrowing {
    /// Turns to other words; what is known of those that stay is kept.
    pub(crate) fn set_words<'a>(&mut self, words: impl Iterator<Item = &'a Word>) {
        let mut kept = 0;
        let mut all_kept = true;
        for word in words {
            let standing = self.levels.get_mut(kept).filter(|_| all_kept);
            match standing {
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

    /// Looks at up to `budget` names, and takes from it what that was; none left means not done.
    pub(crate) fn advance(&mut self, names: &Names, scorer: &mut Scorer, budget: &mut usize) {
        let mut rest = self.levels.as_mut_slice();
        let mut below: Option<&Level> = None;
        while let Some((level, above)) = rest.split_first_mut() {
            level.look_again(names, scorer, budget);
            match below {
                None => level.look_at_names(names, scorer, budget),
                Some(below) => level.look_at_matches(&below.matches, names, scorer, budget),
            }
            if *budget == 0 {
                return;
            }
            below = Some(level);
            rest = above;
        }
    }

    /// The names that match all words; none when no word has to be in the name.
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

    fn look_again(&mut self, names: &Names, scorer: &mut Scorer, budget: &mut usize) {
        let mut earlier = std::mem::take(&mut self.earlier);
        let unseen = earlier.get(self.earlier_seen..).unwrap_or_default();
        let count = unseen.len().min(*budget);
        for candidate in unseen.iter().take(count) {
            self.look_at(candidate.name, candidate.before, names, scorer);
        }
        self.earlier_seen += count;
        *budget -= count;
        if self.earlier_seen == earlier.len() {
            earlier.clear();
            self.earlier_seen = 0;
        }
        self.earlier = earlier;
    }

    fn look_at_names(&mut self, names: &Names, scorer: &mut Scorer, budget: &mut usize) {
        let end = names.len().min(self.seen.saturating_add(*budget));
        for name in number(self.seen)..number(end) {
            self.look_at(name, 0, names, scorer);
        }
        *budget -= end - self.seen;
        self.seen = end;
    }

    fn look_at_matches(
        &mut self,
        below: &[Match],
        names: &Names,
        scorer: &mut Scorer,
        budget: &mut usize,
    ) {
        let unseen = below.get(self.seen..).unwrap_or_default();
        let count = unseen.len().min(*budget);
        for candidate in unseen.iter().take(count) {
            self.look_at(candidate.name, candidate.score(), names, scorer);
        }
        self.seen += count;
        *budget -= count;
    }

    #[inline]
    fn look_at(&mut self, name: u32, before: i32, names: &Names, scorer: &mut Scorer) {
        let negated = self.word.word.negated;
        if !negated && self.word.word.mask & !names.mask(name) != 0 {
            return;
        }
        let found = scorer.score(names.get(name), &self.word);
        let own = match found {
            Some(_) if negated => return,
            None if negated => 0,
            Some(own) => own,
            None => return,
        };
        self.matches.push(Match { name, before, own });
    }
}
