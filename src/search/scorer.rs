//! Scores words in names and finds the matched characters, with `fuzzy-matcher`.

use std::cell::OnceCell;
use std::fmt;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;
use memchr::{memchr, memrchr};

use super::names::{Name, Names};
use super::query::{Word, WordShape};
use super::short_words::ShortWords;

/// A word prepared for many names.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub(crate) word: Word,
    /// For words that are not fuzzy.
    finder: Option<Finder<'static>>,
    needs_clean_scorer: bool,
    needs_clean_places: bool,
    /// The matcher must not ignore case by itself, since it knows only ASCII capital letters.
    needs_strict_case: bool,
}

impl Compiled {
    pub(crate) fn new(word: &Word) -> Self {
        Self {
            finder: (word.shape != WordShape::Fuzzy).then(|| Finder::new(&word.text).into_owned()),
            needs_clean_scorer: reads_old_bonuses(&word.text),
            needs_clean_places: reads_old_bonuses_for_places(&word.text),
            needs_strict_case: !word.folding.case
                && !word.text.bytes().any(|byte| byte.is_ascii_uppercase()),
            word: word.clone(),
        }
    }

    /// The start of the first occurrence of a word that is not fuzzy.
    #[inline]
    pub(crate) fn find(&self, text: &[u8]) -> Option<usize> {
        self.finder.as_ref()?.find(text)
    }
}

/// Returns whether the score of `word` can depend on earlier calls.
///
/// `SkimMatcherV2` keeps bonuses of earlier calls in its matrix. It clears the first row in each call;
/// in the second, an old bonus is read only if the first character of the word is also its second or third.
fn reads_old_bonuses(word: &str) -> bool {
    let mut characters = word.chars().map(|character| character.to_ascii_lowercase());
    let first = characters.next();
    word.chars().nth(2).is_some() && characters.take(2).any(|character| Some(character) == first)
}

/// Returns whether the places of `word` can depend on earlier calls.
///
/// For the places each character has a row of its own. There, an old bonus is read only where two adjacent
/// characters of a name match one of the word, and counts only if they match the one before it too.
fn reads_old_bonuses_for_places(word: &str) -> bool {
    let characters = || word.chars().map(|character| character.to_ascii_lowercase());
    characters()
        .zip(characters().skip(1))
        .any(|(one, next)| one == next)
}

#[derive(Default)]
pub(crate) struct Scorer {
    matcher: SkimMatcherV2,
    /// For words with capital letters beyond ASCII; created at the first one.
    strict: OnceCell<SkimMatcherV2>,
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
    /// The score of the word in this name, negated or not; `None` if it does not match.
    #[inline]
    pub(crate) fn score_of(
        &mut self,
        names: &Names,
        name: u32,
        compiled: &Compiled,
    ) -> Option<i32> {
        let may_match = compiled.word.mask & !names.mask(name) == 0;
        may_match.then(|| self.score(names.get(name), compiled))?
    }

    /// The score of the word in a name that has all its characters.
    #[inline]
    fn score(&mut self, name: Name<'_>, compiled: &Compiled) -> Option<i32> {
        let word = &compiled.word;
        let (text, searched) = name.with(word.folding);
        if word.text.len() > searched.len() {
            return None;
        }
        match word.shape {
            WordShape::Fuzzy => self.fuzzy(text, searched, compiled),
            WordShape::Exact => self.exact(text, searched, compiled),
            WordShape::Prefix => searched
                .starts_with(&word.text)
                .then(|| self.stretch(text, 0, compiled))?,
            WordShape::Suffix => searched
                .ends_with(&word.text)
                .then(|| self.stretch(text, searched.len() - word.text.len(), compiled))?,
            WordShape::Whole => (searched == word.text).then(|| self.stretch(text, 0, compiled))?,
        }
    }

