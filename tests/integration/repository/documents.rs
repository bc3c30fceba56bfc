//! The documents say what the program does: their tables are made from the program's own.
//!
//! `UPDATE_DOCUMENTS=1 cargo test documents` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use greengroup::cli::documents;
use greengroup::domain::service_error::END_OF_SUPPORT;
use greengroup::runtime::config::defaults;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE_DOCUMENTS").is_some_and(|value| value == "1")
}

/// Compares a file with what it must be, or makes it so.
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
        "{file} has drifted, first at {drift:?}; UPDATE_DOCUMENTS=1 cargo test {test} writes it anew"
    );
}

/// The text with what stands between the marks of `name` replaced.
fn with_block(text: &str, name: &str, block: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let start = text
        .find(&begin)
        .unwrap_or_else(|| panic!("README.md has no {begin}"))
        + begin.len();
    let stop = start
        + text[start..]
            .find(&end)
            .unwrap_or_else(|| panic!("README.md has no {end}"));
    format!("{}\n{block}\n{}", &text[..start], &text[stop..])
}

#[test]
fn the_readme_has_the_tables_of_the_program() {
    let mut due = fs::read_to_string(root().join("README.md")).unwrap();
    for (name, block) in [
        ("keys", documents::keys_table()),
        ("configuration", documents::configuration_table()),
        ("help", documents::help_block()),
    ] {
        due = with_block(&due, name, &block);
    }
    compare("README.md", &due, "documents");
    assert!(
        due.contains(END_OF_SUPPORT),
        "the README names the end of support"
    );
    assert!(
        documents::help_block().contains(END_OF_SUPPORT),
        "and so does the help"
    );
}

#[test]
fn the_delivered_configuration_is_that_of_the_program() {
    compare("assets/config.toml", &defaults::text(), "documents");
}

#[test]
fn the_manual_in_the_package_is_that_of_the_program() {
    compare("assets/greengroup.1", &documents::manual(), "documents");
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
