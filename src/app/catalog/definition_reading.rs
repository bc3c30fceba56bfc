//! Definitions read one by one, as when a change to one of them is reviewed.

use super::Catalog;
use crate::app::event::Answered;
use crate::app::remote::Remote;
use crate::domain::{Definition, DefinitionId, DefinitionKind};

impl Catalog {
    /// How far the last Get…Definition has come; [`Self::definition`] has its answer.
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
