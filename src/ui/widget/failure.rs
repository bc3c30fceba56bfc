//! A full error in place of the missing data: the service's facts and the next step.

use ratatui::text::Line;

use super::cells::wrap;
use super::row::Row;
use crate::app::text::error_facts;
use crate::domain::ServiceError;
use crate::ui::Theme;
use crate::ui::advice::advice_with_key;
use crate::ui::keys::Keys;

/// The width of the names before facts.
const NAME: usize = 11;

/// The lines of an error, wrapped.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failure<'a> {
    pub(crate) theme: &'a Theme,
    /// The cells before the text.
    pub(crate) indent: usize,
    pub(crate) width: usize,
}

impl Failure<'_> {
    /// The service's facts, then the advice.
    ///
    /// Without a response, the facts are the SDK's: long and less helpful. So the advice comes first.
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

    /// The service's facts, if the advice is shown elsewhere.
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
