//! The imports between source files, read from `use` items and from paths in the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The module names from the root of the crate to a module or an item.
type Names = Vec<String>;

/// A source file as a module.
#[derive(Default)]
struct Module {
    /// Only `mod` and `use` items: an import from here counts as one from the defining file.
    only_lists: bool,
    children: BTreeSet<String>,
    /// The paths of the `use` items by the name that each brings into scope.
    uses: BTreeMap<String, Names>,
    /// The paths of two names or more in the code.
    inline: Vec<Names>,
}

/// The sources as modules that import each other.
pub(super) struct Imports(BTreeMap<Names, Module>);

impl Imports {
    /// Reads all files below `src`, a folder with a `lib.rs`.
    pub(super) fn of(src: &Path) -> Self {
        let mut modules = BTreeMap::new();
        collect(src, &mut Vec::new(), &mut modules);
        Self(modules)
    }

    /// The groups of files that import each other in circles, each file as `app/screen.rs`.
    pub(super) fn circles(&self) -> BTreeSet<Vec<String>> {
        let reached: BTreeMap<&Names, BTreeSet<&Names>> = self
            .0
            .keys()
            .map(|module| (module, self.reached_from(module)))
            .collect();
        let circle_of = |module| {
            let others = reached[module].iter();
            let circle = others.filter(|other| reached[**other].contains(module));
            circle
                .map(|module| format!("{}.rs", module.join("/")))
                .collect::<Vec<String>>()
        };
        let circles = self.0.keys().map(circle_of);
        circles.filter(|circle| !circle.is_empty()).collect()
    }

    fn reached_from<'a>(&'a self, module: &'a Names) -> BTreeSet<&'a Names> {
        let mut reached = BTreeSet::new();
        let mut open = vec![module];
        while let Some(module) = open.pop() {
            open.extend(
                self.imported_by(module)
                    .filter(|other| reached.insert(*other)),
            );
        }
        reached
    }

    /// The files that a file imports, except its own parents: a submodule uses its parent's private items.
    fn imported_by<'a>(&'a self, name: &'a Names) -> impl Iterator<Item = &'a Names> {
        let module = &self.0[name];
        let paths = module.uses.values().chain(&module.inline);
        paths
            .filter(|_| !module.only_lists)
            .filter_map(|path| self.file_of(name, path))
            .filter(move |other| !name.starts_with(other))
    }

    /// The file that defines `path` in the module `from`; `None` for other crates.
    fn file_of(&self, from: &Names, path: &[String]) -> Option<&Names> {
        let path = self.absolute(from, path)?;
        let (file, module) = (0..=path.len())
            .rev()
            .find_map(|end| self.0.get_key_value(&path[..end]))?;
        match path.get(file.len()) {
            Some(item) if module.only_lists => {
                let export = module.uses.get(item);
                export.map_or(Some(file), |export| self.file_of(file, export))
            }
            None if module.only_lists => None,
            _ => Some(file),
        }
    }

    /// The path from the root of the crate; `None` for other crates.
    fn absolute(&self, from: &Names, path: &[String]) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        let module = &self.0[from];
        let mut absolute = match first.as_str() {
            "crate" => Vec::new(),
            "self" => from.clone(),
            "super" => from[..from.len().checked_sub(1)?].to_vec(),
            child if module.children.contains(child) => [from.as_slice(), &path[..1]].concat(),
            name => {
                let used = module.uses.get(name).filter(|used| used[0] != *name)?;
                self.absolute(from, used)?
            }
        };
        for name in rest {
            match name.as_str() {
                "super" => drop(absolute.pop()),
                _ => absolute.push(name.clone()),
            }
        }
        Some(absolute)
    }
}

fn collect(folder: &Path, within: &mut Names, modules: &mut BTreeMap<Names, Module>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if within.is_empty() && name == "main" {
            continue;
        }
        let is_root = within.is_empty() && name == "lib";
        within.push(name);
        if path.is_dir() {
            collect(&path, within, modules);
        } else {
            let own = if is_root { Vec::new() } else { within.clone() };
            modules.insert(own, Module::of(&fs::read_to_string(&path).unwrap()));
        }
        within.pop();
    }
}

