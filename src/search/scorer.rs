//! The fuzzy scorer: what a word is worth in a name, and which characters it matched.

use std::fmt;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;
use memchr::{memchr, memrchr};

use super::names::Name;
use super::query::{Shape, Word};
use super::short_words::ShortWords;

/// A word made ready for many names.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub(crate) word: Word,
    finder: Finder<'static>,
    needs_clean_scorer: bool,
}

impl Compiled {
    pub(crate) fn new(word: &Word) -> Self {
        Self {
            finder: Finder::new(&word.text).into_owned(),
            needs_clean_scorer: reads_what_was_left(&word.text),
            word: word.clone(),
        }
    }
}

/// `SkimMatcherV2` leaves bonuses of earlier calls in its matrix. Only a word whose first
/// character comes again as its second or third can read one of them: the first row of the matrix
/// is wiped in each call, and in the other row a left bonus survives only where both the first
/// character and one of these two match the same character of the name.
fn reads_what_was_left(word: &str) -> bool {
    let mut characters = word.chars().map(|character| character.to_ascii_lowercase());
    let first = characters.next();
    word.chars().nth(2).is_some() && characters.take(2).any(|character| Some(character) == first)
}

#[derive(Default)]
pub(crate) struct Scorer {
    matcher: SkimMatcherV2,
    short_words: ShortWords,
}

impl Clone for Scorer {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Scorer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Scorer").finish_non_exhaustive()
    }
}

impl Scorer {
    /// What the word is worth in this name, whether it is negated or not; none where it is not in it.
    #[inline]
    pub(crate) fn score(&mut self, name: Name<'_>, compiled: &Compiled) -> Option<i32> {
        let word = &compiled.word;
        if word.mask & !name.mask != 0 || word.text.len() > name.text.len() {
            return None;
        }
        let searched = if word.case_sensitive {
            name.text
        } else {
            name.lower
        };
        match word.shape {
            Shape::Fuzzy => self.fuzzy(name.text, searched, compiled),
            Shape::Exact => self.exact(name.text, searched, compiled),
            Shape::Prefix => searched
                .starts_with(&word.text)
                .then(|| self.stretch(name.text, 0, compiled))?,
            Shape::Suffix => searched
                .ends_with(&word.text)
                .then(|| self.stretch(name.text, searched.len() - word.text.len(), compiled))?,
            Shape::Whole => {
                (searched == word.text).then(|| self.stretch(name.text, 0, compiled))?
            }
        }
    }

    /// Which characters of the name the word matched.
    pub(crate) fn positions(&self, name: Name<'_>, compiled: &Compiled) -> Option<Vec<usize>> {
        let word = &compiled.word;
        let searched = if word.case_sensitive {
            name.text
        } else {
            name.lower
        };
        let start = match word.shape {
            Shape::Fuzzy => return self.fuzzy_positions(name.text, searched, compiled),
            Shape::Exact => self.best_place(name.text, searched, compiled)?.1,
            Shape::Prefix => searched.starts_with(&word.text).then_some(0)?,
            Shape::Suffix => searched.strip_suffix(word.text.as_str())?.len(),
            Shape::Whole => (searched == word.text).then_some(0)?,
        };
        let first = name.text.get(..start)?.chars().count();
        Some((first..first + word.text.chars().count()).collect())
    }

    fn fuzzy(&mut self, name: &str, searched: &str, compiled: &Compiled) -> Option<i32> {
        let (texts, matcher) = ((name, searched), &self.matcher);
        let short = match *compiled.word.text.as_bytes() {
            [letter] => self.short_words.letter(texts, letter, matcher),
            [one, other] => self.short_words.pair(texts, [one, other], matcher),
            _ => None,
        };
        if short.is_some() {
            return short;
        }
        let (start, end) = decisive(name, searched, &compiled.word)?;
        self.whole(name.get(start..end)?, compiled)
    }

    fn fuzzy_positions(
        &self,
        name: &str,
        searched: &str,
        compiled: &Compiled,
    ) -> Option<Vec<usize>> {
        let (start, end) = decisive(name, searched, &compiled.word)?;
        self.clean();
        let decisive = name.get(start..end)?;
        let (_, mut matched) = self.matcher.fuzzy_indices(decisive, &compiled.word.text)?;
        let skipped = name.get(..start)?.chars().count();
        for character in &mut matched {
            *character += skipped;
        }
        Some(matched)
    }

    fn exact(&mut self, name: &str, searched: &str, compiled: &Compiled) -> Option<i32> {
        self.best_place(name, searched, compiled)
            .map(|(score, _)| score)
    }

    /// The best occurrence, the first among equals.
    fn best_place(&self, name: &str, searched: &str, compiled: &Compiled) -> Option<(i32, usize)> {
        let mut best: Option<(i32, usize)> = None;
        let mut from = 0;
        while let Some(found) = compiled.finder.find(searched.as_bytes().get(from..)?) {
            let start = from + found;
            let score = self.stretch(name, start, compiled)?;
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, start));
            }
            from = start + 1;
        }
        best
    }

    /// The score of the word where it stands at `start` letter for letter.
    fn stretch(&self, name: &str, start: usize, compiled: &Compiled) -> Option<i32> {
        let from = name.floor_char_boundary(start.saturating_sub(1));
        self.whole(name.get(from..start + compiled.word.text.len())?, compiled)
    }

    fn whole(&self, text: &str, compiled: &Compiled) -> Option<i32> {
        if compiled.needs_clean_scorer {
            self.clean();
        }
        points(self.matcher.fuzzy_match(text, &compiled.word.text))
    }

    /// Shrinks the matrix, so that the next call fills it with fresh cells.
    fn clean(&self) {
        self.matcher.fuzzy_match("a", "a");
    }
}

fn points(score: Option<i64>) -> Option<i32> {
    score.map(|score| i32::try_from(score).unwrap_or(i32::MIN + 1))
}

/// The bytes of the name that decide what a fuzzy word is worth, if it can match: from the
/// character before its first possible match, which decides the bonus there, to the last possible
/// match of its last character.
#[inline]
fn decisive(name: &str, searched: &str, word: &Word) -> Option<(usize, usize)> {
    if !word.is_ascii {
        return Some((0, name.len()));
    }
    let (text, word) = (searched.as_bytes(), word.text.as_bytes());
    let (head, rest) = word.split_first()?;
    let first = memchr(*head, text)?;
    let mut from = first + 1;
    for byte in rest {
        from += memchr(*byte, text.get(from..)?)? + 1;
    }
    let last = memrchr(*word.last()?, text)?;
    Some((name.floor_char_boundary(first.saturating_sub(1)), last + 1))
}
