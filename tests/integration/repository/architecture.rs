//! Rules for the sources: layers, where a library is used, file sizes, words.

mod circles;
mod imports;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rstest::rstest;

/// The maximum number of lines of code in one file; comments and blank lines do not count.
const MAX_LINES: usize = 400;

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// The top module of the file: `app` for `src/app/screen.rs`.
    fn module(&self) -> String {
        let inside = self.path.strip_prefix(root().join("src")).unwrap();
        let first = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy();
        first.trim_end_matches(".rs").to_owned()
    }

    /// The number of modules between the file and the root of the crate.
    fn depth(&self) -> usize {
        let inside = self.path.strip_prefix(root().join("src")).unwrap();
        inside.components().count()
    }

    fn is_too_large(&self) -> bool {
        self.code().count() > MAX_LINES
    }

    /// The lines of code.
    fn code(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("//"))
    }

    fn names(&self, text: &str) -> bool {
        self.code().any(|line| line.contains(text))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push(Source { path, text });
        }
    }
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found
}

/// The modules in the order of `lib.rs`, the lowest first.
fn layers() -> Vec<String> {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let listed = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    listed.map(str::to_owned).collect()
}

#[test]
fn the_library_lists_every_module() {
    let layers = layers();
    let expected = [
        "domain",
        "disk",
        "search",
        "greengrass",
        "sandbox",
        "app",
        "ui",
        "runtime",
        "cli",
    ];
    assert_eq!(layers, expected);
    for source in sources() {
        let module = source.module();
        assert!(
            layers.contains(&module) || ["lib", "main"].contains(&module.as_str()),
            "{module} is in no layer"
        );
    }
}

/// The higher layers that `source` uses, and forms of import that hide the layer.
fn upward(source: &Source, layers: &[String]) -> Vec<String> {
    let module = source.module();
    let Some(own) = layers.iter().position(|layer| *layer == module) else {
        return Vec::new();
    };
    let may_use = |place: usize, layer: &str| match module.as_str() {
        "app" => ["domain", "search", "app"].contains(&layer),
        _ => place <= own,
    };
    let mut found = Vec::new();
    for (place, layer) in layers.iter().enumerate() {
        if !may_use(place, layer) && source.code().any(|line| uses(line, layer)) {
            found.push(format!("{} uses {layer}", source.path.display()));
        }
    }
    let to_the_root = "super::".repeat(source.depth());
    for hidden in ["crate::{", "crate::*", "crate as ", &to_the_root] {
        if source.names(hidden) {
            found.push(format!("{} says {hidden}", source.path.display()));
        }
    }
    found
}

/// True if a line imports `layer` from the root of the crate.
fn uses(line: &str, layer: &str) -> bool {
    line.match_indices("crate::").any(|(start, root)| {
        let path = &line[start + root.len()..];
        let end = path.find(|character: char| !character.is_alphanumeric() && character != '_');
        path[..end.unwrap_or(path.len())] == *layer
    })
}

#[test]
fn imports_go_down_only() {
    let layers = layers();
    let sources = sources();
    let upward: Vec<String> = sources
        .iter()
        .flat_map(|source| upward(source, &layers))
        .collect();
    assert!(upward.is_empty(), "{upward:#?}");
}

#[rstest]
#[case("use crate::ui::Theme;", "uses ui")]
#[case("use crate::ui;", "uses ui")]
#[case("use crate::ui as looks;", "uses ui")]
#[case("    let theme = crate::ui::Theme::default();", "uses ui")]
#[case("use crate::greengrass::Client;", "uses greengrass")]
#[case("use crate::{ui, domain};", "says crate::{")]
#[case("use crate::*;", "says crate::*")]
#[case("use super::super::super::ui::Theme;", "says super::super::super::")]
fn no_way_upward_is_overlooked(#[case] line: &str, #[case] complaint: &str) {
    let found = upward(&made_up(line), &layers());
    assert!(
        found.len() == 1 && found[0].ends_with(complaint),
        "{found:?}"
    );
}

#[rstest]
#[case("use crate::domain::Slots;")]
#[case("use super::super::session::Session;")]
#[case("// use crate::ui::Theme;")]
#[case("use crate::app::ui_words;")]
fn no_way_downward_is_refused(#[case] line: &str) {
    assert_eq!(upward(&made_up(line), &layers()), [""; 0]);
}

/// A file three modules deep in `app`.
fn made_up(text: &str) -> Source {
    Source {
        path: root().join("src/app/screen/made_up.rs"),
        text: text.to_owned(),
    }
}

