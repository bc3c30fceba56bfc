//! No source files import each other in a circle.

use std::collections::BTreeSet;
use std::fs;

use rstest::rstest;

use super::imports::Imports;
use super::root;

/// Known circles. The line of a circle that is gone must be removed.
const ALLOWED: &[&[&str]] = &[];

#[test]
fn no_files_import_each_other_in_a_circle() {
    let found = Imports::of(&root().join("src")).circles();
    let allowed: BTreeSet<Vec<String>> = ALLOWED.iter().map(|circle| owned(circle)).collect();
    let new: Vec<_> = found.difference(&allowed).collect();
    let gone: Vec<_> = allowed.difference(&found).collect();
    assert!(
        new.is_empty(),
        "these files import each other in a circle: {new:#?}"
    );
    assert!(
        gone.is_empty(),
        "this circle is gone, so remove it from ALLOWED: {gone:#?}"
    );
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The circles between `a.rs` and `b.rs` of a library that also has the list `list.rs` with `list/c.rs`.
fn circles(a: &str, b: &str) -> BTreeSet<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("lib.rs", "pub mod a; pub mod b; pub mod list;"),
        ("a.rs", &format!("{a}\nfn code() {{}}")),
        ("b.rs", &format!("{b}\nfn code() {{}}")),
        (
            "list.rs",
            "//! A list.\nmod c;\npub(crate) use c::{C, Inner as Other};",
        ),
        ("list/c.rs", "use crate::a::A; pub struct C(A);"),
    ];
    fs::create_dir(folder.path().join("list")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    Imports::of(folder.path()).circles()
}

#[rstest]
#[case::use_item("use crate::b::B;", "use super::a::A;", &["a.rs", "b.rs"])]
#[case::group("use crate::{b::{self, B}, list};", "use crate::a::{A};", &["a.rs", "b.rs"])]
#[case::glob("use crate::b::*;", "use super::a::*;", &["a.rs", "b.rs"])]
#[case::inline_path("fn f() -> crate::b::B { todo() }", "fn g() { matches!(1, super::a::A) }", &["a.rs", "b.rs"])]
#[case::renamed_module("use crate::b as other; fn f() { other::g() }", "use crate::a::A;", &["a.rs", "b.rs"])]
#[case::through_a_list("use crate::list::C;", "", &["a.rs", "list/c.rs"])]
#[case::renamed_in_a_list("use crate::list; fn f() -> list::Other {}", "", &["a.rs", "list/c.rs"])]
fn circle_is_found(#[case] a: &str, #[case] b: &str, #[case] circle: &[&str]) {
    assert_eq!(circles(a, b), BTreeSet::from([owned(circle)]));
}

#[rstest]
#[case::one_way("use crate::b::B;", "use std::fmt;")]
#[case::comment_and_text(
    "// use crate::b::B;",
    "const TEXT: &str = \"crate::a::A\"; use super::a::A;"
)]
#[case::other_crate("use other::b::B;", "use crate::a::A;")]
#[case::module_of_a_list("use crate::list;", "use crate::a::A;")]
fn imports_without_circle_are_allowed(#[case] a: &str, #[case] b: &str) {
    assert_eq!(circles(a, b), BTreeSet::new());
}
