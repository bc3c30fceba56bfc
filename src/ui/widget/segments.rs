//! Several facts in one line, of which the least important give way where the line is short.

use ratatui::style::Style;
use ratatui::text::Line;

use super::cells::width;
use super::row::Row;
use crate::domain::printable::printable;
use crate::ui::Theme;

/// One fact, the more important the higher.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) style: Style,
    pub(crate) text: String,
    /// Said instead where there is less room.
    pub(crate) short: Option<String>,
    pub(crate) importance: u8,
    /// Stands on the right side of the line.
    pub(crate) is_right: bool,
}

impl Segment {
    pub(crate) fn left(importance: u8, style: Style, text: impl Into<String>) -> Self {
        Self {
            style,
            text: text.into(),
            short: None,
            importance,
            is_right: false,
        }
    }

    pub(crate) fn right(importance: u8, style: Style, text: impl Into<String>) -> Self {
        Self {
            is_right: true,
            ..Self::left(importance, style, text)
        }
    }

    /// Said instead where there is less room.
    #[must_use]
    pub(crate) fn or(mut self, short: impl Into<String>) -> Self {
        self.short = Some(short.into());
        self
    }

    /// How early the fact is shortened or left out: what has a short form is shortened before
    /// anything important goes.
    fn gives_way(&self) -> u8 {
        match self.short {
            Some(_) => self.importance.min(SHORTENED),
            None => self.importance,
        }
    }

    fn width(&self) -> usize {
        width(&printable(&self.text))
    }
}

/// What matters less than this is left out before anything else is shortened.
const SHORTENED: u8 = 75;

/// Between two facts.
const GAP: usize = 2;

/// Puts as many facts as fit into one line, in their order.
pub(crate) fn segments_line(theme: &Theme, room: usize, facts: Vec<Segment>) -> Line<'static> {
    fitted_line(theme, room, facts).0
}

/// As [`segments_line`], with the facts that had to be left out, shortened as they were by then.
pub(crate) fn fitted_line(
    theme: &Theme,
    room: usize,
    mut facts: Vec<Segment>,
) -> (Line<'static>, Vec<Segment>) {
    let mut left_out = Vec::new();
    let needed = |facts: &[Segment]| -> usize { facts.iter().map(|fact| fact.width() + GAP).sum() };
    while facts.len() > 1 && needed(&facts) > room {
        let least = facts
            .iter()
            .enumerate()
            .min_by_key(|(_, fact)| fact.gives_way())
            .map(|(place, _)| place);
        let Some(place) = least else { break };
        let short = facts.get_mut(place).and_then(|fact| fact.short.take());
        match (short, facts.get_mut(place)) {
            (Some(short), Some(fact)) => fact.text = short,
            (_, _) => left_out.push(facts.remove(place)),
        }
    }
    let right: usize = facts
        .iter()
        .filter(|fact| fact.is_right)
        .map(|fact| fact.width() + GAP)
        .sum();
    let left_room = room.saturating_sub(right);
    let mut row = Row::new(theme, left_room).gap(1);
    for (place, fact) in facts.iter().filter(|fact| !fact.is_right).enumerate() {
        row = if place == 0 { row } else { row.gap(GAP) };
        row = row.text(fact.style, &fact.text);
    }
    let mut line = row.to(left_room).line();
    let mut row = Row::new(theme, room - left_room).gap(1);
    for (place, fact) in facts.iter().filter(|fact| fact.is_right).enumerate() {
        row = if place == 0 { row } else { row.gap(GAP) };
        row = row.text(fact.style, &fact.text);
    }
    line.spans.extend(row.line().spans);
    (line, left_out)
}
