//! Lines of text by their tone: JSON, differences, errors.

use std::borrow::Cow;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::cells::{cut, cut_middle, prefix, width, without_start};
use super::highlighted::Highlighted;
use super::row::Row;
use crate::app::text::{TextLine, Tone};
use crate::ui::advice::advice_with_key;
use crate::ui::keys::Keys;
use crate::ui::theme::{CONTINUED, Theme};

/// The style of a tone with one style for the entire line.
pub(crate) const fn tone_style(theme: &Theme, tone: Tone) -> Style {
    match tone {
        Tone::Plain | Tone::Json => theme.plain,
        Tone::Heading => theme.heading,
        Tone::Added => theme.diff_added,
        Tone::Removed => theme.diff_removed,
        Tone::Faint => theme.faint,
        Tone::NextStep(_) => theme.warning,
        Tone::Error => theme.error,
    }
}

/// The line as drawn: a next step is worded with the current keys.
pub(crate) fn worded<'a>(line: &'a TextLine, keys: Keys<'_>) -> Cow<'a, TextLine> {
    let Tone::NextStep(step) = line.tone else {
        return Cow::Borrowed(line);
    };
    Cow::Owned(TextLine {
        tone: line.tone,
        text: advice_with_key(step, keys),
    })
}

/// Lines, each cut in the middle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CutLines<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) keys: Keys<'a>,
    pub(crate) lines: &'a [TextLine],
    /// The cells that are scrolled out.
    pub(crate) left: usize,
}

/// The sign of a line of a difference, and a blank.
const SIGNS: usize = 2;

impl CutLines<'_> {
    /// The line at index `place`, in `room` cells. Unscrolled lines are cut in the middle, because ARNs differ at
    /// the end. In a changed line, the differing characters are highlighted and stay visible.
    pub(crate) fn at(self, place: usize, room: usize) -> Line<'static> {
        let theme = self.theme;
        let ellipsis = theme.symbols.ellipsis;
        let Some(line) = self.lines.get(place) else {
            return Line::default();
        };
        let Some(other) = counterpart(self.lines, place) else {
            let line = worded(line, self.keys);
            let shown = without_start(&line.text, self.left);
            let shown = if self.left == 0 {
                cut_middle(&shown, room, ellipsis)
            } else {
                cut(&shown, room, ellipsis)
            };
            return Line::from(toned_spans(theme, line.tone, &shown));
        };
        let style = tone_style(theme, line.tone);
        let marked = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        let signs = SIGNS.saturating_sub(self.left);
        let shown = |line: &'_ TextLine| without_start(&line.text, self.left).into_owned();
        let text = Highlighted::differing(&shown(line), &shown(other), signs);
        Line::from(text.fitted(room, ellipsis).spans((style, marked)))
    }
}

/// The added line that replaces a removed one, or the reverse. Both blocks have the same length.
fn counterpart(lines: &[TextLine], place: usize) -> Option<&TextLine> {
    let own = lines.get(place)?.tone;
    if own != Tone::Removed && own != Tone::Added {
        return None;
    }
    let before = |end: usize, tone: Tone| {
        let lines = lines.iter().take(end).rev();
        lines.take_while(|line| line.tone == tone).count()
    };
    let from = |start: usize, tone: Tone| {
        let lines = lines.iter().skip(start);
        lines.take_while(|line| line.tone == tone).count()
    };
    let mut start = place - before(place, own);
    if own == Tone::Added {
        start -= before(start, Tone::Removed);
    }
    let removed = from(start, Tone::Removed);
    let added = from(start + removed, Tone::Added);
    let other = if own == Tone::Removed {
        place + removed
    } else {
        place.checked_sub(removed)?
    };
    lines.get(other).filter(|_| removed == added)
}

