//! The grammar of a search line: words that must all match, each with its shape and its folding.

use std::ops::Range;

use crate::domain::content::{TermField, endpoint_name};
use crate::domain::fold::Folding;

/// The maximum number of distinct words, so that the work of one key is bounded.
const MAX_WORDS: usize = 32;
/// Shorter words match names only.
const MIN_ID_BYTES: usize = 2;
/// Shorter words match the beginning of ids only.
const MIN_ID_PART_BYTES: usize = 8;

/// About the score of a consecutive match in a name.
const POINTS_PER_BYTE: i32 = 20;
const AT_START_OF_PART: i32 = 16;
/// Shorter matches of ids are often accidental, so that names with the same letters rank higher.
const MIN_CERTAIN_BYTES: usize = 4;
const UNCERTAIN_POINTS_PER_BYTE: i32 = 12;

/// The required place of a word in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordShape {
    Fuzzy,
    /// `'word`
    Exact,
    /// `^word`
    Prefix,
    /// `word$`
    Suffix,
    /// `^word$`
    Whole,
}

/// The part of an ARN that a word can match. The part common to all ARNs of an account never matches alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The beginning of an id; the end for `word$`.
    IdStart,
    /// Any part of an id.
    IdPart,
    /// Any part of the ARN that overlaps an id.
    Arn,
}

/// One word of the search line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word without operators, folded; never empty.
    pub(crate) text: String,
    /// The word in lower case if it may be part of an id or ARN, which have no case.
    pub(crate) arn: Option<String>,
    reach: Reach,
    pub(crate) mask: u64,
    pub(crate) shape: WordShape,
    pub(crate) negated: bool,
    /// The folding of the word in names.
    pub(crate) folding: Folding,
    pub(crate) is_ascii: bool,
    /// The only field that the word searches: `fn:cam`.
    pub(crate) field: Option<TermField>,
}

/// A search line; empty if everything matches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    pub(crate) words: Vec<Word>,
}

impl Query {
    /// Parses any text; an operator without a word is ignored.
    pub(crate) fn parse(text: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for word in text.split_whitespace().filter_map(Word::parse) {
            if words.len() == MAX_WORDS {
                break;
            }
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Self { words }
    }
}

impl Word {
    fn parse(written: &str) -> Option<Self> {
        let (negated, rest) = strip(written, '!');
        let (field, rest) = strip_field(rest);
        let (ends, rest) = rest
            .strip_suffix('$')
            .map_or((false, rest), |before| (true, before));
        let (starts, after_caret) = strip(rest, '^');
        let (exact, text) = if starts {
            (false, after_caret)
        } else {
            strip(rest, '\'')
        };
        let shape = match (starts, ends) {
            (true, true) => WordShape::Whole,
            (true, false) => WordShape::Prefix,
            (false, true) => WordShape::Suffix,
            (false, false) if exact || negated => WordShape::Exact,
            (false, false) => WordShape::Fuzzy,
        };
        (!text.is_empty()).then(|| Self {
            field,
            ..Self::new(text, shape, negated)
        })
    }

    fn new(text: &str, shape: WordShape, negated: bool) -> Self {
        let reach = reach(text);
        let folding = Folding::smart(text);
        let folded = folding.fold(text);
        Self {
            arn: reach.map(|_| text.to_ascii_lowercase()),
            reach: reach.unwrap_or(Reach::Arn),
            mask: character_mask(&folded),
            folding,
            is_ascii: folded.is_ascii(),
            text: folded,
            shape,
            negated,
            field: None,
        }
    }

    /// Returns whether the word searches names.
    pub(crate) const fn is_for_names(&self) -> bool {
        self.field.is_none()
    }

    /// Returns whether the word searches ids and ARNs.
    pub(crate) const fn is_for_arns(&self) -> bool {
        self.arn.is_some() && matches!(self.field, None | Some(TermField::Id))
    }

    /// The word for the search in items: not fuzzy. An ARN becomes the name that items show for it.
    pub(crate) fn in_items(&self) -> Self {
        let shape = match self.shape {
            WordShape::Fuzzy => WordShape::Exact,
            WordShape::Exact | WordShape::Prefix | WordShape::Suffix | WordShape::Whole => {
                self.shape
            }
        };
        let shown = endpoint_name(Some(&self.text), "");
        Self {
            text: if shown.is_empty() {
                self.text.clone()
            } else {
                shown
            },
            shape,
            ..self.clone()
        }
    }

    /// Returns whether every name that this word matches was matched by `earlier` too.
    pub(crate) fn narrows(&self, earlier: &Self) -> bool {
        if self.negated || earlier.negated {
            return false;
        }
        let (text, before) = (self.text.as_str(), earlier.text.as_str());
        match earlier.shape {
            WordShape::Fuzzy => text.starts_with(before),
            WordShape::Exact => self.shape != WordShape::Fuzzy && text.starts_with(before),
            WordShape::Prefix => {
                matches!(self.shape, WordShape::Prefix | WordShape::Whole)
                    && text.starts_with(before)
            }
            WordShape::Suffix => {
                matches!(self.shape, WordShape::Suffix | WordShape::Whole) && text.ends_with(before)
            }
            WordShape::Whole => self.shape == WordShape::Whole && text == before,
        }
    }

