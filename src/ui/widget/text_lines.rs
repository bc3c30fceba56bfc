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
        Tone::Warning | Tone::NextStep(_) => theme.warning,
        Tone::Error => theme.error,
    }
}

/// The line as drawn: a next step is worded with the current keys.
pub(crate) fn worded<'a>(line: &'a TextLine, keys: Keys<'_>) -> Cow<'a, TextLine> {
    match line.tone {
        Tone::NextStep(step) => Cow::Owned(TextLine {
            tone: line.tone,
            text: advice_with_key(step, keys),
        }),
        Tone::Plain
        | Tone::Heading
        | Tone::Json
        | Tone::Added
        | Tone::Removed
        | Tone::Faint
        | Tone::Warning
        | Tone::Error => Cow::Borrowed(line),
    }
}

/// One line, cut to `room` cells, without its first `left` cells. Unscrolled lines are cut in the middle,
/// because ARNs differ at the end.
pub(crate) fn text_line(theme: &Theme, line: &TextLine, left: usize, room: usize) -> Line<'static> {
    let ellipsis = theme.symbols.ellipsis;
    let shown = without_start(&line.text, left);
    let shown = if left == 0 {
        cut_middle(&shown, room, ellipsis)
    } else {
        cut(&shown, room, ellipsis)
    };
    if line.tone == Tone::Json {
        return Line::from(json_spans(theme, &shown));
    }
    Line::from(Span::styled(
        shown.into_owned(),
        tone_style(theme, line.tone),
    ))
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
    /// The line at index `place`, in `room` cells. In a changed line, the differing characters are
    /// highlighted and stay visible.
    pub(crate) fn at(self, place: usize, room: usize) -> Line<'static> {
        let theme = self.theme;
        let Some(line) = self.lines.get(place) else {
            return Line::default();
        };
        let Some(other) = counterpart(self.lines, place) else {
            return text_line(theme, &worded(line, self.keys), self.left, room);
        };
        let style = tone_style(theme, line.tone);
        let marked = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        let signs = SIGNS.saturating_sub(self.left);
        let shown = |line: &'_ TextLine| without_start(&line.text, self.left).into_owned();
        let text = Highlighted::differing(&shown(line), &shown(other), signs);
        let text = text.fitted(room, theme.symbols.ellipsis);
        let spans = text.runs().into_iter().map(|(run, is_highlighted)| {
            let style = if is_highlighted { marked } else { style };
            Span::styled(run.to_owned(), style)
        });
        Line::from(spans.collect::<Vec<_>>())
    }
}

/// The added line that replaces a removed one, or the reverse. Both blocks have the same length.
fn counterpart(lines: &[TextLine], place: usize) -> Option<&TextLine> {
    let tone = |place: usize| lines.get(place).map(|line| line.tone);
    let own = tone(place)?;
    if own != Tone::Removed && own != Tone::Added {
        return None;
    }
    let is = |place: usize, wanted: Tone| tone(place) == Some(wanted);
    let mut start = place;
    while start > 0 && is(start - 1, own) {
        start -= 1;
    }
    if own == Tone::Added {
        while start > 0 && is(start - 1, Tone::Removed) {
            start -= 1;
        }
    }
    let removed = (start..lines.len())
        .take_while(|&at| is(at, Tone::Removed))
        .count();
    let added = (start + removed..lines.len())
        .take_while(|&at| is(at, Tone::Added))
        .count();
    if removed != added {
        return None;
    }
    lines.get(if own == Tone::Removed {
        place + removed
    } else {
        place.checked_sub(removed)?
    })
}

/// The full line, wrapped if it is longer than `width`. Ids and ARNs break anywhere, so that they are
/// complete.
pub(crate) fn full_lines(
    theme: &Theme,
    line: &TextLine,
    indent: usize,
    width: usize,
) -> Vec<Line<'static>> {
    let spans = if line.tone == Tone::Json {
        json_spans(theme, &line.text)
    } else {
        let style = tone_style(theme, line.tone);
        vec![Span::styled(line.text.clone(), style)]
    };
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
    if needle.is_empty() && line.tone == Tone::Json {
        return continued(broken(theme, json_spans(theme, &line.text), (0, 0), width));
    }
    let style = tone_style(theme, line.tone);
    let highlighted = Highlighted::finding(&line.text, needle);
    let spans = highlighted.runs().into_iter().map(|(run, is_highlighted)| {
        let style = if is_highlighted {
            style.patch(theme.matched)
        } else {
            style
        };
        Span::styled(run.to_owned(), style)
    });
    continued(broken(theme, spans.collect(), (0, 0), width))
}

fn continued(mut rows: Vec<Line<'static>>) -> Vec<Line<'static>> {
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

/// As [`text_line`], with the search matches highlighted.
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
