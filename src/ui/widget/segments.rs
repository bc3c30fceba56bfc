//! Several facts in one line; in a short line, the least important are shortened or left out.

use std::cmp::Reverse;

use ratatui::style::Style;
use ratatui::text::Line;

use super::cells::{cut_middle, width};
use super::row::Row;
use crate::domain::printable::printable;
use crate::ui::Theme;

/// One fact, with its importance.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) style: Style,
    pub(crate) text: String,
    /// Shorter forms, the shortest first.
    shorter: Vec<String>,
    /// Longer forms that gave way, the longest first.
    given_up: Vec<String>,
    /// It may be cut in its middle to any length from its short form on.
    is_name: bool,
    pub(crate) importance: u8,
    /// On the right side of the line.
    pub(crate) is_right: bool,
}

impl Segment {
    pub(crate) fn left(importance: u8, style: Style, text: impl Into<String>) -> Self {
        Self {
            style,
            text: text.into(),
            shorter: Vec::new(),
            given_up: Vec::new(),
            is_name: false,
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

    /// Adds a shorter form. Must be called with the longest first.
    #[must_use]
    pub(crate) fn or(mut self, shorter: impl Into<String>) -> Self {
        self.shorter.insert(0, shorter.into());
        self
    }

    /// Lets spare room show more of it than its short form.
    #[must_use]
    pub(crate) const fn name(mut self) -> Self {
        self.is_name = true;
        self
    }

    /// The order in which facts are shortened or left out. Facts with a short form are shortened before
    /// important ones are left out.
    fn gives_way(&self) -> u8 {
        if self.shorter.is_empty() {
            self.importance
        } else {
            self.importance.min(SHORTENED)
        }
    }

    /// Takes the longest form that needs at most `spare` more cells. Returns the number of cells still to spare.
    fn grow(&mut self, spare: usize) -> usize {
        let most = self.width() + spare;
        let fits = |text: &&String| width(&printable(text)) <= most;
        if let Some(longer) = self.given_up.iter().find(fits) {
            self.text.clone_from(longer);
        }
        most - self.width()
    }

    /// Takes up to `spare` more cells if it is a name that gave way.
    fn stretch(&mut self, spare: usize, ellipsis: &str) {
        let most = self.width() + spare;
        if let Some(full) = self.given_up.first().filter(|_| self.is_name) {
            self.text = cut_middle(&printable(full), most, ellipsis).into_owned();
        }
    }

    pub(crate) fn width(&self) -> usize {
        width(&printable(&self.text))
    }
}

/// Less important facts are left out before others are shortened.
const SHORTENED: u8 = 75;

/// The cells between two facts.
const GAP: usize = 2;

/// The facts that fit, and the others, each in order.
fn fitting(room: usize, facts: Vec<Segment>, ellipsis: &str) -> (Vec<Segment>, Vec<Segment>) {
    let mut left_out: Vec<(usize, Segment)> = Vec::new();
    let mut facts: Vec<(usize, Segment)> = facts.into_iter().enumerate().collect();
    let needed = |facts: &[(usize, Segment)]| -> usize {
        facts.iter().map(|(_, fact)| fact.width() + GAP).sum()
    };
    while facts.len() > 1 && needed(&facts) > room {
        let places = facts.iter_mut().enumerate();
        let Some((place, (_, least))) = places.min_by_key(|(_, (_, fact))| fact.gives_way()) else {
            break;
        };
        match least.shorter.pop() {
            Some(shorter) => least
                .given_up
                .push(std::mem::replace(&mut least.text, shorter)),
            None => left_out.push(facts.remove(place)),
        }
    }
    // A fact that was left out early may fit after a longer one was shortened.
    left_out.sort_by_key(|(_, fact)| Reverse(fact.importance));
    for (place, fact) in std::mem::take(&mut left_out) {
        if needed(&facts) + fact.width() + GAP <= room {
            facts.push((place, fact));
        } else {
            left_out.push((place, fact));
        }
    }
    // After a longer fact gave way, shortened facts may fit again: the most important one first.
    facts.sort_by_key(|(_, fact)| Reverse(fact.importance));
    let mut spare = room.saturating_sub(needed(&facts));
    for (_, fact) in &mut facts {
        spare = fact.grow(spare);
    }
    if let Some((_, fact)) = facts.iter_mut().find(|(_, fact)| fact.is_name) {
        fact.stretch(spare, ellipsis);
    }
    let in_order = |mut facts: Vec<(usize, Segment)>| {
        facts.sort_by_key(|(place, _)| *place);
        facts.into_iter().map(|(_, fact)| fact).collect()
    };
    (in_order(facts), in_order(left_out))
}

/// The facts that fit into one line, and those that were left out, in their last short form.
pub(crate) fn fitted_line(
    theme: &Theme,
    room: usize,
    facts: Vec<Segment>,
) -> (Line<'static>, Vec<Segment>) {
    let (facts, left_out) = fitting(room, facts, theme.symbols.ellipsis);
    let (right, left): (Vec<Segment>, Vec<Segment>) =
        facts.into_iter().partition(|fact| fact.is_right);
    let right_room: usize = right.iter().map(|fact| fact.width() + GAP).sum();
    let left_room = room.saturating_sub(right_room);
    let row = |facts: &[Segment], room| {
        let mut row = Row::new(theme, room);
        for (place, fact) in facts.iter().enumerate() {
            row = row.gap(if place == 0 { 1 } else { GAP });
            row = row.text(fact.style, &fact.text);
        }
        row
    };
    let mut line = row(&left, left_room).to(left_room).line();
    line.spans
        .extend(row(&right, room - left_room).line().spans);
    (line, left_out)
}
