//! A full error in place of the missing data: the service's facts and the next step.

use super::text_block::TextBlock;
use crate::app::text::error_facts;
use crate::domain::ServiceError;
use crate::ui::advice::advice_with_key;
use crate::ui::keys::Keys;

/// The width of the names before facts.
const NAME: usize = 11;

impl TextBlock<'_> {
    /// The service's facts, then the advice.
    ///
    /// Without a response, the facts are the SDK's: long and less helpful. So the advice comes first.
    pub(crate) fn failure(&mut self, indent: usize, error: &ServiceError, keys: Keys<'_>) {
        let advice = advice_with_key(error.next_step(), keys);
        self.text(indent, self.theme.error, error.title());
        if error.status.is_some() {
            self.facts(indent, error);
            self.text(indent, self.theme.warning, &advice);
        } else {
            self.text(indent, self.theme.warning, &advice);
            self.facts(indent, error);
        }
    }

    /// The service's facts, if the advice is shown elsewhere.
    pub(crate) fn failure_without_advice(&mut self, indent: usize, error: &ServiceError) {
        self.text(indent, self.theme.error, error.title());
        self.facts(indent, error);
    }

    fn facts(&mut self, indent: usize, error: &ServiceError) {
        for fact in error_facts(error) {
            let name = self.row().gap(indent);
            let mut name = name.cell(self.theme.faint, fact.name, NAME);
            for line in fact.value.lines() {
                self.text_after(name, self.theme.plain, line);
                name = self.row().gap(indent + NAME);
            }
        }
    }
}
