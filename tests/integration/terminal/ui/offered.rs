//! The help lists exactly the commands that work in each place: every key of the table is pressed everywhere.

use std::collections::BTreeSet;

use greengroup::app::effect::{Effect, Timer};
use greengroup::app::key::KeyPress;
use greengroup::app::keymap::BINDINGS;
use greengroup::app::{Command, Event, KeyContext, Keymap};
use ratatui::buffer::Cell;

use super::scenes::{self, LARGE, SMALL};
use super::stage::Stage;
use crate::support::session::Picture;

/// A place for pressing keys: a scene, its size, and the keys that lead there.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) scene: fn((u16, u16)) -> Stage,
    pub(super) size: (u16, u16),
    pub(super) keys: &'static str,
}

pub(super) const fn place(
    name: &'static str,
    scene: fn((u16, u16)) -> Stage,
    size: (u16, u16),
    keys: &'static str,
) -> Place {
    Place {
        name,
        scene,
        size,
        keys,
    }
}

pub(super) const PLACES: &[Place] = &[
    place("groups", scenes::groups, SMALL, "Down"),
    place("groups, filtered", scenes::groups, SMALL, "/ p r e s s Tab"),
    place("groups, searched", scenes::groups, SMALL, "/ p r e s s"),
    place("groups, found", scenes::groups, SMALL, "/ 7 1 c 0 Tab"),
    place("groups, wide", scenes::groups, LARGE, ""),
    place("no groups", scenes::nothing, SMALL, ""),
    place("groups refused", scenes::refused_groups, SMALL, ""),
    place("assemble", scenes::assemble, SMALL, "3"),
    place("assemble, series", scenes::groups, SMALL, "/ 7 1 c 0 Tab t"),
    place("assemble, changed", scenes::changed, SMALL, "3"),
    place("assemble, undone", scenes::changed, SMALL, "u 3"),
    place("assemble, searched", scenes::busy, SMALL, ""),
    place("assemble, no versions", scenes::assemble, SMALL, "2"),
    place("assemble, loading", scenes::loading, SMALL, ""),
    place("assemble, list refused", scenes::denied_list, SMALL, ""),
    place("assemble, preview", scenes::assemble, LARGE, "3 g"),
    place("assemble, read-only", scenes::read_only, LARGE, ""),
    place("review", scenes::review, SMALL, ""),
    place("review, nothing changed", scenes::assemble, SMALL, "a"),
    place("review, large", scenes::review, LARGE, "Right"),
    place("review, a finding", scenes::review_of_finding, SMALL, ""),
    place("review, read-only", scenes::review_read_only, SMALL, ""),
    place("review, moved", scenes::moved_review, SMALL, ""),
    place("review, sending", scenes::sent, SMALL, ""),
    place("created", scenes::created, SMALL, ""),
    place("failed", scenes::failed, SMALL, ""),
    place("failed, large", scenes::failed, LARGE, ""),
    place("unknown", scenes::unknown, SMALL, ""),
    place("unknown, not found", scenes::not_found, SMALL, ""),
    place("dry run", scenes::rehearsed, SMALL, ""),
    place("help", scenes::assemble, SMALL, "? Down"),
    place("help, searched", scenes::assemble, SMALL, ": p a n e"),
    place("preview", scenes::assemble, SMALL, "3 g p"),
    place("preview, wrapped", scenes::assemble, SMALL, "3 g p w"),
    place(
        "preview, scrolled",
        scenes::assemble,
        (60, 24),
        "3 g p Right",
    ),
    place(
        "preview, found",
        scenes::assemble,
        SMALL,
        "3 g p / m e m Enter",
    ),
    place(
        "preview, not found",
        scenes::assemble,
        SMALL,
        "3 g p / q q q Enter",
    ),
    place("preview, searched", scenes::assemble, SMALL, "3 g p / m"),
    place("plain text", scenes::assemble, LARGE, "Y"),
    place("where used", scenes::assemble, SMALL, "3 w"),
    place("where used, short", scenes::assemble, (60, 15), "5 w"),
    place("versions", scenes::assemble, SMALL, "b Down"),
    place("versions, none", scenes::assemble, SMALL, "b / q q q Tab"),
    place("contexts", scenes::assemble, SMALL, "c Down Down"),
    place("calls", scenes::assemble, SMALL, "!"),
    place("calls, scrolled", scenes::assemble, (60, 15), "!"),
    place("calls, none", scenes::refused_groups, SMALL, "!"),
    place("quit?", scenes::assemble, SMALL, "3 g Enter q"),
    place("definition name", scenes::assemble, SMALL, "2 e"),
    place("fixes", scenes::changed, SMALL, "5 f"),
    place("fixes, searched", scenes::changed, SMALL, "5 f / p"),
    place("exchange", scenes::assemble, SMALL, "S Tab"),
    place("exchange, searched", scenes::assemble, SMALL, "S c a m"),
    place(
        "exchange, for what",
        scenes::assemble,
        SMALL,
        "S c a m : 1 2 Enter",
    ),
    place(
        "exchange, places",
        scenes::assemble,
        SMALL,
        "S c a m : 1 2 Enter 3 Enter Down",
    ),
    place("resume?", scenes::left_draft, SMALL, ""),
    place("moved", scenes::moved, SMALL, ""),
    place("deploy?", scenes::assemble, SMALL, "b Down D"),
    place("deploy?, large", scenes::assemble, LARGE, "b Down D Right"),
    place(
        "reset?",
        scenes::assemble,
        SMALL,
        ": r e s e t Space d e p Enter",
    ),
    place("deployment", scenes::assemble, SMALL, "D"),
    place("deployment, failed", scenes::failed_deployment, SMALL, "D"),
    place(
        "deployment, failed, short",
        scenes::failed_deployment,
        (60, 15),
        "D",
    ),
];

