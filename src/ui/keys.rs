//! The names of the current keys in one context.

use crate::app::{Command, KeyContext, Keymap, Session};

/// The current keymap, and the context whose keys a text names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys<'a> {
    keymap: &'a Keymap,
    context: KeyContext,
}

impl<'a> Keys<'a> {
    pub(super) const fn new(session: &'a Session, context: KeyContext) -> Self {
        Self {
            keymap: session.keymap(),
            context,
        }
    }

    /// The first key of a command, or the command's own name if it has none.
    pub(super) fn name(self, command: Command) -> String {
        self.keymap.key_name(self.context, command)
    }

    /// `None` if the command has no key here.
    pub(super) fn bound(self, command: Command) -> Option<String> {
        let keys = self.keymap.keys(self.context, command);
        keys.first().map(ToString::to_string)
    }

    /// The first keys of two related commands: `Up/Down`.
    pub(super) fn pair(self, first: Command, second: Command) -> String {
        format!("{}/{}", self.name(first), self.name(second))
    }

    /// The keys that move among boxes and tick them: `Up/Down, Space`.
    pub(super) fn of_boxes(self) -> String {
        let move_among = self.pair(Command::Up, Command::Down);
        format!("{move_among}, {}", self.name(Command::Tick))
    }
}
