//! Which key means which command where: the one table behind dispatch, footer, help and the README.

use std::collections::HashMap;

use super::command::Command;
use super::key::{Key, KeyPress};
use crate::domain::DefinitionKind;

/// Where a key is pressed; the same key can mean different things in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    Groups,
    Assemble,
    Review,
    Outcome,
    /// A search line has the focus: letters are text.
    Search,
    /// A text over the whole screen: preview, difference, plain view.
    Reader,
    /// A list to choose from: help, history, profiles.
    Menu,
    /// A question with buttons.
    Question,
}

impl Context {
    pub const ALL: [Self; 8] = [
        Self::Groups,
        Self::Assemble,
        Self::Review,
        Self::Outcome,
        Self::Search,
        Self::Reader,
        Self::Menu,
        Self::Question,
    ];

    /// The name shown in the help and in the README.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Assemble => "assemble",
            Self::Review => "review",
            Self::Outcome => "outcome",
            Self::Search => "search line",
            Self::Reader => "text",
            Self::Menu => "list",
            Self::Question => "question",
        }
    }
}

/// One row of the table of keys.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub command: Command,
    pub keys: &'static [&'static str],
    pub contexts: &'static [Context],
    /// The word in the footer; rows without one are not shown there.
    pub label: &'static str,
}

use Context::{Assemble, Groups, Menu, Outcome, Question, Reader, Review, Search};

const LISTS: &[Context] = &[Groups, Assemble, Review, Outcome, Reader, Menu, Question];
const SCREENS: &[Context] = &[Groups, Assemble, Review, Outcome];
const EVERYWHERE: &[Context] = &Context::ALL;

const fn row(
    command: Command,
    keys: &'static [&'static str],
    contexts: &'static [Context],
    label: &'static str,
) -> Binding {
    Binding {
        command,
        keys,
        contexts,
        label,
    }
}

/// The keys as they are without configuration, those that matter most in the footer first.
pub const BINDINGS: &[Binding] = &[
    row(
        Command::Open,
        &["Enter"],
        &[Groups, Review, Outcome, Menu, Question, Reader],
        "",
    ),
    row(Command::Open, &["Enter"], &[Assemble, Search], "pick"),
    row(Command::Empty, &["x"], &[Assemble], "none"),
    row(Command::Reset, &["="], &[Assemble], "base"),
    row(Command::Undo, &["u", "z"], &[Assemble], "undo"),
    row(
        Command::Search,
        &["/"],
        &[Groups, Assemble, Reader, Menu],
        "search",
    ),
    row(Command::Tick, &["Space"], &[Review], "tick"),
    row(Command::Tick, &["Space"], &[Menu, Question], ""),
    row(Command::Diff, &["d"], &[Assemble, Review], "diff"),
    row(Command::Diff, &["d"], &[Question], "what differs"),
    row(Command::Review, &["a"], &[Assemble], "review"),
    row(Command::LeaveSearch, &["Tab"], &[Search], "keep filter"),
    row(Command::ClearSearch, &["Esc"], &[Search], "clear"),
    row(Command::EarlierSearch, &["Ctrl-R"], &[Search], "earlier"),
    row(Command::Help, &["?"], LISTS, "help"),
    row(Command::Back, &["Esc"], LISTS, "back"),
    row(
        Command::Retry,
        &["r"],
        &[Groups, Assemble, Review, Outcome, Menu],
        "retry",
    ),
    row(Command::Copy, &["y"], LISTS, "copy"),
    row(Command::Wrap, &["w"], &[Reader], "wrap"),
    row(Command::Save, &["s"], &[Reader, Menu], "save"),
    row(Command::Preview, &["p"], &[Assemble], "preview"),
    row(
        Command::NextMark,
        &["n"],
        &[Assemble, Review, Reader],
        "next mark",
    ),
    row(
        Command::PreviousMark,
        &["N"],
        &[Assemble, Review, Reader],
        "",
    ),
    row(Command::PickAndStay, &["Space"], &[Assemble], ""),
    row(Command::Sort, &["o"], &[Groups, Assemble], "sort"),
    row(Command::OlderVersions, &["v"], &[Assemble], "older"),
    row(Command::History, &["b"], &[Assemble], "base version"),
    row(Command::WhereUsed, &["w"], &[Assemble], "where used"),
    row(Command::Compare, &["m", "W"], &[Assemble], "compare"),
    row(Command::Redo, &["U", "Z"], &[Assemble], "redo"),
    row(Command::PlainText, &["Y"], LISTS, "plain text"),
    row(
        Command::SwitchContext,
        &["c"],
        &[Groups, Assemble],
        "context",
    ),
    row(Command::Reload, &["R"], SCREENS, "reload"),
    row(Command::Calls, &["!", "@"], SCREENS, "calls"),
    row(Command::FindCommand, &[":"], SCREENS, ""),
    row(Command::Quit, &["q", "Ctrl-C"], LISTS, "quit"),
    row(Command::Quit, &["Ctrl-C"], &[Search], ""),
    row(
        Command::NextPane,
        &["Tab", "]"],
        &[Assemble, Review, Outcome, Question],
        "",
    ),
    row(
        Command::PreviousPane,
        &["Shift-Tab", "["],
        &[Assemble, Review, Outcome, Question],
        "",
    ),
    row(Command::Pane(DefinitionKind::Core), &["1"], &[Assemble], ""),
    row(
        Command::Pane(DefinitionKind::Device),
        &["2"],
        &[Assemble],
        "",
    ),
    row(
        Command::Pane(DefinitionKind::Function),
        &["3"],
        &[Assemble],
        "",
    ),
    row(
        Command::Pane(DefinitionKind::Connector),
        &["4"],
        &[Assemble],
        "",
    ),
    row(
        Command::Pane(DefinitionKind::Resource),
        &["5"],
        &[Assemble],
        "",
    ),
    row(
        Command::Pane(DefinitionKind::Subscription),
        &["6"],
        &[Assemble],
        "",
    ),
    row(
        Command::Pane(DefinitionKind::Logger),
        &["7"],
        &[Assemble],
        "",
    ),
    row(Command::Up, &["Up", "k", "Ctrl-P"], LISTS, ""),
    row(Command::Up, &["Up", "Ctrl-P"], &[Search], ""),
    row(Command::Down, &["Down", "j", "Ctrl-N"], LISTS, ""),
    row(Command::Down, &["Down", "Ctrl-N"], &[Search], ""),
    row(Command::PageUp, &["PgUp", "Ctrl-U", ","], LISTS, ""),
    row(Command::PageUp, &["PgUp"], &[Search], ""),
    row(Command::PageDown, &["PgDn", "Ctrl-D", "."], LISTS, ""),
    row(Command::PageDown, &["PgDn", "Ctrl-D"], &[Search], ""),
    row(Command::PreviewUp, &["K"], &[Assemble], ""),
    row(Command::PreviewDown, &["J"], &[Assemble], ""),
    row(Command::First, &["g", "Home", "<"], LISTS, ""),
    row(Command::Last, &["G", "End", ">"], LISTS, ""),
    row(
        Command::Left,
        &["Left", "h"],
        &[Review, Question, Reader, Outcome],
        "",
    ),
    row(
        Command::Right,
        &["Right", "l"],
        &[Assemble, Review, Question, Reader, Outcome],
        "",
    ),
    row(Command::Suspend, &["Ctrl-Z"], EVERYWHERE, ""),
    row(Command::Redraw, &["Ctrl-L"], EVERYWHERE, ""),
];