impl Place {
    /// The place as first reached, without a notice about the last key.
    fn enter(&self) -> Stage {
        let mut stage = (self.scene)(self.size);
        stage.press(self.keys);
        measure(&mut stage);
        stage.app.session.clear_notice();
        stage
    }

    /// The help in that place: the keys and the description of each row.
    fn help(&self) -> Vec<(Vec<KeyPress>, String)> {
        let mut stage = self.enter();
        let context = stage.app.context();
        if [KeyContext::Help, KeyContext::Search, KeyContext::Line].contains(&context) {
            return rows_of_the_table(context);
        }
        stage.press("?");
        let mut rows: Vec<String> = Vec::new();
        loop {
            let screen = stage.screen();
            let body = screen.lines().take(usize::from(self.size.1) - 1).skip(3);
            let shown = body.take_while(|line| !line.contains("words are ANDed"));
            // From 120 columns on there are two columns of rows.
            let width = usize::from(self.size.0);
            let half = if width < 120 { width } else { width / 2 };
            let columns = |line: &str| {
                let letters: Vec<char> = line.chars().collect();
                let columns = letters.chunks(half).map(|column| column.iter().collect());
                columns.collect::<Vec<String>>()
            };
            // Headings start in the column of the cursor's sign.
            let is_row = |line: &String| line.starts_with(" > ") || line.starts_with("   ");
            let shown = shown.flat_map(columns).filter(is_row);
            let shown = shown.map(|row| row.chars().skip(3).collect::<String>());
            let shown = shown.filter(|row| !row.trim().is_empty());
            let new: Vec<String> = shown.filter(|row| !rows.contains(row)).collect();
            rows.extend(new);
            stage.press("PgDn");
            if stage.screen() == screen {
                break;
            }
        }
        rows.iter().map(|row| keys_and_help(row)).collect()
    }
}

/// The keys and the description of a row.
fn keys_and_help(row: &str) -> (Vec<KeyPress>, String) {
    let (keys, what) = row.split_at_checked(16).unwrap();
    let keys = keys.split_whitespace().map(|key| key.parse().unwrap());
    (keys.collect(), what.trim().to_owned())
}

