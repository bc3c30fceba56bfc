//! Text with the search matches highlighted.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use super::cells::{prefix, suffix, width};
use crate::domain::fold::find_all;
use crate::domain::printable::is_dangerous;
use crate::search::ItemMatch;

/// From this room on beginning, match and end of a text are shown.
const ROOM_FOR_THREE: usize = 20;

/// Printable text and its highlighted byte ranges, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Highlighted {
    pub(crate) text: String,
    ranges: Vec<Range<usize>>,
}

impl Highlighted {
    pub(crate) fn none(text: &str) -> Self {
        Self::new(text, |_, _| false)
    }

    /// Highlights the characters with these indices, ascending.
    pub(crate) fn characters(text: &str, numbers: &[usize]) -> Self {
        Self::new(text, |number, _| numbers.binary_search(&number).is_ok())
    }

    /// Highlights these ranges of bytes.
    pub(crate) fn bytes(text: &str, ranges: &[Range<usize>]) -> Self {
        Self::new(text, |_, byte| {
            ranges.iter().any(|range| range.contains(&byte))
        })
    }

    /// Highlights these ranges of bytes of a longer text, in which `text` begins at `start`.
    pub(crate) fn from_byte(text: &str, ranges: &[Range<usize>], start: usize) -> Self {
        let within = |range: &Range<usize>| {
            range.start.saturating_sub(start)..range.end.saturating_sub(start)
        };
        Self::bytes(text, &ranges.iter().map(within).collect::<Vec<_>>())
    }

    /// Highlights the text that an item matched, if `text` contains it.
    pub(crate) fn item(text: &str, matched: Option<&ItemMatch>) -> Self {
        let place = matched.and_then(|matched| Some((matched, text.find(&matched.text)?)));
        let Some((matched, start)) = place else {
            return Self::none(text);
        };
        let before = text.get(..start).unwrap_or_default().chars().count();
        let characters = matched.characters.iter().map(|place| before + place);
        Self::characters(text, &characters.collect::<Vec<_>>())
    }

    /// Highlights what differs from `other`, apart from the first `signs` bytes of both.
    pub(crate) fn differing(text: &str, other: &str, signs: usize) -> Self {
        Self::bytes(text, &[differing(text, other, signs)])
    }

    /// Highlights every match of `needle`, ignoring case.
    pub(crate) fn finding(text: &str, needle: &str) -> Self {
        Self::bytes(text, &find_all(text, needle))
    }

    fn new(text: &str, is_highlighted: impl Fn(usize, usize) -> bool) -> Self {
        let mut highlighted = Self::default();
        for (number, (byte, character)) in text.char_indices().enumerate() {
            let start = highlighted.text.len();
            if is_dangerous(character) {
                highlighted.text.extend(character.escape_unicode());
            } else {
                highlighted.text.push(character);
            }
            if is_highlighted(number, byte) {
                highlighted.highlight(start..highlighted.text.len());
            }
        }
        highlighted
    }

