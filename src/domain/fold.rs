//! Text comparison for people: canonically equal forms match, and case and accents can be ignored.

use std::borrow::Cow;
use std::ops::Range;

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use unicode_segmentation::UnicodeSegmentation;

/// The differences that a comparison ignores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folding {
    pub case: bool,
    pub accents: bool,
}

impl Folding {
    pub const ALL: Self = Self {
        case: true,
        accents: true,
    };

    /// Ignores case if `query` has no capital letter, and accents if it has none.
    pub fn smart(query: &str) -> Self {
        let plain = Self {
            case: false,
            accents: true,
        };
        Self {
            case: !query.chars().any(char::is_uppercase),
            accents: plain.fold(query) == nfc(query),
        }
    }

    /// Folds `text`; the result is in NFC.
    pub fn fold(self, text: &str) -> String {
        if text.is_ascii() {
            return if self.case {
                text.to_ascii_lowercase()
            } else {
                text.to_owned()
            };
        }
        let text = if self.accents {
            Cow::Owned(without_accents(text))
        } else {
            nfc(text)
        };
        if self.case {
            let lower: String = text.chars().flat_map(lower).collect();
            nfc(&lower).into_owned()
        } else {
            text.into_owned()
        }
    }

    /// Folds `text` and returns, for each character of the result, the index of its character in `text`.
    pub fn fold_with_origins(self, text: &str) -> (String, Vec<usize>) {
        let mut folded = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len());
        let mut start = 0;
        // No canonical composition crosses the boundary of a grapheme.
        for grapheme in text.graphemes(true) {
            let part = self.fold(grapheme);
            let count = grapheme.chars().count();
            origins.extend((0..part.chars().count()).map(|at| start + at.min(count - 1)));
            folded.push_str(&part);
            start += count;
        }
        (folded, origins)
    }
}

/// The canonical composition (NFC) of `text`.
pub fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Returns whether two names are canonically equal.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || nfc(one) == nfc(other)
}

/// The folding of a search in running text: case is always ignored, accents as in [`Folding::smart`].
fn in_text(needle: &str) -> Folding {
    Folding {
        case: true,
        ..Folding::smart(needle)
    }
}

/// The ranges of bytes in `text` that match `needle`, ignoring case.
pub fn find_all(text: &str, needle: &str) -> Vec<Range<usize>> {
    let folding = in_text(needle);
    let needle = folding.fold(needle);
    if needle.is_empty() {
        return Vec::new();
    }
    let (folded, origins) = folding.fold_with_origins(text);
    let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
    let origin = |byte: usize| {
        let at = folded.get(..byte)?.chars().count();
        origins.get(at).copied()
    };
    let found = folded.match_indices(&needle).filter_map(|(start, found)| {
        let last = found.chars().next_back()?.len_utf8();
        let first = origin(start)?;
        let last = origin(start + found.len() - last)?;
        let end = starts.get(last + 1).copied().unwrap_or(text.len());
        Some(*starts.get(first)?..end)
    });
    found.collect()
}

/// Returns whether `text` contains `needle`, ignoring case.
pub fn contains(text: &str, needle: &str) -> bool {
    let folding = in_text(needle);
    folding.fold(text).contains(&folding.fold(needle))
}

/// Returns whether `text` has `word` with no character right before or after it that `is_inside` a word.
pub fn has_word(text: &str, word: &str, is_inside: impl Fn(char) -> bool) -> bool {
    let mut places = text.match_indices(word).filter(|_| !word.is_empty());
    places.any(|(start, found)| {
        let (before, rest) = text.split_at(start);
        let after = rest.get(found.len()..).and_then(|rest| rest.chars().next());
        let edges = [before.chars().next_back(), after];
        !edges.into_iter().flatten().any(&is_inside)
    })
}

fn without_accents(text: &str) -> String {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let base = decomposed
        .chars()
        .filter(|character| classes.get_u8(*character) == 0);
    let plain: String = base.map(unstroked).collect();
    nfc(&plain).into_owned()
}

/// The letter under a stroke, which has no canonical decomposition.
const fn unstroked(character: char) -> char {
    match character {
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' => 'd',
        'Đ' => 'D',
        'ħ' => 'h',
        'Ħ' => 'H',
        'ŧ' => 't',
        'Ŧ' => 'T',
        'ı' => 'i',
        other => other,
    }
}

/// The small letter. A dotted capital I becomes i and a final sigma becomes sigma, so lengths stay equal.
fn lower(character: char) -> impl Iterator<Item = char> {
    let single = match character {
        'İ' => Some('i'),
        'ς' => Some('σ'),
        _ => None,
    };
    let lower = single.is_none().then(|| character.to_lowercase());
    single.into_iter().chain(lower.into_iter().flatten())
}