/// What edits a search line; other keys of a command still hold there.
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

/// The keys in force: the table above with what the configuration changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    commands: HashMap<(Context, KeyPress), Command>,
    /// In the order in which the configuration or the table gives them.
    keys: HashMap<(Context, Command), Vec<KeyPress>>,
}

/// Two commands want the same key in one place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key} would mean both {} and {} in {}", first.name(), second.name(), context.name())]
pub struct KeyConflict {
    pub key: KeyPress,
    pub context: Context,
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
            let keys: Vec<KeyPress> = binding
                .keys
                .iter()
                .filter_map(|key| key.parse().ok())
                .collect();
            for &context in binding.contexts {
                for &key in &keys {
                    keymap.commands.insert((context, key), binding.command);
                }
                keymap
                    .keys
                    .entry((context, binding.command))
                    .or_default()
                    .extend(&keys);
            }
        }
        keymap
    }
}

impl Keymap {
    /// The table with other keys for some commands, wherever each command is valid; no keys unbind it.
    pub fn with(changes: &[(Command, Vec<KeyPress>)]) -> Result<Self, KeyConflict> {
        let mut keymap = Self::default();
        for (command, _) in changes {
            keymap.commands.retain(|_, bound| bound != command);
        }
        for (command, keys) in changes {
            for context in Context::ALL {
                if let Some(bound) = keymap.keys.get_mut(&(context, *command)) {
                    let free = |key: &&KeyPress| context != Search || !key.belongs_to_a_line();
                    *bound = keys.iter().filter(free).copied().collect();
                    let keys = bound.clone();
                    keymap.bind(context, *command, &keys)?;
                }
            }
        }
        Ok(keymap)
    }

    fn bind(
        &mut self,
        context: Context,
        command: Command,
        keys: &[KeyPress],
    ) -> Result<(), KeyConflict> {
        for &key in keys {
            match self.commands.insert((context, key), command) {
                Some(first) if first != command => {
                    return Err(KeyConflict {
                        key,
                        context,
                        first,
                        second: command,
                    });
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    /// What `key` means in `context`.
    pub fn command(&self, context: Context, key: KeyPress) -> Option<Command> {
        self.commands.get(&(context, key)).copied()
    }

    /// The keys that mean `command` in `context`.
    pub fn keys(&self, context: Context, command: Command) -> &[KeyPress] {
        self.keys
            .get(&(context, command))
            .map_or(&[], Vec::as_slice)
    }

    /// The first key of a command, for a sentence on the screen: `r`.
    pub fn key_name(&self, context: Context, command: Command) -> String {
        self.keys(context, command)
            .first()
            .map_or_else(|| command.name().to_owned(), ToString::to_string)
    }

    /// The keys that a command has in the table, those of every place together.
    pub fn default_keys(command: Command) -> Vec<&'static str> {
        let mut keys = Vec::new();
        for binding in BINDINGS.iter().filter(|row| row.command == command) {
            for &key in binding.keys {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// The table's rows that hold in `context`, the most important first.
    pub fn rows(context: Context) -> impl Iterator<Item = &'static Binding> {
        BINDINGS
            .iter()
            .filter(move |binding| binding.contexts.contains(&context))
    }
}

impl KeyPress {
    /// True for a key that a text line needs for itself: to type, or to edit what was typed.
    fn belongs_to_a_line(self) -> bool {
        self.types_text() || EDITS_A_LINE.contains(&self)
    }

    /// True for a key that a text line takes as text.
    pub const fn types_text(self) -> bool {
        matches!(self.key, Key::Char(_)) && !self.control && !self.alt
    }
}
