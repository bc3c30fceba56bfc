//! Names and texts compared for people: case, accents, canonical equality.

use greengroup::domain::fold::{Folding, contains, find_all, is_same, nfc};
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case::ascii("cam", "cam", true)]
#[case::composed_and_decomposed("québec", "que\u{301}bec", true)]
#[case::angstrom("\u{212b}", "\u{c5}", true)]
#[case::hangul("한", "\u{1112}\u{1161}\u{11ab}", true)]
#[case::plain_is_another_name("quebec", "québec", false)]
#[case::case_is_another_name("Cam", "cam", false)]
fn names_are_the_same_in_any_canonical_form(
    #[case] one: &str,
    #[case] other: &str,
    #[case] expected: bool,
) {
    assert_eq!(is_same(one, other), expected);
    assert_eq!(is_same(other, one), expected);
}

#[rstest]
#[case::case("Cam CAM", "cam", &["Cam", "CAM"])]
#[case::accents("Élan, elan", "elan", &["Élan", "elan"])]
#[case::only_accented("Élan, elan", "élan", &["Élan"])]
#[case::decomposed("le que\u{301}bec", "quebec", &["que\u{301}bec"])]
#[case::sigma("ΟΔΟΣ", "οδος", &["ΟΔΟΣ"])]
#[case::none("cam", "x", &[])]
#[case::empty("cam", "", &[])]
fn matches_in_a_text(#[case] text: &str, #[case] needle: &str, #[case] expected: &[&str]) {
    let found: Vec<&str> = find_all(text, needle)
        .into_iter()
        .map(|range| &text[range])
        .collect();
    assert_eq!(found, expected);
    assert_eq!(
        contains(text, needle),
        !expected.is_empty() || needle.is_empty()
    );
}

fn foldings() -> [Folding; 4] {
    let both = [false, true];
    let all: Vec<Folding> = both
        .into_iter()
        .flat_map(|case| both.map(|accents| Folding { case, accents }))
        .collect();
    all.try_into().unwrap()
}

proptest! {
    #[test]
    fn folding_is_done_once_and_ignores_the_form(text in "\\PC{0,12}") {
        for folding in foldings() {
            let folded = folding.fold(&text);
            prop_assert_eq!(folding.fold(&nfc(&text)), folded.clone(), "{:?}", folding);
            prop_assert_eq!(folding.fold(&folded), folded, "{:?}", folding);
        }
    }

    #[test]
    fn each_folded_character_has_its_origin(text in "\\PC{0,12}") {
        for folding in foldings() {
            let (folded, origins) = folding.fold_with_origins(&text);
            prop_assert_eq!(folded.chars().count(), origins.len());
            prop_assert!(origins.is_sorted());
            prop_assert!(origins.iter().all(|origin| *origin < text.chars().count()));
        }
    }

    #[test]
    fn matches_lie_on_characters(text in "\\PC{0,12}", needle in "\\PC{1,2}") {
        for range in find_all(&text, &needle) {
            prop_assert!(text.get(range).is_some());
        }
    }
}
