//! Comments, texts and names are in plain English: some words are not allowed.

use std::fs;
use std::path::{Path, PathBuf};

use rstest::rstest;

use super::root;

const REFUSED: [&str; 16] = [
    "anew",
    "whoever",
    "nobody",
    "befall",
    "befalls",
    "become of",
    "at the most",
    "so many",
    "told",
    "mend",
    "mends",
    "mended",
    "mending",
    "farewell",
    "farewells",
    "for want of",
];

/// The checked files and folders.
const PLACES: [&str; 12] = [
    ".ci",
    "assets",
    "benches",
    "build.rs",
    "Cargo.toml",
    "CHANGELOG.md",
    "clippy.toml",
    "fuzz/Cargo.toml",
    "fuzz/fuzz_targets",
    "README.md",
    "src",
    "tests",
];

/// Data, texts by other authors, and the list of refused words.
const LEFT_OUT: [&str; 3] = ["demo-account.json", "third-party-licences.txt", "words.rs"];

#[test]
fn refused_words_are_not_used() {
    let mut uses: Vec<(String, &str)> = Vec::new();
    for file in PLACES
        .iter()
        .flat_map(|place| files_in(&root().join(place)))
    {
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(&file).unwrap();
        uses.extend(refused_in(&text).map(|word| (name.clone(), word)));
    }
    assert!(uses.is_empty(), "these words are refused: {uses:#?}");
}

fn files_in(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let entries = fs::read_dir(place).unwrap().map(|entry| entry.unwrap());
    let read = entries.filter(|entry| !LEFT_OUT.iter().any(|name| entry.file_name() == *name));
    read.flat_map(|entry| files_in(&entry.path())).collect()
}

/// The refused words of a text, also across lines, and in names like `this_one` and `ThisOne`.
fn refused_in(text: &str) -> impl Iterator<Item = &'static str> {
    let mut words = String::from(" ");
    let mut before = ' ';
    for character in text.chars() {
        if character.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        before = character;
        if character.is_alphanumeric() {
            words.extend(character.to_lowercase());
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.push(' ');
    REFUSED.into_iter().flat_map(move |word| {
        let uses = words.matches(&format!(" {word} ")).count();
        std::iter::repeat_n(word, uses)
    })
}

#[rstest]
#[case("/// Draws the screen anew.", "anew")]
#[case("//! So\n//! many lines.", "so many")]
#[case("fn user_is_told() {}", "told")]
#[case("struct LastFarewell;", "farewell")]
fn refused_word_is_found(#[case] text: &str, #[case] word: &str) {
    assert_eq!(refused_in(text).collect::<Vec<_>>(), [word]);
}

#[rstest]
#[case("toldest, amend and Anewly")]
#[case("so that many")]
fn other_words_are_allowed(#[case] text: &str) {
    assert_eq!(refused_in(text).count(), 0);
}