#[test]
fn libraries_are_named_only_where_they_belong() {
    let homes: [(&str, &[&str]); 7] = [
        ("aws_", &["greengrass", "sandbox"]),
        ("hyper", &["greengrass", "sandbox"]),
        ("ratatui", &["ui", "runtime"]),
        ("crossterm", &["runtime"]),
        (
            "tokio",
            &["greengrass", "sandbox", "runtime", "cli", "main"],
        ),
        ("fuzzy_matcher", &["search"]),
        ("clap::", &["cli", "main"]),
    ];
    let mut misplaced = Vec::new();
    for source in sources() {
        for (library, modules) in homes {
            let is_used = source.code().any(|line| {
                line.contains(&format!("{library}::"))
                    || line.starts_with(&format!("use {library}"))
            });
            if is_used && !modules.contains(&source.module().as_str()) {
                misplaced.push(format!("{} names {library}", source.path.display()));
            }
        }
    }
    assert!(misplaced.is_empty(), "{misplaced:#?}");
}

#[test]
fn every_file_opens_with_one_sentence() {
    let silent: Vec<PathBuf> = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn no_file_outgrows_its_subject() {
    let large: Vec<PathBuf> = sources()
        .into_iter()
        .filter(Source::is_too_large)
        .map(|source| source.path)
        .collect();
    assert!(large.is_empty(), "{large:#?}");
}

#[test]
fn too_large_file_is_found() {
    let commented = "let one = 1;\n// why\n\n".repeat(MAX_LINES);
    assert!(!made_up(&commented).is_too_large());
    assert!(made_up(&format!("{commented}let two = 2;")).is_too_large());
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = ["todo!(", "unimplemented!(", "TODO", "FIXME", "XXX"];
    let unfinished: Vec<String> = sources()
        .iter()
        .flat_map(|source| {
            marks
                .iter()
                .filter(|mark| source.text.contains(**mark))
                .map(|mark| format!("{}: {mark}", source.path.display()))
        })
        .collect();
    assert!(unfinished.is_empty(), "{unfinished:#?}");
}

#[test]
fn no_module_hides_in_a_mod_file() {
    let hidden: Vec<PathBuf> = sources()
        .into_iter()
        .map(|source| source.path)
        .filter(|path| path.ends_with("mod.rs"))
        .collect();
    assert!(hidden.is_empty(), "{hidden:#?}");
}

/// The type that a line of code defines.
fn defined_type(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let place = words
        .iter()
        .take(2)
        .position(|word| ["struct", "enum", "trait", "type"].contains(word))?;
    let name = words.get(place + 1)?;
    let end = name.find(|character: char| !character.is_alphanumeric());
    Some(&name[..end.unwrap_or(name.len())])
}

#[test]
fn type_names_are_unique() {
    let sources = sources();
    let mut defined: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for source in &sources {
        // A type within a trait or a function is indented.
        let lines = source.text.lines().filter(|line| !line.starts_with(' '));
        for name in lines.filter_map(defined_type) {
            defined.entry(name).or_default().push(&source.path);
        }
    }
    defined.retain(|_, files| files.len() > 1);
    assert!(defined.is_empty(), "one name, one type: {defined:#?}");
}

/// The files and folders in backticks in a text, relative to `folder`; `{a,b}.rs` names two files.
fn named_paths<'a>(text: &'a str, folder: &'a Path) -> impl Iterator<Item = PathBuf> + 'a {
    let quoted = text.split('`').skip(1).step_by(2);
    let paths = quoted.filter(|name| {
        let is_path =
            |character: char| character.is_alphanumeric() || "/._-…{,}".contains(character);
        (name.ends_with(".rs") || name.contains('/')) && name.chars().all(is_path)
    });
    let names = paths.flat_map(|path| {
        let (start, rest) = path.split_once('{').unwrap_or((path, "}"));
        let (names, end) = rest.split_once('}').unwrap();
        names
            .split(',')
            .map(move |name| format!("{start}{name}{end}"))
    });
    names.map(|name| folder.join(name.trim_end_matches('…')))
}

#[test]
fn maps_name_existing_files() {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let map: Vec<&str> = map
        .lines()
        .filter(|line| line.starts_with("//! |"))
        .collect();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let table = readme.lines().filter(|line| line.starts_with("| a "));
    let table: Vec<&str> = table.filter(|line| line.contains("`src/")).collect();
    assert!(map.len() > 10 && table.len() > 2, "the maps were not found");
    let (map, table, src) = (map.join("\n"), table.join("\n"), root().join("src"));
    let named = named_paths(&map, &src).chain(named_paths(&table, root()));
    let missing: Vec<PathBuf> = named.filter(|path| !path.exists()).collect();
    assert!(
        missing.is_empty(),
        "the maps name what is not there: {missing:#?}"
    );
}
