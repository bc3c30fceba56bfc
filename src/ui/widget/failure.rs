//! An error in full where the missing data would be: what the service answered and what to do next.

use ratatui::text::Line;

use super::cells::wrap;
use super::row::Row;
use crate::app::text::error_facts;
use crate::domain::ServiceError;
use crate::ui::Theme;
use crate::ui::advice::advice_with_key;
use crate::ui::keys::Keys;

/// Facts are written behind names of this width.
const NAME: usize = 11;

/// The lines of an error, each as long as it needs to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failure<'a> {
    pub(crate) theme: &'a Theme,
    /// Cells between the edge and the text.
    pub(crate) indent: usize,
    pub(crate) width: usize,
}

impl Failure<'_> {
    /// What the service answered, then the advice. Without an answer the facts are the SDK's: long,
    /// and less helpful than the advice, which then comes first.
    pub(crate) fn with_advice(self, error: &ServiceError, keys: Keys<'_>) -> Vec<Line<'static>> {
        let mut lines = self.title(error);
        let advice = advice_with_key(error.next_step(), keys);
        let advice = self.wrapped(self.theme.warning, &advice);
        if error.status.is_some() {
            lines.extend(self.facts(error));
            lines.extend(advice);
        } else {
            lines.extend(advice);
            lines.extend(self.facts(error));
        }
        lines
    }

    /// What the service answered, where the advice has a place of its own.
    pub(crate) fn without_advice(self, error: &ServiceError) -> Vec<Line<'static>> {
        let mut lines = self.title(error);
        lines.extend(self.facts(error));
        lines
    }

    fn title(self, error: &ServiceError) -> Vec<Line<'static>> {
        self.wrapped(self.theme.error, error.title())
    }

    fn wrapped(self, style: ratatui::style::Style, text: &str) -> Vec<Line<'static>> {
        let row = || Row::new(self.theme, self.width).gap(self.indent);
        let room = self.width.saturating_sub(self.indent + 1);
        let parts = wrap(text, room);
        parts
            .iter()
            .map(|part| row().text(style, part).line())
            .collect()
    }

    fn facts(self, error: &ServiceError) -> Vec<Line<'static>> {
        let room = self.width.saturating_sub(self.indent + NAME + 1);
        let mut lines = Vec::new();
        for fact in error_facts(error) {
            let parts = fact.value.lines().flat_map(|line| wrap(line, room));
            for (place, part) in parts.enumerate() {
                let name = if place == 0 { fact.name } else { "" };
                let row = Row::new(self.theme, self.width)
                    .gap(self.indent)
                    .cell(self.theme.faint, name, NAME)
                    .text(self.theme.plain, &part);
                lines.push(row.line());
            }
        }
        lines
    }
}
