//! Every text on the screen uses the current keys: with other keys, only their names differ.

use std::collections::{BTreeMap, BTreeSet};

use greengroup::app::key::KeyPress;
use greengroup::app::keymap::BINDINGS;
use greengroup::app::{Command, Keymap};

use super::offered::{PLACES, Place, place};
use super::scenes::{self, LARGE, SMALL};
use super::stage::with_keymap;

/// Large enough that a longer name of a key cuts no text, without and with a side preview.
const ROOMY: [(u16, u16); 2] = [(118, 80), (240, 80)];

/// Places with a notice or a sentence that names a key.
const NOTICES: &[Place] = &[
    place("base chosen", scenes::assemble, SMALL, "b Down Enter"),
    place("compared", scenes::assemble, SMALL, "3 g m"),
    place("compared no more", scenes::assemble, SMALL, "3 g m m"),
    place("a box is open", scenes::review, SMALL, "Right Enter"),
    place("a conflict is open", scenes::moved, SMALL, "Right Enter"),
    place("emptied", scenes::empty_slot, SMALL, "7"),
    place("filtered away", scenes::assemble, SMALL, "3 / q q q Tab"),
    place("credentials end", scenes::protected, SMALL, "Esc a"),
    place("not read again", scenes::not_read, SMALL, ""),
    place("new version not read", scenes::moved_not_read, SMALL, ""),
    place("throttled", scenes::throttled_groups, SMALL, ""),
    place("reset", scenes::assemble, SMALL, "="),
    place("too small", scenes::assemble, (40, 10), ""),
    place("preview of a failure", scenes::denied_list, LARGE, "7"),
];

/// One key for every command: replaces the first of its usual keys by another one.
struct OtherKeys {
    usual: Keymap,
    other: Keymap,
    /// The usual key of each other key.
    names: BTreeMap<String, &'static str>,
}

impl OtherKeys {
    fn new() -> Self {
        let mut free = ["", "Ctrl-", "Shift-", "Ctrl-Shift-"]
            .into_iter()
            .flat_map(|held| (1..=24).map(move |number| format!("{held}F{number}")));
        let (mut usual, mut other, mut names) = (Vec::new(), Vec::new(), BTreeMap::new());
        for command in Command::all() {
            // A command without a key is found by its name only.
            let Some(&usual_name) = Keymap::default_keys(command).first() else {
                continue;
            };
            let name = free.next().unwrap();
            let key = |name: &str| vec![name.parse::<KeyPress>().unwrap()];
            usual.push((command, key(usual_name)));
            other.push((command, key(&name)));
            names.insert(name, usual_name);
        }
        Self {
            usual: Keymap::with(&usual).unwrap(),
            other: Keymap::with(&other).unwrap(),
            names,
        }
    }

    /// The screen with the names of the other keys replaced by the usual ones.
    fn with_usual_names(&self, screen: &str) -> String {
        let words = screen.split_inclusive(|letter: char| !is_of_a_key(letter));
        words
            .map(|word| {
                let name = word.trim_end_matches(|letter: char| !is_of_a_key(letter));
                match self.names.get(name) {
                    Some(usual) => word.replacen(name, usual, 1),
                    None => word.to_owned(),
                }
            })
            .collect()
    }
}

fn is_of_a_key(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-'
}

/// The words alone: line ends, rules and gaps depend on the length of names.
fn words(screen: &str) -> Vec<&str> {
    screen
        .split(|letter: char| letter.is_whitespace() || letter == '─')
        .filter(|word| !word.is_empty())
        .collect()
}

/// Names of usual keys that stand alone in a text, although none of them has a command.
fn usual_keys_named(screen: &str) -> BTreeSet<String> {
    let usual: BTreeSet<&str> = BINDINGS.iter().flat_map(|row| row.keys).copied().collect();
    let mut named = BTreeSet::new();
    let is_search_line = |line: &&str| line.trim_start().starts_with("/ ");
    for line in screen.lines().filter(|line| !is_search_line(line)) {
        let mut before = "";
        for word in line.split_whitespace() {
            let name = word.trim_matches([',', ';', '.', ':', '(', ')']);
            let name = if name.is_empty() { word } else { name };
            let is_measure = before.ends_with(|last: char| last.is_ascii_digit());
            // Neither an ARN, nor the end of a wrapped one, nor a rate such as `18/s` names keys.
            let is_rate = name.starts_with(|first: char| first.is_ascii_digit());
            let is_arn =
                name.matches('/').count() > 1 || name.split('/').any(|part| part.len() > 9);
            let parts = name.split('/').filter(|_| !is_rate && !is_arn);
            for part in parts {
                let is_key = usual.contains(part) && part.chars().any(char::is_alphabetic);
                if is_key && !is_measure && !is_word(part) {
                    named.insert(format!("{part} in: {}", line.trim()));
                }
            }
            before = word;
        }
    }
    named
}

/// True for a word of English or of a text from the account.
fn is_word(name: &str) -> bool {
    ["a", "Up"].contains(&name)
}

/// The screen in the place's own size and in both large sizes.
fn shown(place: &Place) -> Vec<String> {
    let mut stage = (place.scene)(place.size);
    stage.press(place.keys);
    let sizes = [place.size].into_iter().chain(ROOMY);
    let screens = sizes.map(|(width, height)| {
        stage.resize_now((width, height));
        stage.frame();
        stage.screen()
    });
    screens.collect()
}

#[test]
fn texts_name_the_keys_in_force() {
    let other = OtherKeys::new();
    let mut faults = Vec::new();
    for place in PLACES.iter().chain(NOTICES) {
        let usual = with_keymap(other.usual.clone(), || shown(place));
        let rebound = with_keymap(other.other.clone(), || shown(place));
        for screen in &rebound {
            let named = usual_keys_named(screen);
            faults.extend(
                named
                    .iter()
                    .map(|name| format!("{}: names {name}", place.name)),
            );
        }
        for (usual, rebound) in usual.iter().zip(&rebound).skip(1) {
            let (usual, translated) = (body(usual), body(&other.with_usual_names(rebound)));
            if words(&usual) != words(&translated) {
                let name = place.name;
                faults.push(format!(
                    "{name}:\n{usual}\n-- under other keys:\n{translated}"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The screen without its footer of keys, whose number depends on the width.
fn body(screen: &str) -> String {
    let mut lines: Vec<&str> = screen.lines().collect();
    if lines.last().is_some_and(|last| last.contains(" help")) {
        lines.pop();
    }
    lines.join("\n")
}
