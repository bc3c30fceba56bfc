//! Lines of texts with their tone: JSON told apart by names and values, differences, errors.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::cells::{cut, prefix, width, without_start};
use super::lit::Lit;
use super::row::Row;
use crate::app::text::{TextLine, Tone};
use crate::ui::Theme;

/// The style of a tone that is the same over the whole line.
pub(crate) const fn tone_style(theme: &Theme, tone: Tone) -> Style {
    match tone {
        Tone::Plain | Tone::Json => theme.plain,
        Tone::Heading => theme.heading,
        Tone::Added => theme.diff_added,
        Tone::Removed => theme.diff_removed,
        Tone::Faint => theme.faint,
        Tone::Warning => theme.warning,
        Tone::Error => theme.error,
    }
}

/// One line, cut where it is longer than `room`, its first `left` cells scrolled out.
pub(crate) fn text_line(theme: &Theme, line: &TextLine, left: usize, room: usize) -> Line<'static> {
    let shown = without_start(&line.text, left);
    let shown = cut(&shown, room, theme.symbols.ellipsis);
    if line.tone == Tone::Json {
        return Line::from(json_spans(theme, &shown));
    }
    Line::from(Span::styled(
        shown.into_owned(),
        tone_style(theme, line.tone),
    ))
}

/// The whole line, continued below itself where it is longer than `width`; ids and ARNs are
/// broken anywhere, so that nothing of them is left out.
pub(crate) fn whole_lines(
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
    broken(theme, line, spans, indent, width)
}

/// As [`whole_lines`] at the edge, with what a search has found lit.
pub(crate) fn wrapped_lines(
    theme: &Theme,
    line: &TextLine,
    needle: &str,
    width: usize,
) -> Vec<Line<'static>> {
    if needle.is_empty() {
        return whole_lines(theme, line, 0, width);
    }
    let style = tone_style(theme, line.tone);
    let lit = Lit::finding(&line.text, needle);
    let spans = lit.runs().into_iter().map(|(run, is_lit)| {
        let style = if is_lit {
            style.patch(theme.matched)
        } else {
            style
        };
        Span::styled(run.to_owned(), style)
    });
    broken(theme, line, spans.collect(), 0, width)
}

fn broken(
    theme: &Theme,
    line: &TextLine,
    spans: Vec<Span<'static>>,
    indent: usize,
    width: usize,
) -> Vec<Line<'static>> {
    let own_indent = line.text.len() - line.text.trim_start().len();
    let hanging = (indent + own_indent + 2).min(width / 2);
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

/// As [`text_line`], with what a search has found lit.
pub(crate) fn found_line(
    theme: &Theme,
    line: &TextLine,
    needle: &str,
    left: usize,
    room: usize,
) -> Line<'static> {
    let shown = without_start(&line.text, left);
    let lit = Lit::finding(&shown, needle);
    let style = tone_style(theme, line.tone);
    let cells = width(&lit.text);
    Row::new(theme, room).lit_cell(style, &lit, cells).line()
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
