//! Measures, cuts and wraps text by its cells on the screen.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::printable::printable;

/// The number of cells of one grapheme. Control characters have none and are never drawn.
pub(crate) fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        0
    } else {
        grapheme.cell_width().into()
    }
}

/// The number of cells of `text`.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() && !text.contains(|character: char| character.is_ascii_control()) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// The beginning of `text` that fits into `room` cells, with an ellipsis if it is cut.
pub(crate) fn cut<'a>(text: &'a str, room: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= room {
        return Cow::Borrowed(text);
    }
    let sign = width(ellipsis);
    if room < sign {
        return Cow::Borrowed("");
    }
    let (kept, _) = prefix(text, room - sign);
    Cow::Owned(format!("{kept}{ellipsis}"))
}

/// The beginning and the end of `text` in `room` cells, with an ellipsis between them. Names often differ
/// only at the end.
pub(crate) fn cut_middle<'a>(text: &'a str, room: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= room {
        return Cow::Borrowed(text);
    }
    let sign = width(ellipsis);
    let Some(left) = room.checked_sub(sign).filter(|left| *left > 1) else {
        return cut(text, room, ellipsis);
    };
    let (head, used) = prefix(text, left.div_ceil(2));
    let tail = suffix(text, left - used);
    Cow::Owned(format!("{head}{ellipsis}{tail}"))
}

/// The longest end of `text` that fits into `room` cells.
pub(crate) fn suffix(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true).rev() {
        used += grapheme_width(grapheme);
        if used > room {
            return text.get(start + grapheme.len()..).unwrap_or_default();
        }
    }
    text
}

/// The longest beginning of `text` that fits into `room` cells, and its width.
pub(crate) fn prefix(text: &str, room: usize) -> (&str, usize) {
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        let next = used + grapheme_width(grapheme);
        if next > room {
            return (text.get(..start).unwrap_or_default(), used);
        }
        used = next;
    }
    (text, used)
}

/// `text` without its first `columns` cells. A cut wide character becomes a blank.
pub(crate) fn without_start(text: &str, columns: usize) -> Cow<'_, str> {
    if columns == 0 {
        return Cow::Borrowed(text);
    }
    let mut passed = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        if passed >= columns {
            let rest = text.get(start..).unwrap_or_default();
            return match passed - columns {
                0 => Cow::Borrowed(rest),
                halved => Cow::Owned(format!("{}{rest}", " ".repeat(halved))),
            };
        }
        passed += grapheme_width(grapheme);
    }
    Cow::Borrowed("")
}

/// `text`, made printable, in lines of at most `room` cells. Lines break at blanks, and in longer words.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    let text = printable(text);
    let room = room.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for mut word in text.split(' ') {
        let mut needed = width(word);
        if used > 0 && used + 1 + needed <= room {
            line.push(' ');
            line.push_str(word);
            used += 1 + needed;
            continue;
        }
        if used > 0 || !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while needed > room {
            let (head, head_width) = prefix(word, room);
            if head.is_empty() {
                break;
            }
            lines.push(head.to_owned());
            word = word.get(head.len()..).unwrap_or_default();
            needed -= head_width;
        }
        line.push_str(word);
        used = needed;
    }
    lines.push(line);
    lines
}