    fn highlight(&mut self, range: Range<usize>) {
        match self.ranges.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.ranges.push(range),
        }
    }

    /// As [`Self::fitted`], but a text that would look like one of `others` shows what differs from it.
    pub(crate) fn fitted_among(&self, others: &[&str], room: usize, ellipsis: &str) -> Self {
        let fitted = self.fitted(room, ellipsis);
        if fitted.text == self.text {
            return fitted;
        }
        let (head, tail) = fitted.text.split_once(ellipsis).unwrap_or_default();
        let looks_alike = |other: &&&str| {
            **other != self.text && other.starts_with(head) && other.ends_with(tail)
        };
        let Some(other) = others.iter().find(looks_alike) else {
            return fitted;
        };
        let shown = Self::differing(&self.text, other, 0).fitted(room, ellipsis);
        Self::none(&shown.text)
    }

    /// The text in `room` cells: its beginning and its end. If the first match is between them, it is shown
    /// too, or replaces the end where there is little room.
    pub(crate) fn fitted(&self, room: usize, ellipsis: &str) -> Self {
        let sign = width(ellipsis);
        if width(&self.text) <= room || room < 4 * sign {
            return self.clone();
        }
        let left = room - sign;
        let (head, used) = prefix(&self.text, left.div_ceil(2));
        let tail = self.text.len() - suffix(&self.text, left - used).len();
        let is_cut = |range: &Range<usize>| range.end > head.len() && range.start < tail;
        match self.ranges.first().filter(|range| is_cut(range)) {
            None => self.joined(&[0..head.len(), tail..self.text.len()], ellipsis),
            Some(found) if room >= ROOM_FOR_THREE => {
                let left = left - sign;
                let (head, used) = prefix(&self.text, left / 4);
                let end = suffix(&self.text, left / 4);
                let tail = self.text.len() - end.len();
                let start = found.start.max(head.len());
                let rest = self.text.get(start..tail).unwrap_or_default();
                let (middle, _) = prefix(rest, left - used - width(end));
                let middle = start..start + middle.len();
                self.joined(&[0..head.len(), middle, tail..self.text.len()], ellipsis)
            }
            Some(found) => {
                let (head, used) = prefix(&self.text, left / 4);
                let start = found.start.max(head.len());
                let rest = self.text.get(start..).unwrap_or_default();
                let room = left - used;
                let end = if width(rest) <= room {
                    self.text.len()
                } else {
                    start + prefix(rest, room.saturating_sub(sign)).0.len()
                };
                self.joined(&[0..head.len(), start..end], ellipsis)
            }
        }
    }

    /// These parts of the text with an ellipsis between them, and one at the end if the text goes on.
    fn joined(&self, parts: &[Range<usize>], ellipsis: &str) -> Self {
        let mut joined = Self::default();
        let mut end = 0;
        for part in parts {
            if part.start > end {
                joined.text.push_str(ellipsis);
            }
            end = part.end;
            let offset = joined.text.len();
            joined
                .text
                .push_str(self.text.get(part.clone()).unwrap_or_default());
            for range in &self.ranges {
                let (start, end) = (range.start.max(part.start), range.end.min(part.end));
                if start < end {
                    joined.highlight(offset + start - part.start..offset + end - part.start);
                }
            }
        }
        if parts.last().is_some_and(|last| last.end < self.text.len()) {
            joined.text.push_str(ellipsis);
        }
        joined
    }

    /// The text in runs, the highlighted ones in the second style. A grapheme is highlighted if one of its
    /// characters is.
    pub(crate) fn runs(&self, (plain, marked): (Style, Style)) -> Vec<(&str, Style)> {
        let mut runs: Vec<(Range<usize>, bool)> = Vec::new();
        for (start, grapheme) in self.text.grapheme_indices(true) {
            let end = start + grapheme.len();
            let is_highlighted = self
                .ranges
                .iter()
                .any(|range| range.start < end && start < range.end);
            match runs.last_mut() {
                Some((run, highlighted)) if *highlighted == is_highlighted => run.end = end,
                _ => runs.push((start..end, is_highlighted)),
            }
        }
        let styled = |(run, is_highlighted): (Range<usize>, bool)| {
            let style = if is_highlighted { marked } else { plain };
            (self.text.get(run).unwrap_or_default(), style)
        };
        runs.into_iter().map(styled).collect()
    }

    pub(crate) fn spans(&self, styles: (Style, Style)) -> Vec<Span<'static>> {
        let runs = self.runs(styles).into_iter();
        runs.map(|(run, style)| Span::styled(run.to_owned(), style))
            .collect()
    }
}

/// The bytes of `text` between its common beginning and end with `other`, both without their first `signs` bytes.
fn differing(text: &str, other: &str, signs: usize) -> Range<usize> {
    let same = |(one, other): &((usize, char), char)| one.1 == *other;
    let head = text
        .char_indices()
        .zip(other.chars())
        .skip(signs)
        .take_while(same)
        .last()
        .map_or(signs, |((start, letter), _)| start + letter.len_utf8());
    let room = text.len().min(other.len()).saturating_sub(head);
    let tail: usize = text
        .chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one.len_utf8())
        .scan(0, |sum, length| {
            *sum += length;
            (*sum <= room).then_some(length)
        })
        .sum();
    head..text.len() - tail
}