impl Module {
    fn of(source: &str) -> Self {
        let mut tokens = Vec::new();
        flatten(source.parse().unwrap(), &mut tokens);
        let mut module = Self {
            only_lists: true,
            ..Self::default()
        };
        let mut rest = tokens.as_slice();
        while let [token, after @ ..] = rest {
            rest = match (token.as_str(), after) {
                ("use", [next, ..]) if next != "<" => module.read_uses(after, &[]),
                ("mod", [name, end, after @ ..]) if end == ";" => {
                    module.children.insert(name.clone());
                    after
                }
                ("#" | "pub", _) => skip_group(after),
                (";", _) => after,
                (_, [colons, ..]) if colons == "::" => {
                    module.only_lists = false;
                    module.read_path(rest)
                }
                _ => {
                    module.only_lists = false;
                    after
                }
            };
        }
        module
    }

    /// Reads one path outside `use`; returns the tokens after it.
    fn read_path<'a>(&mut self, mut rest: &'a [String]) -> &'a [String] {
        let mut path = vec![rest[0].clone()];
        while let [_, colons, name, ..] = rest
            && colons == "::"
            && is_name(name)
        {
            path.push(name.clone());
            rest = &rest[2..];
        }
        self.inline.push(path);
        &rest[1..]
    }

    /// Reads one tree of a `use` item below `prefix`; returns the tokens after it.
    fn read_uses<'a>(&mut self, mut rest: &'a [String], prefix: &[String]) -> &'a [String] {
        let mut path = prefix.to_vec();
        loop {
            match rest {
                [open, after @ ..] if open == "{" => {
                    rest = after;
                    while rest[0] != "}" {
                        rest = self.read_uses(rest, &path);
                        rest = rest.strip_prefix(&[",".to_owned()]).unwrap_or(rest);
                    }
                    return &rest[1..];
                }
                [colons, after @ ..] if colons == "::" => rest = after,
                [word, alias, after @ ..] if word == "as" => {
                    self.uses.insert(alias.clone(), path);
                    return after;
                }
                [name, after @ ..] if is_name(name) || name == "*" => {
                    if name != "self" || path.is_empty() {
                        path.push(name.clone());
                    }
                    rest = after;
                }
                _ => {
                    let name = path.last().unwrap().clone();
                    self.uses.insert(name, path);
                    return rest;
                }
            }
        }
    }
}

/// The tokens as text, with delimiters, and without comments and literals.
fn flatten(stream: TokenStream, tokens: &mut Vec<String>) {
    let mut before = None;
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis | Delimiter::None => ("(", ")"),
                };
                tokens.push(open.to_owned());
                flatten(group.stream(), tokens);
                tokens.push(close.to_owned());
                before = None;
            }
            TokenTree::Ident(name) => {
                tokens.push(name.to_string());
                before = None;
            }
            TokenTree::Punct(mark) => {
                if before == Some(':') && mark.as_char() == ':' {
                    tokens.pop();
                    tokens.push("::".to_owned());
                    before = None;
                } else {
                    tokens.push(mark.to_string());
                    before = (mark.spacing() == Spacing::Joint).then(|| mark.as_char());
                }
            }
            TokenTree::Literal(_) => tokens.push("\"\"".to_owned()),
        }
    }
}

/// Skips the group after `pub` or `#`, if there is one.
fn skip_group(tokens: &[String]) -> &[String] {
    let start = usize::from(tokens.first().is_some_and(|token| token == "!"));
    if !matches!(tokens[start].as_str(), "(" | "[") {
        return tokens;
    }
    let mut depth = 0;
    for (place, token) in tokens.iter().enumerate().skip(start) {
        match token.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &tokens[place + 1..];
        }
    }
    &[]
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_') && token != "as"
}
