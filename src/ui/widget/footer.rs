//! The footer: the notice, or else the keys of the context, the most important first.

use ratatui::text::Line;

use super::cells::{width, wrap};
use super::row::Row;
use crate::app::unavailable::Unavailable;
use crate::app::{App, Command, KeyContext, Keymap};
use crate::ui::Theme;
use crate::ui::keys::Keys;
use crate::ui::notice::notice_text;

/// The rows that a notice takes at most: its end often says what to do.
const MAX_NOTICE_ROWS: usize = 3;

/// The notice, in as many rows as it takes, or the keys.
pub(crate) fn lines(app: &App, theme: &Theme, room: usize) -> Vec<Line<'static>> {
    let row = || Row::new(theme, room).gap(1);
    let Some(notice) = app.session.notice() else {
        return vec![keys(app, row(), room).line()];
    };
    let keys = Keys::new(&app.session, app.context());
    let mut parts = wrap(&notice_text(notice, keys), room.saturating_sub(2));
    if parts.len() > MAX_NOTICE_ROWS {
        let rest = parts.split_off(MAX_NOTICE_ROWS - 1);
        parts.push(rest.join(" "));
    }
    let parts = parts.iter();
    parts
        .map(|part| row().text(theme.notice, part).line())
        .collect()
}

/// One key with its label.
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
    let (hints, is_cut) = fitting(hints(app), room);
    for hint in hints {
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
    if is_cut {
        row = row.text(theme.faint, theme.symbols.ellipsis);
    }
    row
}

/// The keys of the context in the order of the table, those that answer a dialog first.
fn hints(app: &App) -> Vec<Hint> {
    let context = app.context();
    let keymap = app.session.keymap();
    let mut hints: Vec<Hint> = Keymap::rows(context)
        .filter_map(|binding| {
            // A key that is text for the confirming name does nothing else.
            let mut keys = keymap.keys(context, binding.command).iter();
            let key = keys.find(|key| !app.takes_as_text(**key))?;
            let label = if binding.command == Command::Open {
                app.enter_label()
            } else {
                binding.label
            };
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

/// The hints that fit, always with the help, and whether any is left out. Unavailable keys are left out
/// first.
fn fitting(mut hints: Vec<Hint>, room: usize) -> (Vec<Hint>, bool) {
    let cells = |hints: &[Hint]| hints.iter().map(Hint::width).sum::<usize>();
    let may_go = |hint: &Hint| !hint.is_available && hint.command != Command::Help;
    while cells(&hints) > room + 1
        && let Some(place) = hints.iter().rposition(may_go)
    {
        hints.remove(place);
    }
    if cells(&hints) <= room + 1 {
        return (hints, false);
    }
    // The sign for more keys follows the last hint.
    while cells(&hints) > room - 1
        && let Some(place) = hints.iter().rposition(|hint| hint.command != Command::Help)
    {
        hints.remove(place);
    }
    (hints, true)
}
