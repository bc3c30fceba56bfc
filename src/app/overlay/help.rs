//! The keys of the view below, from the current keymap. Enter executes the command of a row.

use super::menu::{Menu, MenuRow};
use crate::app::command::{Command, CommandGroup};
use crate::app::keymap::{Binding, KeyContext, Keymap};
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::{Searchable, View};

/// The help for one key context.
#[derive(Debug)]
pub struct Help {
    pub context: KeyContext,
    pub menu: Menu<HelpRow>,
}

/// A command with its keys and its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRow {
    /// The command of Enter, or the reason why it is unavailable.
    pub command: Result<Command, Unavailable>,
    /// `None` for a task that is done elsewhere.
    pub group: Option<CommandGroup>,
    /// Separated by blanks: `Up k Ctrl-P`.
    pub keys: String,
    pub does: String,
}

/// Tasks of the shell that users search for: names to find each, and a description.
const FROM_THE_SHELL: [(&str, &str); 2] = [
    (
        "export snapshot backup download save",
        "export the account: greengroup snapshot FILE, in a shell",
    ),
    (
        "theme colours colors light dark",
        "another theme: start greengroup with --theme NAME",
    ),
];

impl Help {
    /// Lists all keys; those of the panes share a row.
    pub fn new(context: KeyContext, session: &Session) -> Self {
        Self {
            context,
            menu: Menu::new(with_panes_in_one(commands(context, session))),
        }
    }

    /// Lists every command in its own row, with the search line open.
    pub fn searched(context: KeyContext, session: &Session) -> Self {
        let mut rows = commands(context, session);
        if context == KeyContext::Groups {
            let has = |command| rows.iter().any(|row| row.value.command == Ok(command));
            let in_group = commands(KeyContext::Assemble, session).into_iter();
            let in_group = in_group.filter(|row| !row.value.command.is_ok_and(has));
            let in_group = in_group.map(|row| {
                let does = format!("in a group: {} {}", row.value.keys, row.value.does);
                not_here(&row.names, &does, "open a group first")
            });
            let in_group: Vec<_> = in_group.collect();
            rows.extend(in_group);
        }
        let why = "that is done from the shell";
        rows.extend(FROM_THE_SHELL.map(|(names, does)| not_here(names, does, why)));
        let mut menu = Menu::new(rows);
        menu.command(Command::Search, session);
        Self { context, menu }
    }
}

impl View for Help {
    fn context(&self) -> KeyContext {
        KeyContext::Help
    }

    fn menu(&self) -> Option<&dyn Searchable> {
        Some(&self.menu)
    }

    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        Some(&mut self.menu)
    }

    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        let selected = self.menu.selected().filter(|_| command == Command::Open);
        selected.and_then(|row| row.command.err())
    }

    fn execute(&mut self, command: Command, _session: &mut Session) -> Transition {
        match (command, self.menu.selected().map(|row| row.command)) {
            (Command::Open, Some(Ok(chosen))) => Transition::Execute(chosen),
            (Command::Help | Command::Back, _) => Transition::Close,
            _ => Transition::Stay,
        }
    }
}

/// A row that says where a task is done.
fn not_here(names: &str, does: &str, why: &'static str) -> MenuRow<HelpRow> {
    MenuRow {
        text: does.to_owned(),
        names: names.to_owned(),
        value: HelpRow {
            command: Err(Unavailable::NotHere(why)),
            group: None,
            keys: String::new(),
            does: does.to_owned(),
        },
    }
}

/// The rows of all commands, by group.
fn commands(context: KeyContext, session: &Session) -> Vec<MenuRow<HelpRow>> {
    let keymap = session.keymap();
    let rows = Keymap::rows(context).filter_map(|binding| {
        let keys = keymap.keys(context, binding.command).iter();
        let keys: Vec<String> = keys.map(ToString::to_string).collect();
        let keys = keys.join(" ");
        let is_listed = !keys.is_empty() || keymap.is_found_by_name(context, binding);
        is_listed.then(|| MenuRow {
            text: format!("{keys} {}", binding.help()),
            names: names(binding),
            value: HelpRow {
                command: Ok(binding.command),
                group: Some(binding.command.group()),
                keys,
                does: binding.help().to_owned(),
            },
        })
    });
    let mut rows: Vec<MenuRow<HelpRow>> = rows.collect();
    rows.dedup_by(|one, other| one.value.command == other.value.command);
    rows.sort_by_key(|row| row.value.group);
    rows
}

/// Replaces the rows of the panes by one row.
fn with_panes_in_one(rows: Vec<MenuRow<HelpRow>>) -> Vec<MenuRow<HelpRow>> {
    let is_pane = |row: &MenuRow<HelpRow>| matches!(row.value.command, Ok(Command::Pane(_)));
    let place = rows.iter().position(is_pane);
    let (panes, mut others): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_pane);
    let texts = |text: fn(&MenuRow<HelpRow>) -> &str| {
        let texts: Vec<&str> = panes.iter().map(text).collect();
        texts.join(" ")
    };
    if let Some(place) = place {
        let all = MenuRow {
            text: texts(|row| &row.text),
            names: texts(|row| &row.names),
            value: HelpRow {
                command: Err(Unavailable::NotHere("press the key of a pane")),
                group: Some(CommandGroup::Moving),
                keys: texts(|row| &row.value.keys),
                does: "the pane in this place".to_owned(),
            },
        };
        others.insert(place, all);
    }
    others
}

/// Search words for a command: its name, the footer's label, and names in other programs.
fn names(binding: &Binding) -> String {
    let name = binding.command.name();
    let words = name.replace('-', " ");
    format!(
        "{words} {name} {} {}",
        binding.label,
        binding.command.also()
    )
}
