//! The current keymap: the table with the configuration's changes.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::context::KeyContext;
use super::table::{BINDINGS, Binding};
use crate::app::command::Command;
use crate::app::key::{Key, KeyPress};

/// Keys that edit a search line; other keys of a command still work there.
const EDITS_A_LINE: [KeyPress; 10] = [
    KeyPress::plain(Key::Backspace),
    KeyPress::plain(Key::Delete),
    KeyPress::plain(Key::Left),
    KeyPress::plain(Key::Right),
    KeyPress::plain(Key::Home),
    KeyPress::plain(Key::End),
    KeyPress::control(Key::Char('a')),
    KeyPress::control(Key::Char('e')),
    KeyPress::control(Key::Char('u')),
    KeyPress::control(Key::Char('w')),
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    commands: HashMap<(KeyContext, KeyPress), Command>,
    /// In the order of the configuration or the table.
    keys: HashMap<(KeyContext, Command), Vec<KeyPress>>,
}

/// Two commands have the same key in one context.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key} would mean both {} and {} in {}", first.name(), second.name(), context.name())]
pub struct KeyConflict {
    pub key: KeyPress,
    pub context: KeyContext,
    pub first: Command,
    pub second: Command,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut keymap = Self {
            commands: HashMap::new(),
            keys: HashMap::new(),
        };
        for binding in BINDINGS {
            let (command, keys) = (binding.command, binding.keys.iter());
            let keys: Vec<KeyPress> = keys.filter_map(|key| key.parse().ok()).collect();
            for &context in binding.contexts {
                let commands = keys.iter().map(|&key| ((context, key), command));
                keymap.commands.extend(commands);
                let bound = keymap.keys.entry((context, command)).or_default();
                bound.extend(&keys);
            }
        }
        keymap
    }
}

impl Keymap {
    /// The table with other keys for some commands, in every context of each command. An empty list unbinds
    /// the command.
    pub fn with(changes: &[(Command, Vec<KeyPress>)]) -> Result<Self, KeyConflict> {
        let mut keymap = Self::default();
        for (command, _) in changes {
            keymap.commands.retain(|_, bound| bound != command);
        }
        for (command, keys) in changes {
            for context in KeyContext::ALL {
                let Some(bound) = keymap.keys.get_mut(&(context, *command)) else {
                    continue;
                };
                let free = |key: &&KeyPress| !context.is_line() || !key.belongs_to_a_line();
                *bound = keys.iter().filter(free).copied().collect();
                for &key in &*bound {
                    let first = keymap.commands.insert((context, key), *command);
                    if let Some(first) = first.filter(|first| first != command) {
                        return Err(KeyConflict {
                            key,
                            context,
                            first,
                            second: *command,
                        });
                    }
                }
            }
        }
        Ok(keymap)
    }

    /// Removes the keys that lead to creating.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.unbind(KeyContext::Review, Command::Right);
        self.without_deployments().without_edits()
    }

    /// Removes the keys that write a definition version.
    #[must_use]
    pub fn without_edits(mut self) -> Self {
        self.unbind(KeyContext::Assemble, Command::Edit);
        self.unbind(KeyContext::Assemble, Command::Swap);
        self.unbind(KeyContext::Assemble, Command::Fix);
        self.unbind(KeyContext::Review, Command::Fix);
        self
    }

    /// Removes the keys that lead to deploying.
    #[must_use]
    pub fn without_deployments(mut self) -> Self {
        for context in KeyContext::ALL {
            self.unbind(context, Command::Deploy);
            self.unbind(context, Command::ResetDeployments);
        }
        self
    }

    fn unbind(&mut self, context: KeyContext, command: Command) {
        for key in self.keys.remove(&(context, command)).unwrap_or_default() {
            self.commands.remove(&(context, key));
        }
    }

    /// True for a command without a key that can be found by its name, unless it is forbidden.
    pub fn is_found_by_name(&self, context: KeyContext, binding: &Binding) -> bool {
        binding.keys.is_empty() && self.keys.contains_key(&(context, binding.command))
    }

    pub fn command(&self, context: KeyContext, key: KeyPress) -> Option<Command> {
        self.commands.get(&(context, key)).copied()
    }

    pub fn keys(&self, context: KeyContext, command: Command) -> &[KeyPress] {
        self.keys
            .get(&(context, command))
            .map_or(&[], Vec::as_slice)
    }

    /// The first key of a command, for sentences on the screen: `r`.
    pub fn key_name(&self, context: KeyContext, command: Command) -> String {
        self.keys(context, command)
            .first()
            .map_or_else(|| command.name().to_owned(), ToString::to_string)
    }

    /// The default keys of a command, in all contexts together.
    pub fn default_keys(command: Command) -> Vec<&'static str> {
        let rows = BINDINGS.iter().filter(|row| row.command == command);
        let keys: IndexSet<&str> = rows.flat_map(|row| row.keys).copied().collect();
        keys.into_iter().collect()
    }

    /// The footer's label of `command` in `context`; empty if it has none.
    pub fn label(context: KeyContext, command: Command) -> &'static str {
        let row = Self::rows(context).find(|row| row.command == command);
        row.map_or("", |row| row.label)
    }

    /// The rows of the table for `context`, the most important first.
    pub fn rows(context: KeyContext) -> impl Iterator<Item = &'static Binding> {
        BINDINGS
            .iter()
            .filter(move |binding| binding.contexts.contains(&context))
    }
}

impl KeyPress {
    /// True for a key that a text line needs for typing or editing.
    pub fn belongs_to_a_line(self) -> bool {
        self.types_text() || EDITS_A_LINE.contains(&self)
    }
}
