//! Definitions read one by one, for example when the review checks for a newer version.

use super::Catalog;
use crate::app::event::Answered;
use crate::app::remote::Remote;
use crate::domain::{Definition, DefinitionId, DefinitionKind};

impl Catalog {
    /// The state of the last Get…Definition; its result is in [`Self::definition`].
    pub fn definition_reading(&self, id: &DefinitionId) -> &Remote<()> {
        self.definition_readings.get(id).unwrap_or(&Remote::Unasked)
    }

    /// Get…Definition is newer than the list, so it replaces the list's entry.
    pub(super) fn take_definition(
        &mut self,
        key: (DefinitionKind, DefinitionId),
        answer: Answered<Definition>,
    ) {
        let reading = answer.map(|definition| {
            let place = self.definition_places.get(&key).copied();
            let items = self.definitions[key.0].items_mut();
            match place.and_then(|place| items.get_mut(place)) {
                Some(listed) => *listed = definition,
                None => {
                    self.unlisted_definitions.insert(key.1.clone(), definition);
                }
            }
        });
        self.definition_readings.insert(key.1, reading.into());
    }
}
