//! The grammar of a search line: words that must all match, each with its shape and its case.

/// Later distinct words are not looked at: the work of one key stays bounded.
const MAX_WORDS: usize = 32;
/// Shorter runs of hex digits are taken for parts of names only.
const MIN_ID_CHARACTERS: usize = 4;

/// A consecutive match inside a name earns about as much from the fuzzy scorer.
const POINTS_PER_BYTE: i32 = 20;
const AT_START_OF_PART: i32 = 16;

/// How a word has to lie in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
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

/// One word of the search line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// What is searched for, without the operators; never empty.
    pub(crate) text: String,
    /// The same in lower case where it may be part of an id or ARN; these have no case.
    pub(crate) arn: Option<String>,
    pub(crate) mask: u64,
    pub(crate) shape: Shape,
    pub(crate) negated: bool,
    pub(crate) case_sensitive: bool,
    pub(crate) is_ascii: bool,
}

/// A whole search line; empty when everything matches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    pub(crate) words: Vec<Word>,
}

impl Query {
    /// Reads any text: what is no operator is a plain word, and an operator with no word yet is
    /// nothing.
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
        let (ends, rest) = match rest.strip_suffix('$') {
            Some(before) if !before.is_empty() => (true, before),
            _ => (false, rest),
        };
        let (starts, after_caret) = strip(rest, '^');
        let (exact, text) = if starts {
            (false, after_caret)
        } else {
            strip(rest, '\'')
        };
        let shape = match (starts, ends) {
            (true, true) => Shape::Whole,
            (true, false) => Shape::Prefix,
            (false, true) => Shape::Suffix,
            (false, false) if exact || negated => Shape::Exact,
            (false, false) => Shape::Fuzzy,
        };
        (!text.is_empty()).then(|| Self::new(text, shape, negated))
    }

    fn new(text: &str, shape: Shape, negated: bool) -> Self {
        Self {
            arn: is_part_of_arn(text).then(|| text.to_ascii_lowercase()),
            mask: character_mask(text),
            case_sensitive: text.bytes().any(|byte| byte.is_ascii_uppercase()),
            is_ascii: text.is_ascii(),
            text: text.to_owned(),
            shape,
            negated,
        }
    }

    /// Whether every name that this word matches was matched by `earlier` too.
    pub(crate) fn narrows(&self, earlier: &Self) -> bool {
        if self.negated || earlier.negated {
            return false;
        }
        let (text, before) = (self.text.as_str(), earlier.text.as_str());
        match earlier.shape {
            Shape::Fuzzy => text.starts_with(before),
            Shape::Exact => self.shape != Shape::Fuzzy && text.starts_with(before),
            Shape::Prefix => {
                matches!(self.shape, Shape::Prefix | Shape::Whole) && text.starts_with(before)
            }
            Shape::Suffix => {
                matches!(self.shape, Shape::Suffix | Shape::Whole) && text.ends_with(before)
            }
            Shape::Whole => self.shape == Shape::Whole && text == before,
        }
    }

    /// Whether every ARN that holds this word holds `earlier` too.
    pub(crate) fn narrows_arns(&self, earlier: &Self) -> bool {
        let (Some(text), Some(before)) = (&self.arn, &earlier.arn) else {
            return false;
        };
        match earlier.shape {
            Shape::Fuzzy | Shape::Exact => text.starts_with(before.as_str()),
            Shape::Prefix => {
                matches!(self.shape, Shape::Prefix | Shape::Whole)
                    && text.starts_with(before.as_str())
            }
            Shape::Suffix | Shape::Whole => text == before && self.shape == earlier.shape,
        }
    }

    /// What an occurrence in an ARN is worth, if it counts: `before` and `after` are the bytes
    /// next to it.
    pub(crate) fn arn_points(&self, before: Option<u8>, after: Option<u8>) -> Option<i32> {
        let bytes = self.text.as_bytes();
        let is_edge = |inside: Option<&u8>, outside: Option<u8>| {
            outside.is_none_or(is_separator) || inside.copied().is_some_and(is_separator)
        };
        let starts_part = is_edge(bytes.first(), before);
        let ends_part = is_edge(bytes.last(), after);
        let counts = match self.shape {
            Shape::Fuzzy | Shape::Exact => true,
            Shape::Prefix => starts_part,
            Shape::Suffix => ends_part,
            Shape::Whole => starts_part && ends_part,
        };
        let bonus = if starts_part { AT_START_OF_PART } else { 0 };
        counts.then(|| self.points_per_byte().saturating_add(bonus))
    }

    /// No occurrence in an ARN is worth more.
    pub(crate) fn most_arn_points(&self) -> i32 {
        self.points_per_byte().saturating_add(AT_START_OF_PART)
    }

    fn points_per_byte(&self) -> i32 {
        let bytes = i32::try_from(self.text.len()).unwrap_or(i32::MAX);
        bytes.saturating_mul(POINTS_PER_BYTE)
    }
}

/// One bit for each letter, digit and usual sign of `text`, whatever its case.
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

fn is_part_of_arn(text: &str) -> bool {
    let is_id_like = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    text.bytes().any(is_separator)
        || (text.len() >= MIN_ID_CHARACTERS && text.bytes().all(is_id_like))
}

fn strip(text: &str, operator: char) -> (bool, &str) {
    text.strip_prefix(operator)
        .map_or((false, text), |rest| (true, rest))
}
