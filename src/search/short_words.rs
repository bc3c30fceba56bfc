//! What words of one letter and of two are worth, put together from a few answers of the scorer.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::{SkimMatcherV2, SkimScoreConfig};
use memchr::{memchr_iter, memchr2_iter};

/// In place of a character: nothing stands before the letter.
const START: usize = 128;

/// `SkimMatcherV2` fills a matrix to find, for each place of the second letter, the best place of
/// the first one, where a gap between them costs by its length. The same is found here by one look
/// along the name, since what a place is worth depends on the character before it alone.
///
/// None where this way does not lead to the score, and where the word does not match.
pub(super) struct ShortWords {
    first: Worth<1>,
    second: Worth<1>,
    side_by_side: Worth<2>,
}

/// What letters that follow each other are worth, as the scorer answered when it was asked first:
/// by the character before them, and by which of them stand there in the other case.
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
    /// The score of a single letter: what its best place is worth.
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
        // What the gap costs as if the first letter stood at the start of the name.
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
                    // Asked for alone, a letter pays for one step of a gap before it.
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
        let stand = name.as_bytes().get(place..place + LETTERS)?;
        let before = before(place, name, *self.letters.first()?)?;
        let pairs = stand.iter().zip(&self.letters);
        let differs = pairs.fold(0, |bits, (stands, letter)| {
            2 * bits + usize::from(stands != letter)
        });
        let known = self.known.get_mut(before << LETTERS | differs)?;
        if known.is_none() {
            *known = ask(matcher, before, stand, &self.letters);
        }
        *known
    }
}

/// What stands before a place, or something of its kind that is not the letter itself: the scorer
/// would take that for the match.
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

/// What the scorer gives for the word in a name of these characters alone.
fn ask(matcher: &SkimMatcherV2, before: usize, stand: &[u8], word: &[u8]) -> Option<i32> {
    let mut text = String::new();
    if before != START {
        text.push(char::from(u8::try_from(before).ok()?));
    }
    text.push_str(str::from_utf8(stand).ok()?);
    let score = matcher.fuzzy_match(&text, str::from_utf8(word).ok()?)?;
    i32::try_from(score).ok()
}
