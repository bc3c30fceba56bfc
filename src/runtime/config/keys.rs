//! The section `[keys]`: commands by name, each with its keys.

use super::document::{ConfigEntry, Placed};
use crate::app::key::KeyPress;
use crate::app::{Command, Keymap};

/// The keymap with the section's changes.
pub(super) fn read(section: &ConfigEntry<'_>) -> Result<Keymap, Placed<String>> {
    let entries = section.entries()?;
    let mut changes = Vec::new();
    for entry in &entries {
        let Some(command) = Command::named(entry.name()) else {
            let names: Vec<&str> = Command::all().map(Command::name).collect();
            return Err(entry.unknown("command", &names));
        };
        let keys: Vec<Placed<KeyPress>> = entry
            .texts()?
            .iter()
            .map(read_key)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() && command == Command::Quit {
            return Err(entry.place().refusal("quit must have at least one key"));
        }
        changes.push((command, keys));
    }
    let bare: Vec<(Command, Vec<KeyPress>)> = changes
        .iter()
        .map(|(command, keys)| (*command, keys.iter().map(|key| key.value).collect()))
        .collect();
    Keymap::with(&bare).map_err(|conflict| {
        let bound = changes
            .iter()
            .find(|(command, _)| *command == conflict.second);
        let key = bound.and_then(|(_, keys)| keys.iter().find(|key| key.value == conflict.key));
        let place = key.map_or_else(|| section.place(), |key| key.place);
        place.refusal(conflict.to_string())
    })
}

fn read_key(text: &Placed<String>) -> Result<Placed<KeyPress>, Placed<String>> {
    let place = text.place;
    match text.value.parse::<KeyPress>() {
        Ok(value) if value.alt => Err(place.refusal(format!(
            "{value} cannot be bound: terminals send Alt as Esc and the key"
        ))),
        Ok(value) => Ok(Placed { value, place }),
        Err(error) => Err(place.refusal(error.to_string())),
    }
}
