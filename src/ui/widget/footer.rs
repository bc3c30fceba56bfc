//! The footer: the notice, else the keys that are valid here, the most important first.

use super::canvas::Canvas;
use super::cells::width;
use super::row::Row;
use crate::app::key::KeyPress;
use crate::app::keymap::Binding;
use crate::app::unavailable::Unavailable;
use crate::app::{App, Command, KeyContext, Keymap};
use crate::ui::keys::Keys;
use crate::ui::notice::notice_text;

/// Draws the notice or the keys.
pub(crate) fn draw(app: &App, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let row = canvas.row().gap(1);
    let row = match app.session.notice() {
        Some(notice) => {
            let keys = Keys::new(&app.session, app.context());
            row.text(theme.notice, &notice_text(notice, keys))
        }
        None => keys(app, row, canvas.width()),
    };
    canvas.write(0, &row.line());
}

/// One key with its word.
struct Hint {
    command: Command,
    key: String,
    label: &'static str,
    is_available: bool,
}

impl Hint {
    fn width(&self) -> usize {
        width(&self.key) + 1 + width(self.label) + 2
    }
}

fn keys<'a>(app: &App, mut row: Row<'a>, room: usize) -> Row<'a> {
    let theme = row.theme();
    for hint in fitting(hints(app), room) {
        let (key, label) = if hint.is_available {
            (theme.key, theme.plain)
        } else {
            (theme.faint, theme.faint)
        };
        row = row
            .text(key, &hint.key)
            .gap(1)
            .text(label, hint.label)
            .gap(2);
    }
    row
}

/// The keys valid here, in the order of the table, those that answer a dialog first.
fn hints(app: &App) -> Vec<Hint> {
    let context = app.context();
    let keymap = app.session.keymap();
    let mut hints: Vec<Hint> = Keymap::rows(context)
        .filter_map(|binding| {
            let key = live_key(app, keymap.keys(context, binding.command))?;
            let label = label(app, binding);
            let obstacle = app.unavailable(binding.command);
            let is_shown = !label.is_empty() && !matches!(obstacle, Some(Unavailable::NotHere(_)));
            is_shown.then(|| Hint {
                command: binding.command,
                key: key.to_string(),
                label,
                is_available: obstacle.is_none(),
            })
        })
        .collect();
    let first: &[Command] = match context {
        KeyContext::Review | KeyContext::Question | KeyContext::Rebase | KeyContext::Deployment => {
            &[Command::Open, Command::Right, Command::Tick]
        }
        KeyContext::BaseHistory => &[Command::Open, Command::Tick],
        KeyContext::Groups
        | KeyContext::Assemble
        | KeyContext::Outcome
        | KeyContext::Search
        | KeyContext::Pager
        | KeyContext::Help
        | KeyContext::Calls
        | KeyContext::WhereUsed
        | KeyContext::Accounts
        | KeyContext::Line
        | KeyContext::Fixes
        | KeyContext::Swap => &[Command::Open],
    };
    hints.sort_by_key(|hint| {
        let place = first.iter().position(|command| *command == hint.command);
        place.unwrap_or(first.len())
    });
    hints
}

/// As many as fit, always with the help.
fn fitting(hints: Vec<Hint>, room: usize) -> Vec<Hint> {
    let help = hints.iter().find(|hint| hint.command == Command::Help);
    let reserved = help.map_or(0, Hint::width);
    let mut used = 0;
    let mut is_full = false;
    let mut fitting = Vec::new();
    for hint in hints {
        if hint.command == Command::Help {
            fitting.push(hint);
            continue;
        }
        is_full |= used + hint.width() + reserved > room + 1;
        if !is_full {
            used += hint.width();
            fitting.push(hint);
        }
    }
    fitting
}

/// The word for what a key does here.
fn label(app: &App, binding: &Binding) -> &'static str {
    if binding.command == Command::Open {
        app.enter_label()
    } else {
        binding.label
    }
}

/// The first key that is not text for the name that confirms.
fn live_key(app: &App, keys: &[KeyPress]) -> Option<KeyPress> {
    let mut keys = keys.iter().copied();
    keys.find(|key| !app.takes_as_text(*key))
}