/// The full line, wrapped if it is longer than `width`. Ids and ARNs break anywhere, so that they are
/// complete.
pub(crate) fn full_lines(
    theme: &Theme,
    line: &TextLine,
    indent: usize,
    width: usize,
) -> Vec<Line<'static>> {
    let spans = toned_spans(theme, line.tone, &line.text);
    let own_indent = line.text.len() - line.text.trim_start().len();
    let hanging = (indent + own_indent + 2).min(width / 2);
    broken(theme, spans, (indent, hanging), width)
}

/// The full line from the edge on, continued at the edge and marked so that the terminal selects it in one piece,
/// with the matches of a search highlighted.
pub(crate) fn wrapped_lines(
    theme: &Theme,
    line: &TextLine,
    needle: &str,
    width: usize,
) -> Vec<Line<'static>> {
    let style = tone_style(theme, line.tone);
    let spans = if needle.is_empty() {
        toned_spans(theme, line.tone, &line.text)
    } else {
        Highlighted::finding(&line.text, needle).spans((style, style.patch(theme.matched)))
    };
    let mut rows = broken(theme, spans, (0, 0), width);
    for row in rows.iter_mut().skip(1) {
        row.style = row.style.add_modifier(CONTINUED);
    }
    rows
}

/// Breaks a line after `width` cells, with `indent` cells before its first row and `hanging` before the
/// others.
fn broken(
    theme: &Theme,
    spans: Vec<Span<'static>>,
    (indent, hanging): (usize, usize),
    width: usize,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let mut row = Row::new(theme, width).gap(indent);
    for span in spans {
        let mut rest = span.content.as_ref();
        while !rest.is_empty() {
            let (part, _) = prefix(rest, row.left());
            if part.is_empty() && row.used() <= hanging {
                break;
            }
            row = row.text(span.style, part);
            rest = rest.get(part.len()..).unwrap_or_default();
            if !rest.is_empty() {
                lines.push(row.line());
                row = Row::new(theme, width).gap(hanging);
            }
        }
    }
    lines.push(row.line());
    lines
}

/// One line without its first `left` cells, in `room` cells, with the search matches highlighted.
pub(crate) fn found_line(
    theme: &Theme,
    line: &TextLine,
    needle: &str,
    left: usize,
    room: usize,
) -> Line<'static> {
    let shown = without_start(&line.text, left);
    let highlighted = Highlighted::finding(&shown, needle);
    let style = tone_style(theme, line.tone);
    let row = Row::new(theme, room);
    if left == 0 {
        return row.highlighted_name(style, &highlighted, room).line();
    }
    let cells = width(&highlighted.text);
    row.highlighted_cell(style, &highlighted, cells).line()
}

/// The text in the style of its tone.
fn toned_spans(theme: &Theme, tone: Tone, text: &str) -> Vec<Span<'static>> {
    if tone == Tone::Json {
        return json_spans(theme, text);
    }
    vec![Span::styled(text.to_owned(), tone_style(theme, tone))]
}

/// The parts of one line of indented JSON.
fn json_spans(theme: &Theme, text: &str) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => string_end(rest),
            '-' | '0'..='9' | 'a'..='z' => word_end(rest),
            _ => other_end(rest),
        };
        let (part, after) = rest.split_at(end);
        let style = match first {
            '"' if after.trim_start().starts_with(':') => theme.json_name,
            '"' => theme.json_string,
            '-' | '0'..='9' | 'a'..='z' => theme.json_number,
            _ => theme.plain,
        };
        spans.push(Span::styled(part.to_owned(), style));
        rest = after;
    }
    spans
}

fn string_end(text: &str) -> usize {
    let mut is_escaped = false;
    for (place, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return place + 1,
            _ => {}
        }
    }
    text.len()
}

fn word_end(text: &str) -> usize {
    text.find([',', ' ', ']', '}']).unwrap_or(text.len()).max(1)
}

fn other_end(text: &str) -> usize {
    text.char_indices()
        .skip(1)
        .find(|(_, character)| {
            *character == '"' || character.is_ascii_alphanumeric() || *character == '-'
        })
        .map_or(text.len(), |(place, _)| place)
}
