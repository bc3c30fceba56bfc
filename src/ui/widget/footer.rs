//! The last line: what there is to say, else the keys that are valid here, those that matter most first.

use super::cells::width;
use super::paper::Paper;
use super::row::Row;
use crate::app::keymap::Binding;
use crate::app::overlay::Overlay;
use crate::app::overlay::moved::Choice;
use crate::app::screen::Screen;
use crate::app::screen::outcome::Verdict;
use crate::app::screen::review::{Focus, Line, Review};
use crate::app::{App, Command, Context, Keymap};

/// Draws the notice or the keys.
pub(crate) fn draw(app: &App, paper: &mut Paper<'_, '_>) {
    let theme = paper.theme;
    let row = paper.row().gap(1);
    let row = match &app.session.notice {
        Some(notice) => row.text(theme.notice, notice),
        None => keys(app, row, paper.width()),
    };
    paper.write(0, &row.line());
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

/// The keys valid here, in the order of the table, what decides a question before the rest.
fn hints(app: &App) -> Vec<Hint> {
    let context = app.context();
    let session = &app.session;
    let mut hints: Vec<Hint> = Keymap::rows(context)
        .filter_map(|binding| {
            let key = session.keymap.keys(context, binding.command).first()?;
            let label = label(app, context, binding)?;
            Some(Hint {
                command: binding.command,
                key: key.to_string(),
                label,
                is_available: session.unavailable(binding.command).is_none(),
            })
        })
        .collect();
    hints.sort_by_key(|hint| {
        let first = [Command::Open, Command::Right, Command::Tick];
        let place = first.iter().position(|command| *command == hint.command);
        place.unwrap_or(first.len())
    });
    hints
}

/// As many as fit, the help always among them.
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

/// The word for what a key does here; none for what need not be told.
fn label(app: &App, context: Context, binding: &Binding) -> Option<&'static str> {
    let label = match (context, binding.command) {
        (_, command) if !is_obeyed(app, command) => "",
        (_, Command::Open) => enter(app),
        (Context::Review | Context::Question, Command::Right) => "next button",
        (Context::Review, Command::NextMark) => "findings",
        (Context::Review, Command::Retry) => "read again",
        (Context::Outcome, Command::Retry) => "look again",
        (Context::Reader, Command::NextMark) => "next",
        (_, Command::Tick) => tick(app),
        _ => binding.label,
    };
    (!label.is_empty()).then_some(label)
}

/// What Space does now.
fn tick(app: &App) -> &'static str {
    match app.overlays().last() {
        None => "tick",
        Some(Overlay::History(_)) => "take its slot",
        Some(Overlay::Moved(moved)) if moved.conflicts().next().is_some() => "mine or theirs",
        Some(_) => "",
    }
}

/// False for what the front overlay or the screen lets pass.
fn is_obeyed(app: &App, command: Command) -> bool {
    let Some(overlay) = app.overlays().last() else {
        return is_obeyed_by_screen(app, command);
    };
    match (command, overlay) {
        (Command::Search, Overlay::Calls(_) | Overlay::Users(_)) | (Command::PlainText, _) => false,
        (Command::Retry, overlay) => matches!(overlay, Overlay::History(_)),
        (Command::Save, overlay) => matches!(overlay, Overlay::Calls(_) | Overlay::Reader(_)),
        (Command::Copy, overlay) => matches!(
            overlay,
            Overlay::Calls(_) | Overlay::Reader(_) | Overlay::History(_)
        ),
        (Command::Back, Overlay::Question(question)) => question.is_about_quitting(),
        (Command::Diff, overlay) => {
            matches!(overlay, Overlay::Moved(moved) if moved.current().is_some())
        }
        (_, _) => true,
    }
}

fn is_obeyed_by_screen(app: &App, command: Command) -> bool {
    match (command, app.screen()) {
        (Command::Back, Some(Screen::Groups(groups))) => groups.picker.has_search_line(),
        (Command::Tick, Some(Screen::Review(review))) => !review.boxes.all().is_empty(),
        (Command::Right, Some(Screen::Review(_))) => !app.session.launch.read_only,
        (Command::Retry, Some(Screen::Outcome(outcome))) => {
            matches!(outcome.result, Verdict::Unknown(..))
        }
        (_, _) => true,
    }
}

/// What Enter does now.
fn enter(app: &App) -> &'static str {
    if let Some(overlay) = app.overlays().last() {
        return match overlay {
            Overlay::Help(_) => "do it",
            Overlay::Reader(reader) if reader.is_typing() => "to the text",
            Overlay::Calls(_) | Overlay::Users(_) | Overlay::Reader(_) => "close",
            Overlay::History(_) => "start from it",
            Overlay::Contexts(_) => "switch",
            Overlay::Question(_) => "choose",
            Overlay::Moved(moved) => match moved.focus {
                Choice::Back => "back",
                Choice::Rebase | Choice::Overwrite => "choose",
            },
        };
    }
    match app.screen() {
        Some(Screen::Groups(_)) => "open",
        Some(Screen::Assemble(_)) => "pick",
        Some(Screen::Review(review)) => enter_in_review(app, review),
        Some(Screen::Outcome(outcome)) if outcome.is_success() => "go on",
        Some(Screen::Outcome(_)) => "back to the draft",
        None => "",
    }
}

fn enter_in_review(app: &App, review: &Review) -> &'static str {
    match (review.focus, review.current_line(&app.session)) {
        (Focus::Cancel, _) => "cancel",
        (Focus::Create, _) => "create",
        (Focus::List, Some(Line::Slot(kind))) if review.expanded == Some(kind) => "whole screen",
        (Focus::List, Some(Line::Slot(_))) => "difference",
        (Focus::List, Some(Line::Finding(_))) => "go to its slot",
        (Focus::List, None) => "",
    }
}
