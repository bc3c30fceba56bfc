//! Rows that match by their contents, and the text of the match in the row.

use greengroup::domain::content::TermField;
use rstest::rstest;

use super::{Row, order_of, search_over};

/// The last row has an item with the name of the first row.
fn rows() -> Vec<Row> {
    let row = |number: i64, name: &str, items: &[(TermField, &str)]| Row {
        name: Some(name.to_owned()),
        arn: format!(
            "arn:aws:greengrass:r:1:/greengrass/definition/functions/d{number}f0/versions/v{number}"
        ),
        created: Some(-number),
        is_base: false,
        is_latest: false,
        items: items
            .iter()
            .map(|(field, text)| (*field, (*text).to_owned()))
            .collect(),
    };
    vec![
        row(0, "camera-pool", &[(TermField::Function, "mix:13")]),
        row(
            1,
            "line",
            &[
                (TermField::Function, "cam:13"),
                (TermField::Id, "camera"),
                (TermField::Other, "MAX_RATE"),
            ],
        ),
        row(
            2,
            "fn:13",
            &[(TermField::Thing, "cam:13"), (TermField::Row, "latest")],
        ),
        row(3, "yard", &[(TermField::Topic, "Café/camera-pool/#")]),
    ]
}

#[rstest]
#[case::names_before_contents("camera", &[0, 1, 3])]
#[case::qualifier("cam:13", &[1, 2])]
#[case::field("fn:cam", &[1])]
#[case::other_field("thing:cam", &[2])]
#[case::id_of_an_item("id:cam", &[1])]
#[case::id_of_a_definition("id:d2f0", &[2])]
#[case::ids_have_no_names("id:line", &[])]
#[case::quoted_field_is_text("'fn:13", &[2])]
#[case::field_of_a_prefix("fn:^mix", &[0])]
#[case::negated_field("13 !fn:13", &[2])]
#[case::only_negated_field("!fn:13", &[2, 3])]
#[case::negated_word("cam !cam:13", &[0, 3])]
#[case::one_word_in_the_name_one_in_an_item("line max", &[1])]
#[case::name_of_a_variable("MAX", &[1])]
#[case::capital_letters_count("Max", &[])]
#[case::mark("latest", &[2])]
#[case::accents("topic:cafe", &[3])]
#[case::arn_as_its_name("arn:aws:lambda:eu-central-1:111122223333:function:cam:13", &[1, 2])]
#[case::contents_are_not_fuzzy("cm13", &[])]
#[case::field_without_a_word("fn:", &[0, 2, 1, 3])]
fn queries_find_items(#[case] query: &str, #[case] expected: &[u32]) {
    assert_eq!(order_of(&mut search_over(&rows()), query), expected);
}

#[rstest]
#[case::one_word("cam:13")]
#[case::two_words("cam: cam:1")]
fn own_definition_leads_among_equal_items(#[case] query: &str) {
    let mut search = search_over(&rows());
    assert_eq!(order_of(&mut search, query), [1, 2]);
    search.set_own(&rows()[2].arn);
    assert_eq!(order_of(&mut search, query), [2, 1]);
}

#[rstest]
#[case::shortest_match_first("cam:13", 1, Some((TermField::Function, "cam:13", 0..6)))]
#[case::best_of_two("camera", 1, Some((TermField::Id, "camera", 0..6)))]
#[case::first_word_that_needs_it("line rate", 1, Some((TermField::Other, "MAX_RATE", 4..8)))]
#[case::accents_are_counted_in_characters("camera", 3, Some((TermField::Topic, "Café/camera-pool/#", 5..11)))]
#[case::name_says_it("camera", 0, None)]
fn row_says_why(
    #[case] query: &str,
    #[case] row: u32,
    #[case] expected: Option<(TermField, &str, std::ops::Range<usize>)>,
) {
    let mut search = search_over(&rows());
    order_of(&mut search, query);
    let found = search.highlights(row).item;
    let found = found.map(|item| (item.field, item.text, item.characters));
    let expected = expected.map(|(field, text, lit)| (field, text.to_owned(), lit.collect()));
    assert_eq!(found, expected);
}