/// The help has no help of its own, and `?` is text in a search line.
fn rows_of_the_table(context: KeyContext) -> Vec<(Vec<KeyPress>, String)> {
    let keys = |row: &[&str]| row.iter().map(|key| key.parse().unwrap()).collect();
    Keymap::rows(context)
        .map(|row| (keys(row.keys), row.help().to_owned()))
        .collect()
}

/// Every key with a command in any place, and some without.
fn all_keys() -> BTreeSet<String> {
    let bound = BINDINGS.iter().flat_map(|row| row.keys);
    let unbound = ["e", "0", "F5", "Ctrl-B", "Backspace", "Delete"];
    bound.chain(&unbound).map(ToString::to_string).collect()
}

/// Draws for the measurements.
fn measure(stage: &mut Stage) {
    if [KeyContext::Review, KeyContext::Outcome].contains(&stage.app.context()) {
        stage.frame();
    }
}

/// The screen and its cursor without the footer, which says that a key has no effect here.
fn above_footer(Picture { buffer, cursor }: &Picture) -> (Vec<Cell>, Option<(u16, u16)>) {
    let cells = buffer.content();
    let footer = cells.len() - usize::from(buffer.area.width);
    (cells[..footer].to_vec(), *cursor)
}

/// Presses a key, and returns whether there is an effect or a change against `before`.
fn has_effect(stage: &mut Stage, key: KeyPress, before: &Picture) -> bool {
    let effects = stage.app.update(Event::Key(key));
    !effects.is_empty() || *before != stage.drawn()
}

/// The keys pressed before, so that a key that moves can move.
fn way_back(command: Command) -> &'static str {
    match command {
        Command::Up => "Down",
        Command::Down => "Up",
        Command::PageUp | Command::First => "End",
        Command::PageDown | Command::Last => "Home",
        Command::Left => "Tab Right",
        Command::Right => "Left",
        Command::PreviewUp => "J",
        Command::Pane(_) => "Tab",
        _ => "",
    }
}

fn is_move(command: Command) -> bool {
    !way_back(command).is_empty()
}

#[test]
fn every_place_is_visited() {
    let visited: BTreeSet<KeyContext> = PLACES
        .iter()
        .map(|place| place.enter().app.context())
        .collect();
    assert_eq!(visited, BTreeSet::from(KeyContext::ALL));
}

/// The result of a key that the help lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Obeyed,
    Refused,
    /// It moves, but there is nothing to move to.
    NothingToMove,
    Silent,
}

/// Presses a key of the row with the description `what`, on a screen like `before`.
fn answer(place: &Place, before: &Picture, key: KeyPress, command: Command, what: &str) -> Answer {
    let mut stage = place.enter();
    let refusals = [" Not now: ", " Not here: "];
    if let Some(refusal) = refusals.iter().find_map(|word| what.find(word)) {
        stage.app.update(Event::Key(key));
        let why = what[refusal..].trim().trim_end_matches('…');
        let is_said = stage.screen().contains(why);
        return if is_said {
            Answer::Refused
        } else {
            Answer::Silent
        };
    }
    if has_effect(&mut stage, key, before) {
        return Answer::Obeyed;
    }
    if !is_move(command) {
        return Answer::Silent;
    }
    stage.press(way_back(command));
    stage.app.session.clear_notice();
    measure(&mut stage);
    let elsewhere = stage.drawn();
    if elsewhere == *before {
        Answer::NothingToMove
    } else if has_effect(&mut stage, key, &elsewhere) {
        Answer::Obeyed
    } else {
        Answer::Silent
    }
}

/// True for a command that is the same in every place.
const fn is_general(command: Command) -> bool {
    use Command::{Calls, FindCommand, Help, Pane, PlainText, Quit, Redraw, Reload, Suspend};
    matches!(
        command,
        Calls | FindCommand | Help | Pane(_) | PlainText | Quit | Redraw | Reload | Suspend
    )
}