    /// Returns whether every ARN that this word matches was matched by `earlier` too.
    ///
    /// A longer word can reach an id that the shorter one ended before, unless both are parts of ids.
    pub(crate) fn narrows_arns(&self, earlier: &Self) -> bool {
        // `word$` matches the end of an id, other short words its start.
        let turns_to_end = self.reach == Reach::IdStart
            && self.shape == WordShape::Suffix
            && earlier.shape != WordShape::Suffix;
        if self.reach != earlier.reach || self.reach == Reach::Arn || turns_to_end {
            return false;
        }
        let (Some(text), Some(before)) = (&self.arn, &earlier.arn) else {
            return false;
        };
        match earlier.shape {
            WordShape::Fuzzy | WordShape::Exact => text.starts_with(before.as_str()),
            WordShape::Prefix => {
                matches!(self.shape, WordShape::Prefix | WordShape::Whole)
                    && text.starts_with(before.as_str())
            }
            WordShape::Suffix | WordShape::Whole => text == before && self.shape == earlier.shape,
        }
    }

    /// Returns whether only an occurrence at the start of an id counts.
    pub(crate) fn is_at_id_start(&self) -> bool {
        self.reach == Reach::IdStart && self.shape != WordShape::Suffix
    }

    /// Returns whether an occurrence at `place` counts, given the place of an id; both in bytes.
    pub(crate) fn is_in_id(&self, place: &Range<usize>, id: &Range<usize>) -> bool {
        let is_within = id.start <= place.start && place.end <= id.end;
        match self.reach {
            Reach::IdStart if self.shape == WordShape::Suffix => is_within && place.end == id.end,
            Reach::IdStart => is_within && place.start == id.start,
            Reach::IdPart => is_within,
            Reach::Arn => place.start < id.end && id.start < place.end,
        }
    }

    /// The points of an occurrence in an ARN; `None` if it does not have the word's shape. `before`
    /// and `after` are the adjacent bytes.
    pub(crate) fn arn_points(&self, before: Option<u8>, after: Option<u8>) -> Option<i32> {
        let bytes = self.text.as_bytes();
        let is_edge = |inside: Option<&u8>, outside: Option<u8>| {
            outside.is_none_or(is_separator) || inside.copied().is_some_and(is_separator)
        };
        let starts_part = is_edge(bytes.first(), before);
        let ends_part = is_edge(bytes.last(), after);
        let counts = match self.shape {
            WordShape::Fuzzy | WordShape::Exact => true,
            WordShape::Prefix => starts_part,
            WordShape::Suffix => ends_part,
            WordShape::Whole => starts_part && ends_part,
        };
        counts.then(|| self.points(starts_part))
    }

    /// The maximum points of an occurrence in an ARN.
    pub(crate) fn max_arn_points(&self) -> i32 {
        self.points(true)
    }

    fn points(&self, starts_part: bool) -> i32 {
        let count = i32::try_from(self.text.len()).unwrap_or(i32::MAX);
        if self.text.len() < MIN_CERTAIN_BYTES {
            return count.saturating_mul(UNCERTAIN_POINTS_PER_BYTE);
        }
        let bonus = if starts_part { AT_START_OF_PART } else { 0 };
        count.saturating_mul(POINTS_PER_BYTE).saturating_add(bonus)
    }
}

/// The bit of all characters that are not ASCII.
pub(crate) const NOT_ASCII: u64 = 1 << 42;

/// One bit for each letter, digit and usual sign of `text`, ignoring case.
pub(crate) fn character_mask(text: &str) -> u64 {
    text.bytes().fold(0, |mask, byte| {
        let bit = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => letter - b'a',
            digit @ b'0'..=b'9' => 26 + digit - b'0',
            b'-' => 36,
            b'_' => 37,
            b'.' => 38,
            b':' => 39,
            b'/' => 40,
            0..0x80 => 41,
            0x80.. => 42,
        };
        mask | 1 << bit
    })
}

pub(crate) fn is_separator(byte: u8) -> bool {
    matches!(byte, b'/' | b':')
}

/// Which part of ARNs `text` can match; `None` for none.
fn reach(text: &str) -> Option<Reach> {
    let is_id_like = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    if text.bytes().any(is_separator) {
        Some(Reach::Arn)
    } else if text.len() < MIN_ID_BYTES || !text.bytes().all(is_id_like) {
        None
    } else if text.len() < MIN_ID_PART_BYTES {
        Some(Reach::IdStart)
    } else {
        Some(Reach::IdPart)
    }
}

fn strip_field(text: &str) -> (Option<TermField>, &str) {
    let stripped = TermField::WORDS.into_iter().find_map(|(word, field)| {
        let rest = text.strip_prefix(word)?;
        Some((Some(field), rest))
    });
    stripped.unwrap_or((None, text))
}

fn strip(text: &str, operator: char) -> (bool, &str) {
    text.strip_prefix(operator)
        .map_or((false, text), |rest| (true, rest))
}
