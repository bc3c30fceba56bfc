//! The scores of words of one or two letters, by one pass over the name instead of a matrix.
//!
//! `fuzzy-matcher` alone would cost 5.2 ms instead of 2.0 ms for such a key at 100 000 versions. At 1 000 000
//! versions it would cost 59 ms instead of 25 ms.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::{SkimMatcherV2, SkimScoreConfig};
use memchr::{memchr_iter, memchr2_iter};

/// Used as the character before the first letter of a name.
const START: usize = 128;

/// The letters of the last words, with the scores known so far.
///
/// `SkimMatcherV2` fills a matrix to find the best pair of places, and a gap costs by its length. The score
/// of a place depends only on the character before it, so one pass finds the same pair.
///
/// A method returns `None` if the word does not match, or if one pass cannot compute the score.
pub(super) struct ShortWords {
    first: Worth<1>,
    second: Worth<1>,
    side_by_side: Worth<2>,
}

/// The scores of adjacent letters, each taken from the matcher at its first use. They depend on the character
/// before the letters, and on which letters are in the other case.
struct Worth<const LETTERS: usize> {
    letters: [u8; LETTERS],
    known: Vec<Option<i32>>,
}

impl Default for ShortWords {
    fn default() -> Self {
        Self {
            first: Worth::new(),
            second: Worth::new(),
            side_by_side: Worth::new(),
        }
    }
}

impl ShortWords {
    /// The score of a single letter at its best place.
    pub(super) fn letter(
        &mut self,
        (name, searched): (&str, &str),
        letter: u8,
        matcher: &SkimMatcherV2,
    ) -> Option<i32> {
        self.first.turn_to([letter]);
        let mut best = None;
        for place in memchr_iter(letter, searched.as_bytes()) {
            best = best.max(Some(self.first.at(place, name, matcher)?));
        }
        best
    }

    /// The score of two letters.
    pub(super) fn pair(
        &mut self,
        (name, searched): (&str, &str),
        letters: [u8; 2],
        matcher: &SkimMatcherV2,
    ) -> Option<i32> {
        if !name.is_ascii() {
            return None;
        }
        let [first, second] = letters;
        self.first.turn_to([first]);
        self.second.turn_to([second]);
        self.side_by_side.turn_to(letters);
        let costs = SkimScoreConfig::default();
        // The cost of the gap if the first letter were at the start of the name.
        let gap_before = |place: i32| costs.gap_start + costs.gap_extension * (place - 1);
        let mut best = None;
        let mut best_first: Option<i32> = None;
        let mut last_first: Option<(usize, i32)> = None;
        for place in memchr2_iter(first, second, searched.as_bytes()) {
            let at = i32::try_from(place).ok()?;
            let is_beside = last_first.is_some_and(|(earlier, _)| earlier + 1 == place);
            if !is_beside {
                best_first = best_first.max(last_first.take().map(|(_, worth)| worth));
            }
            let byte = searched.as_bytes().get(place).copied();
            if byte == Some(second) {
                if is_beside {
                    let worth = self.side_by_side.at(place - 1, name, matcher)?;
                    best = best.max(Some(worth));
                }
                if let Some(earlier) = best_first {
                    // The score of a letter alone includes one step of a gap before it.
                    let worth = self.second.at(place, name, matcher)? - costs.gap_extension;
                    best = best.max(Some(earlier + gap_before(at) + worth));
                }
            }
            if byte == Some(first) {
                best_first = best_first.max(last_first.take().map(|(_, worth)| worth));
                let worth = self.first.at(place, name, matcher)?;
                last_first = Some((place, worth - costs.gap_extension * at));
            }
        }
        best
    }
}

impl<const LETTERS: usize> Worth<LETTERS> {
    const fn new() -> Self {
        Self {
            letters: [0; LETTERS],
            known: Vec::new(),
        }
    }

    fn turn_to(&mut self, letters: [u8; LETTERS]) {
        if self.letters != letters || self.known.is_empty() {
            self.letters = letters;
            self.known.clear();
            self.known.resize((START + 1) << LETTERS, None);
        }
    }

    #[inline]
    fn at(&mut self, place: usize, name: &str, matcher: &SkimMatcherV2) -> Option<i32> {
        let held = name.as_bytes().get(place..place + LETTERS)?;
        let before = before(place, name, *self.letters.first()?)?;
        let pairs = held.iter().zip(&self.letters);
        let differs = pairs.fold(0, |bits, (held, letter)| {
            2 * bits + usize::from(held != letter)
        });
        let known = self.known.get_mut(before << LETTERS | differs)?;
        if known.is_none() {
            *known = score_of(matcher, before, held, &self.letters);
        }
        *known
    }
}

/// The character before a place. The letter itself is replaced by another of its kind, because the
/// scorer would match it.
#[inline]
fn before(place: usize, name: &str, letter: u8) -> Option<usize> {
    let Some(before) = place.checked_sub(1) else {
        return Some(START);
    };
    let before = *name.as_bytes().get(before)?;
    if !before.eq_ignore_ascii_case(&letter) {
        return before.is_ascii().then_some(usize::from(before));
    }
    let [one, other] = match before {
        b'a'..=b'z' => *b"xy",
        b'A'..=b'Z' => *b"XY",
        b'0'..=b'9' => *b"12",
        _ => return None,
    };
    let is_the_letter = one.eq_ignore_ascii_case(&letter);
    Some(usize::from(if is_the_letter { other } else { one }))
}

/// The score of the word in a name of only these characters.
fn score_of(matcher: &SkimMatcherV2, before: usize, held: &[u8], word: &[u8]) -> Option<i32> {
    let mut text = String::new();
    if before != START {
        text.push(char::from(u8::try_from(before).ok()?));
    }
    text.push_str(str::from_utf8(held).ok()?);
    let score = matcher.fuzzy_match(&text, str::from_utf8(word).ok()?)?;
    i32::try_from(score).ok()
}