#[test]
fn offered_keys_act_or_give_a_reason() {
    let keymap = Keymap::default();
    let (mut obeyed, mut silent) = (BTreeSet::new(), Vec::new());
    for place in PLACES {
        let stage = place.enter();
        let (context, before) = (stage.app.context(), stage.drawn());
        for (keys, what) in place.help() {
            // A command without keys is found by its name; its journey presses it.
            let Some(&first) = keys.first() else {
                continue;
            };
            let command = keymap.command(context, first).unwrap();
            // The panes share a row, in which each key is a command.
            let is_each = matches!(command, Command::Pane(_));
            if !is_each {
                assert_eq!(
                    keymap.keys(context, command),
                    keys,
                    "{}: {what}",
                    place.name
                );
            }
            let pressed = if is_each { &keys[..] } else { &keys[..1] };
            for &key in pressed {
                let command = keymap.command(context, key).unwrap();
                if is_general(command)
                    && obeyed.contains(&(context, command))
                    && !what.contains(" Not ")
                {
                    continue;
                }
                match answer(place, &before, key, command, &what) {
                    Answer::Obeyed => _ = obeyed.insert((context, command)),
                    Answer::Silent => silent.push(format!("{}: {key} ({what})", place.name)),
                    Answer::Refused | Answer::NothingToMove => {}
                }
            }
        }
    }
    assert!(
        silent.is_empty(),
        "these do nothing and say nothing: {silent:#?}"
    );
    for context in KeyContext::ALL {
        let with_keys = Keymap::rows(context).filter(|row| !row.keys.is_empty());
        for command in with_keys.map(|row| row.command) {
            let is_seen = obeyed.contains(&(context, command));
            assert!(is_seen, "{command:?} never did anything in {context:?}");
        }
    }
}

#[test]
fn read_only_binds_no_key_to_create() {
    let mut stage = scenes::review_read_only(SMALL);
    let before = stage.drawn();
    stage.press("Right l");
    assert_eq!(above_footer(&stage.drawn()), above_footer(&before));
    stage.press("? / c r e a t e");
    stage.assert_body("No row matches.");
}

#[test]
fn keys_not_offered_do_nothing() {
    for place in PLACES {
        let offered: Vec<KeyPress> = place
            .help()
            .into_iter()
            .flat_map(|(keys, _)| keys)
            .collect();
        let mut stage = place.enter();
        let is_line = [KeyContext::Search, KeyContext::Line].contains(&stage.app.context());
        let before = stage.drawn();
        for name in all_keys() {
            let key: KeyPress = name.parse().unwrap();
            let edits = [
                "Left",
                "Right",
                "Home",
                "End",
                "Backspace",
                "Delete",
                "Ctrl-U",
            ];
            let is_text = is_line && (key.types_text() || edits.contains(&name.as_str()));
            if offered.contains(&key) || is_text {
                continue;
            }
            let effects = stage.app.update(Event::Key(key));
            let is_notice =
                |effect: &Effect| matches!(effect, Effect::StartTimer(Timer::NoticeOver { .. }, _));
            let is_silent = effects.iter().all(is_notice);
            assert!(
                is_silent && above_footer(&stage.drawn()) == above_footer(&before),
                "{}: {name} does something and no help says what\n{}",
                place.name,
                stage.screen()
            );
        }
    }
}

/// Keys without an effect are left out first, and a sign shows that there are more keys.
#[test]
fn footer_keeps_the_available_keys() {
    let mut stage = scenes::groups((60, 24));
    let footer = |stage: &Stage| stage.screen().lines().last().unwrap().to_owned();
    assert!(!footer(&stage).contains("retry"), "{}", footer(&stage));
    assert!(footer(&stage).ends_with('…'), "{}", footer(&stage));
    assert!(footer(&stage).contains("? help"), "{}", footer(&stage));
    stage.resize_now((200, 24));
    assert!(footer(&stage).contains("r retry"), "{}", footer(&stage));
    assert!(!footer(&stage).contains('…'), "{}", footer(&stage));
}