    /// Returns whether the word matches this name.
    pub(crate) fn matches(&self, name: Name<'_>, compiled: &Compiled) -> bool {
        let word = &compiled.word;
        if word.mask & !name.mask != 0 {
            return false;
        }
        if word.shape == WordShape::Fuzzy && word.is_ascii {
            // The matcher finds a word wherever its characters are there in their order.
            let (text, searched) = name.with(word.folding);
            return decisive(text, searched, word).is_some();
        }
        self.positions(name, compiled).is_some()
    }

    /// The characters of the name that the word matched.
    pub(crate) fn positions(&self, name: Name<'_>, compiled: &Compiled) -> Option<Vec<usize>> {
        let word = &compiled.word;
        let (text, searched) = name.with(word.folding);
        let start = match word.shape {
            WordShape::Fuzzy => None,
            WordShape::Exact => Some(self.best_place(text, searched, compiled)?.1),
            WordShape::Prefix => Some(searched.starts_with(&word.text).then_some(0)?),
            WordShape::Suffix => Some(searched.strip_suffix(word.text.as_str())?.len()),
            WordShape::Whole => Some((searched == word.text).then_some(0)?),
        };
        let mut matched = match start {
            None => self.fuzzy_positions(text, searched, compiled)?,
            Some(start) => {
                let first = text.get(..start)?.chars().count();
                (first..first + word.text.chars().count()).collect()
            }
        };
        name.origins(word.folding, &mut matched);
        Some(matched)
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
        self.score_all(name.get(start..end)?, compiled)
    }

    fn fuzzy_positions(
        &self,
        name: &str,
        searched: &str,
        compiled: &Compiled,
    ) -> Option<Vec<usize>> {
        let (start, end) = decisive(name, searched, &compiled.word)?;
        if compiled.needs_clean_places {
            self.clean();
        }
        let decisive = name.get(start..end)?;
        let scorer = self.matcher_of(compiled);
        let (_, mut matched) = scorer.fuzzy_indices(decisive, &compiled.word.text)?;
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

    /// The best occurrence; the first of equal ones.
    fn best_place(&self, name: &str, searched: &str, compiled: &Compiled) -> Option<(i32, usize)> {
        let mut best: Option<(i32, usize)> = None;
        let mut from = 0;
        while let Some(found) = compiled.find(searched.as_bytes().get(from..)?) {
            let start = from + found;
            let score = self.stretch(name, start, compiled)?;
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, start));
            }
            from = start + 1;
        }
        best
    }

    /// The score of an exact occurrence at `start`.
    fn stretch(&self, name: &str, start: usize, compiled: &Compiled) -> Option<i32> {
        let from = name.floor_char_boundary(start.saturating_sub(1));
        self.score_all(name.get(from..start + compiled.word.text.len())?, compiled)
    }

    fn score_all(&self, text: &str, compiled: &Compiled) -> Option<i32> {
        if compiled.needs_clean_scorer {
            self.clean();
        }
        points(
            self.matcher_of(compiled)
                .fuzzy_match(text, &compiled.word.text),
        )
    }

    fn matcher_of(&self, compiled: &Compiled) -> &SkimMatcherV2 {
        if compiled.needs_strict_case {
            let strict = || SkimMatcherV2::default().respect_case();
            return self.strict.get_or_init(strict);
        }
        &self.matcher
    }

    /// Shrinks the matrix, so that the next call fills it with new cells.
    ///
    /// This costs 1.2 to 1.5 times the scoring; a new matcher for each name would cost 3.1 to 3.3 times.
    fn clean(&self) {
        self.matcher.fuzzy_match("a", "a");
    }
}

fn points(score: Option<i64>) -> Option<i32> {
    score.map(|score| i32::try_from(score).unwrap_or(i32::MIN + 1))
}

/// The bytes of the name that decide the score of a fuzzy word; `None` if it cannot match.
///
/// They start before the first possible match, because its bonus depends on the character before it. They end
/// with the last possible match of the word's last character.
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
