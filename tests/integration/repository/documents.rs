//! The documents match the program: their tables are generated.
//!
//! `UPDATE_DOCUMENTS=1 cargo test documents` writes them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use greengroup::app::{Command, Keymap};
use greengroup::cli::manual;
use greengroup::domain::service_error::END_OF_SUPPORT;
use greengroup::runtime::config::DEFAULTS;
use greengroup::ui::theme::Theme;

use super::tables::{configuration_table, help_block, keys_table};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE_DOCUMENTS").is_some_and(|value| value == "1")
}

/// Compares a file with its expected text, or writes it.
pub(crate) fn compare(file: &str, due: &str, test: &str) {
    let path = root().join(file);
    if is_updating() {
        fs::write(&path, due).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    let drift = found
        .lines()
        .zip(due.lines())
        .find(|(found, due)| found != due);
    assert!(
        found == due,
        "{file} differs, first at {drift:?}; UPDATE_DOCUMENTS=1 cargo test {test} writes it"
    );
}

/// `text` with the block between the marks of `name` replaced.
fn with_block(text: &str, name: &str, block: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let start = text
        .find(&begin)
        .unwrap_or_else(|| panic!("no {begin} in {text}"))
        + begin.len();
    let stop = start
        + text[start..]
            .find(&end)
            .unwrap_or_else(|| panic!("no {end} in {text}"));
    format!("{}\n{block}\n{}", &text[..start], &text[stop..])
}

#[test]
fn generated_tables_match_the_program() {
    for (file, name, block) in [
        ("assets/keys.md", "keys", keys_table()),
        ("assets/settings.md", "configuration", configuration_table()),
        ("assets/command-line.md", "help", help_block()),
    ] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        compare(file, &with_block(&text, name, &block), "documents");
    }
}

#[test]
fn readme_and_help_name_the_end_of_support() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains(END_OF_SUPPORT), "README.md");
    assert!(help_block().contains(END_OF_SUPPORT), "--help");
}

#[test]
fn readme_is_short() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let prose = readme
        .split("```")
        .step_by(2)
        .flat_map(str::split_whitespace);
    let words = prose.count();
    assert!(words <= 1_500, "{words} words outside of code blocks");
}

#[test]
fn links_between_documents_lead_to_files() {
    let folder = root().join("assets");
    let mut documents = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    let files = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    documents.extend(files.filter(|file| file.extension().is_some_and(|ending| ending == "md")));
    let mut links = 0;
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        let markdown = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        let images = text
            .split("src=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        for link in markdown.chain(images).filter(|link| !link.contains("://")) {
            let target = document.with_file_name(link);
            assert!(target.exists(), "{} links to {link}", document.display());
            links += 1;
        }
    }
    assert!(links > 20, "only {links} links were found");
}

/// Every setting but the keys.
const SETTINGS: [&str; 11] = [
    "sort",
    "ascii",
    "color",
    "per_second",
    "burst",
    "profiles",
    "accounts",
    "groups",
    "deploy",
    "edit",
    "name",
];

#[test]
fn delivered_configuration_has_every_setting() {
    const END_OF_SETTINGS: &str = "stay the line's.\n";
    let (settings, _) = DEFAULTS.split_once(END_OF_SETTINGS).unwrap();
    let lines = settings.lines().filter(|line| !line.starts_with('#'));
    let names = lines.filter_map(|line| Some(line.split_once(" = ")?.0));
    assert_eq!(names.collect::<Vec<_>>(), SETTINGS);
    let mut due = format!("{settings}{END_OF_SETTINGS}");
    for command in Command::all() {
        let keys: Vec<String> = Keymap::default_keys(command)
            .into_iter()
            .map(|key| format!("{key:?}"))
            .collect();
        let (help, name, keys) = (command.help(), command.name(), keys.join(", "));
        _ = writeln!(due, "\n# {help}\n{name} = [{keys}]");
    }
    compare("assets/config.toml", &due, "documents");
    let roles = Theme::ROLES.join(", ");
    assert!(due.contains(&format!("\n# {roles}\n")), "{roles}");
}

#[test]
fn packaged_manual_is_current() {
    compare("assets/greengroup.1", &manual::page(), "documents");
}

#[test]
fn the_files_that_a_package_needs_are_there() {
    for (file, said) in [
        (
            "LICENSE-MIT",
            "Permission is hereby granted, free of charge",
        ),
        ("LICENSE-APACHE", "Version 2.0, January 2004"),
        ("CHANGELOG.md", "keepachangelog.com"),
    ] {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        assert!(text.contains(said), "{file}");
    }
}
