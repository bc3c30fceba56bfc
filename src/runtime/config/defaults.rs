//! The settings and their defaults, as the text of a configuration file and as the README's table.

use std::fmt::Write;

use crate::app::Command;
use crate::app::keymap::Keymap;
use crate::ui::theme::Theme;

/// One setting other than keys.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its section; empty at the top of the file.
    pub section: &'static str,
    pub name: &'static str,
    /// As written in the file.
    pub default: &'static str,
    pub help: &'static str,
}

const fn setting(
    section: &'static str,
    name: &'static str,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting {
        section,
        name,
        default,
        help,
    }
}

/// Every setting except the keys, in the order of the file.
pub const SETTINGS: [Setting; 11] = [
    setting(
        "",
        "sort",
        "\"own\"",
        "order in which the panes begin: \"own\" (the definition in the slot, then the others by name), \"newest\", \"name\" or \"latest\" (base first, then latest versions)",
    ),
    setting(
        "",
        "ascii",
        "false",
        "borders and marks in ASCII, even where the locale is UTF-8",
    ),
    setting(
        "",
        "color",
        "\"auto\"",
        "\"auto\" (NO_COLOR and TERM decide), \"always\" or \"never\"; --color wins",
    ),
    setting(
        "requests",
        "per_second",
        "10.0",
        "requests a second, retries included; the service allows an account 30, which the devices share",
    ),
    setting(
        "requests",
        "burst",
        "20",
        "requests that may go out at once after a pause",
    ),
    setting(
        "protected",
        "profiles",
        "[]",
        "profiles where a group's name is typed before anything is sent; `*` stands for any text",
    ),
    setting("protected", "accounts", "[]", "the same for account ids"),
    setting("protected", "groups", "[]", "the same for groups, by name"),
    setting(
        "allow",
        "deploy",
        "true",
        "false unbinds everything that deploys a version or resets a group",
    ),
    setting(
        "allow",
        "edit",
        "true",
        "false unbinds everything that writes a definition version",
    ),
    setting(
        "theme",
        "name",
        "\"auto\"",
        "\"auto\" (by COLORFGBG, else dark), \"dark\", \"light\", \"colour-blind\" or \"monochrome\"; its roles can be set beside it, such as dropped = \"bold red\"",
    ),
];

/// The settings at the top of the file.
pub(super) fn top_names() -> Vec<&'static str> {
    let mut names = Vec::new();
    for setting in SETTINGS {
        let name = if setting.section.is_empty() {
            setting.name
        } else {
            setting.section
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.push("keys");
    names
}

const OPENING: &str = "\
# greengroup: every setting, with its default.
#
# Put what you change into ~/.config/greengroup/config.toml ($XDG_CONFIG_HOME), or name a file by --config.
# Names that are not known are refused. `greengroup doctor` says which file is in force.
";

const ABOUT_ROLES: &str = "\
# A style is a colour and what is added to it, such as \"bold yellow\", \"white on red\" or \"none\". The roles:
";

const ABOUT_KEYS: &str = "\
# Each command takes a list of keys, wherever it is valid; [] takes its keys away.
# Keys are written like \"a\", \"G\", \"/\", \"Ctrl-U\", \"Shift-Tab\", \"PgUp\", \"Enter\", \"Space\", \"F5\".
# In a search line, letters and what edits the line (Ctrl-U, Ctrl-W, Ctrl-A, Ctrl-E, arrows) stay the line's.
";

/// A configuration file with all defaults.
pub fn text() -> String {
    let mut text = OPENING.to_owned();
    let mut section = "";
    for setting in SETTINGS {
        if setting.section != section {
            section = setting.section;
            _ = write!(text, "\n[{section}]\n");
        } else if section.is_empty() {
            text.push('\n');
        }
        _ = writeln!(
            text,
            "# {}\n{} = {}",
            setting.help, setting.name, setting.default
        );
    }
    _ = writeln!(text, "{ABOUT_ROLES}# {}", Theme::ROLES.join(", "));
    _ = write!(text, "\n[keys]\n{ABOUT_KEYS}");
    for command in Command::all() {
        let keys: Vec<String> = Keymap::default_keys(command)
            .into_iter()
            .map(|key| format!("{key:?}"))
            .collect();
        let keys = keys.join(", ");
        _ = writeln!(
            text,
            "\n# {}\n{} = [{keys}]",
            command.help(),
            command.name()
        );
    }
    text
}
