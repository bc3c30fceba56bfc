//! The naive reference: a new matcher for every name and word, every row scored, everything sorted.

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use greengroup::domain::content::{TermField, endpoint_name};
use greengroup::domain::fold::Folding;

use super::Row;

#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Fuzzy,
    Exact,
}

#[derive(PartialEq)]
struct Word<'a> {
    text: &'a str,
    manner: Manner,
    negated: bool,
    starts: bool,
    ends: bool,
    field: Option<TermField>,
}

fn words(query: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for written in query.split_whitespace() {
        let negated = written.starts_with('!');
        let mut text = &written[usize::from(negated)..];
        let mut field = None;
        for (word, of) in TermField::WORDS {
            if let Some(rest) = text.strip_prefix(word)
                && field.is_none()
            {
                (field, text) = (Some(of), rest);
            }
        }
        let ends = text.ends_with('$');
        text = &text[..text.len() - usize::from(ends)];
        let starts = text.starts_with('^');
        let exact = text.starts_with('\'');
        text = &text[usize::from(starts || exact)..];
        let manner = if exact || negated || starts || ends {
            Manner::Exact
        } else {
            Manner::Fuzzy
        };
        let word = Word {
            text,
            manner,
            negated,
            starts,
            ends,
            field,
        };
        if !text.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn fuzzy(text: &str, word: &str) -> Option<i64> {
    SkimMatcherV2::default().fuzzy_match(text, word)
}

/// All byte positions of `word` in `text`.
fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    (0..=text.len())
        .filter(move |start| text.is_char_boundary(*start) && text[*start..].starts_with(word))
}

fn in_name(name: &str, word: &Word<'_>) -> Option<i64> {
    let folding = Folding::smart(word.text);
    let text = folding.fold(word.text);
    let searched = folding.fold(name);
    let name = if name.is_ascii() { name } else { &*searched };
    if word.manner == Manner::Fuzzy {
        return fuzzy(name, &text);
    }
    places(&searched, &text)
        .filter(|start| !word.starts || *start == 0)
        .filter(|start| !word.ends || start + text.len() == name.len())
        .filter_map(|start| {
            let before = name[..start].chars().next_back().map_or(0, char::len_utf8);
            fuzzy(&name[start - before..start + text.len()], &text)
        })
        .max()
}

/// The ranges of the definition's id and the version's id, in bytes.
fn ids(arn: &str) -> Vec<std::ops::Range<usize>> {
    let parts: Vec<&str> = arn.split('/').collect();
    let start = |part: usize| {
        parts[..part]
            .iter()
            .map(|part| part.len() + 1)
            .sum::<usize>()
    };
    let id = |part: usize| start(part)..start(part) + parts[part].len();
    let last = parts.len() - 1;
    match parts[..] {
        [.., _, "versions", _] => vec![id(last - 2), id(last)],
        _ => vec![id(last)],
    }
}

fn in_arn(arn: &str, word: &Word<'_>) -> Option<i64> {
    let looks_like_id = word.text.len() >= 2
        && word
            .text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let is_path = word.text.contains([':', '/']);
    if !looks_like_id && !is_path {
        return None;
    }
    let (arn, text) = (arn.to_ascii_lowercase(), word.text.to_ascii_lowercase());
    let separators = [':', '/'];
    let counts_in = |start: usize, id: &std::ops::Range<usize>| {
        let end = start + text.len();
        if is_path {
            start < id.end && id.start < end
        } else if text.len() >= 8 {
            id.start <= start && end <= id.end
        } else if word.ends && !word.starts {
            id.start <= start && end == id.end
        } else {
            start == id.start && end <= id.end
        }
    };
    places(&arn, &text)
        .filter(|start| ids(&arn).iter().any(|id| counts_in(*start, id)))
        .filter_map(|start| {
            let (before, after) = (&arn[..start], &arn[start + text.len()..]);
            let starts_part =
                before.is_empty() || before.ends_with(separators) || text.starts_with(separators);
            let ends_part =
                after.is_empty() || after.starts_with(separators) || text.ends_with(separators);
            let counts = (!word.starts || starts_part) && (!word.ends || ends_part);
            let length = i64::try_from(text.len()).unwrap();
            let points = match length {
                0..4 => 12 * length,
                _ => 20 * length + if starts_part { 16 } else { 0 },
            };
            counts.then_some(points)
        })
        .max()
}

/// The level of the best match in the row's items: entire, at the start, or inside.
fn in_items(row: &Row, word: &Word<'_>) -> Option<i64> {
    let folding = Folding::smart(word.text);
    let folded = folding.fold(word.text);
    let mut text = endpoint_name(Some(&folded), "");
    if text.is_empty() {
        text = folded;
    }
    let meant = row
        .items
        .iter()
        .filter(|(field, _)| word.field.is_none_or(|of| of == *field));
    let level = |item: &String| {
        let item = folding.fold(item);
        let (starts, ends) = (item.starts_with(&text), item.ends_with(&text));
        let counts = item.contains(&text) && (!word.starts || starts) && (!word.ends || ends);
        let is_entire = item == text;
        let counts = counts && (!(word.starts && word.ends) || is_entire);
        counts.then_some(match starts {
            true if is_entire => 3,
            true => 2,
            false => 1,
        })
    };
    meant.filter_map(|(_, text)| level(text)).max()
}

/// The number of words that only an item matches, and the sum of the scores.
fn score(row: &Row, words: &[Word<'_>]) -> Option<(usize, i64)> {
    let mut only_in_items = 0;
    let mut sum = 0;
    for word in words {
        let in_name = match word.field {
            None => in_name(row.name.as_deref().unwrap_or_default(), word),
            Some(_) => None,
        };
        let in_arn = match word.field {
            None | Some(TermField::Id) => in_arn(&row.arn, word),
            Some(_) => None,
        };
        let in_row = in_name.max(in_arn);
        let in_items = in_items(row, word);
        if word.negated {
            if in_row.is_some() || in_items.is_some() {
                return None;
            }
        } else if let Some(points) = in_row {
            sum += points;
        } else {
            only_in_items += 1;
            sum += in_items?;
        }
    }
    Some((only_in_items, sum))
}

/// The numbers of the rows that match, in order.
pub(super) fn order(rows: &[Row], query: &str) -> Vec<u32> {
    order_with_own(rows, None, query)
}

/// The same if the slot holds a version of the definition of `own`.
pub(super) fn order_with_own(rows: &[Row], own: Option<&str>, query: &str) -> Vec<u32> {
    let words = words(query);
    assert!(!words.is_empty(), "without words the sort decides");
    let head = |arn: &str| arn[..arn.rfind('/').map_or(0, |slash| slash + 1)].to_ascii_lowercase();
    let mut found: Vec<_> = (0_u32..)
        .zip(rows)
        .filter_map(|(number, row)| {
            let name = row.name.as_deref().unwrap_or_default();
            let (only_in_items, sum) = score(row, &words)?;
            let is_own = own.is_some_and(|own| head(own) == head(&row.arn));
            let key = (
                (only_in_items, only_in_items > 0 && !is_own, Reverse(sum)),
                (!row.is_base, !row.is_latest),
                (row.created.is_none(), Reverse(row.created)),
                (name.is_empty(), Folding::ALL.fold(name), name),
                row.arn.to_ascii_lowercase(),
            );
            Some((key, number))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, number)| number).collect()
}

pub(super) fn has_words(query: &str) -> bool {
    !words(query).is_empty()
}
