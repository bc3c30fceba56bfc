//! The licence terms of all linked packages, collected from the packages.
//!
//! `UPDATE_DOCUMENTS=1 cargo test licences` rewrites them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::repository::documents::compare;

/// The linked packages are the same on every Linux, so the file must not depend on this machine.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

const HEAD: &str = "\
The greengroup program contains the packages below. Each is used under the terms that stand under its name;
where a package may be used under the MIT licence or another, the MIT licence is chosen.
This file is written from Cargo.lock and the packages themselves, and a test keeps it so.
";

/// One linked package.
struct Package<'a> {
    facts: &'a Value,
    folder: PathBuf,
}

impl Package<'_> {
    fn text(&self, member: &str) -> &str {
        self.facts[member].as_str().unwrap_or_default()
    }

    fn title(&self) -> String {
        let (name, version) = (self.text("name"), self.text("version"));
        format!("{name} {version} ({})", self.text("license"))
    }

    /// The package's licence texts: one text if it offers a choice, otherwise all.
    fn terms(&self) -> Vec<String> {
        let files = self.files();
        let is = |file: &PathBuf, word: &str| name_of(file).to_uppercase().contains(word);
        let chosen: Vec<&PathBuf> = files
            .iter()
            .filter(|file| is(file, "MIT") || is(file, "NOTICE"))
            .collect();
        let has_choice =
            self.text("license").contains("MIT") && !self.text("license").contains("AND");
        let chosen = if has_choice && chosen.iter().any(|file| is(file, "MIT")) {
            chosen
        } else {
            files.iter().collect()
        };
        chosen.into_iter().map(|file| tidy(file)).collect()
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.folder).unwrap();
        let mut files: Vec<PathBuf> = entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                let name = name_of(path).to_uppercase();
                let starts = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];
                path.is_file() && starts.iter().any(|start| name.starts_with(start))
            })
            .collect();
        files.sort();
        files
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The text of a file, normalized so that differences in blanks disappear.
fn tidy(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let words = [
        "metadata",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        PLATFORM,
    ];
    let output = Command::new(cargo)
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The linked packages, without those for tests, build scripts and macros.
fn linked(metadata: &Value) -> Vec<Package<'_>> {
    let list = |value: &'static str| metadata[value].as_array().unwrap();
    let facts: BTreeMap<&str, &Value> = list("packages")
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package))
        .collect();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let needs: BTreeMap<&str, &Value> = nodes
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), &node["deps"]))
        .collect();
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let (mut found, mut open) = (BTreeSet::new(), vec![root]);
    while let Some(id) = open.pop() {
        if is_macro(facts[id]) || !found.insert(id) {
            continue;
        }
        for need in needs[id].as_array().unwrap() {
            let kinds = need["dep_kinds"].as_array().unwrap();
            if kinds.iter().any(|kind| kind["kind"].is_null()) {
                open.push(need["pkg"].as_str().unwrap());
            }
        }
    }
    found.remove(root);
    let mut packages: Vec<Package<'_>> = found
        .into_iter()
        .map(|id| Package {
            facts: facts[id],
            folder: Path::new(facts[id]["manifest_path"].as_str().unwrap())
                .parent()
                .unwrap()
                .to_owned(),
        })
        .collect();
    packages.sort_by_key(Package::title);
    packages
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().unwrap();
    let kinds = targets
        .iter()
        .flat_map(|target| target["kind"].as_array().unwrap());
    kinds.into_iter().any(|kind| kind == "proc-macro")
}

/// Lists packages with the same terms together, followed by the terms once.
fn document(packages: &[Package<'_>]) -> String {
    let mut terms: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    let mut silent = Vec::new();
    for package in packages {
        match package.terms() {
            texts if texts.is_empty() => silent.push(format!(
                "{}\n  {}",
                package.title(),
                package.text("repository")
            )),
            texts => terms.entry(texts).or_default().push(package.title()),
        }
    }
    let mut parts: Vec<(Vec<String>, Vec<String>)> = terms
        .into_iter()
        .map(|(texts, titles)| (titles, texts))
        .collect();
    parts.sort();
    let rule = "=".repeat(100);
    let mut text = HEAD.to_owned();
    for (titles, texts) in parts {
        _ = write!(
            text,
            "\n{rule}\n{}\n\n{}\n",
            titles.join("\n"),
            texts.join("\n\n")
        );
    }
    if !silent.is_empty() {
        let silent = silent.join("\n");
        _ = write!(
            text,
            "\n{rule}\n{silent}\n\nThese name their terms but carry no text of them.\n"
        );
    }
    text
}

#[test]
fn package_has_terms_of_linked_crates() {
    let metadata = metadata();
    let packages = linked(&metadata);
    assert!(packages.len() > 100, "the packages were not found");
    compare(
        "assets/third-party-licences.txt",
        &document(&packages),
        "licences",
    );
}

#[test]
fn linked_licences_only_require_their_text() {
    let kind = [
        "MIT",
        "Apache-2.0",
        "0BSD",
        "ISC",
        "BSD-3-Clause",
        "Zlib",
        "Unicode-3.0",
        "BSL-1.0",
        "Unlicense",
        "Apache-2.0 WITH LLVM-exception",
    ];
    let metadata = metadata();
    for package in linked(&metadata) {
        let terms = package.text("license").replace(['(', ')'], "");
        let parts: Vec<&str> = terms
            .split(" AND ")
            .flat_map(|part| part.split(" OR "))
            .flat_map(|part| part.split('/'))
            .map(str::trim)
            .collect();
        assert!(
            parts.iter().all(|part| kind.contains(part)) && !parts.is_empty(),
            "{}",
            package.title()
        );
    }
}
