//! The keys of the view below, out of the keymap in force; Enter executes the row's command.

use super::menu::{Menu, MenuRow};
use crate::app::command::Command;
use crate::app::keymap::{Binding, KeyContext, Keymap};
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::{Searchable, View};

/// The help for one place.
#[derive(Debug)]
pub struct Help {
    pub context: KeyContext,
    pub menu: Menu<HelpRow>,
}

/// A command with its keys and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRow {
    /// `None` for what is done from the shell.
    pub command: Option<Command>,
    /// With blanks between them: `Up k Ctrl-P`.
    pub keys: String,
    pub does: &'static str,
}

/// What people look for that no key does: names to find it by, and what does it.
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
    pub fn new(context: KeyContext, session: &Session) -> Self {
        let rows = Keymap::rows(context).filter_map(|binding| {
            let keys: Vec<String> = session
                .keymap()
                .keys(context, binding.command)
                .iter()
                .map(ToString::to_string)
                .collect();
            let is_listed = !keys.is_empty() || session.keymap().is_found_by_name(context, binding);
            is_listed.then(|| MenuRow {
                text: format!("{} {}", keys.join(" "), binding.help()),
                names: names(binding),
                value: HelpRow {
                    command: Some(binding.command),
                    keys: keys.join(" "),
                    does: binding.help(),
                },
            })
        });
        let mut rows: Vec<MenuRow<HelpRow>> = rows.collect();
        rows.dedup_by(|one, other| one.value.command == other.value.command);
        rows.sort_by_key(|row| row.value.command.map(Command::group));
        Self {
            context,
            menu: Menu::new(rows),
        }
    }

    /// The same with its search line open.
    pub fn searched(context: KeyContext, session: &Session) -> Self {
        let mut help = Self::new(context, session);
        help.menu
            .extend(FROM_THE_SHELL.map(|(names, does)| MenuRow {
                text: does.to_owned(),
                names: names.to_owned(),
                value: HelpRow {
                    command: None,
                    keys: String::new(),
                    does,
                },
            }));
        help.menu.command(Command::Search, session);
        help
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
        let is_from_the_shell = self
            .menu
            .selected()
            .is_some_and(|row| row.command.is_none());
        let why = Unavailable::NotHere("that is done from the shell");
        why.when(command == Command::Open && is_from_the_shell)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends an overlay only its own commands"
    )]
    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        if self.menu.command(command, session) {
            return Transition::Stay;
        }
        match command {
            Command::Open => {
                let chosen = self.menu.selected().and_then(|row| row.command);
                chosen.map_or(Transition::Stay, Transition::Execute)
            }
            Command::Help | Command::Back => Transition::Close,
            _ => Transition::Stay,
        }
    }
}

/// Other names to find it by: its name, the footer's word, and the words of other programs.
fn names(binding: &Binding) -> String {
    let name = binding.command.name();
    let words = name.replace('-', " ");
    format!(
        "{words} {name} {} {}",
        binding.label,
        binding.command.also()
    )
}
