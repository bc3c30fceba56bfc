//! The grammar of the search line, and its matches.

use greengroup::search::{Search, Sort};
use rstest::rstest;

use super::{Row, order_of, search_over};

const VERSIONS: [(&str, &str, &str); 6] = [
    (
        "press-line-3-fns",
        "0a11c0de-0001-4000-8000-00000000f001",
        "88d2f00a-0001-4000-8000-000000000001",
    ),
    (
        "press-line-3-fns",
        "0a11c0de-0001-4000-8000-00000000f001",
        "71c0be11-0002-4000-8000-000000000002",
    ),
    (
        "camera-pool",
        "0b22c0de-0001-4000-8000-00000000f002",
        "0b7712aa-0003-4000-8000-000000000003",
    ),
    (
        "Line3Camera",
        "0c33c0de-0001-4000-8000-00000000f003",
        "3c3c9e1f-0004-4000-8000-000000000004",
    ),
    (
        "dead-letter",
        "0d44c0de-0001-4000-8000-00000000f004",
        "55aa01c2-0005-4000-8000-000000000005",
    ),
    (
        "",
        "0e55c0de-0001-4000-8000-00000000f005",
        "0dead0ff-0006-4000-8000-000000000006",
    ),
];

fn arn(definition: &str, version: &str) -> String {
    format!(
        "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/functions/{definition}/versions/{version}"
    )
}

fn rows() -> Vec<Row> {
    (0..)
        .zip(VERSIONS)
        .map(|(age, (name, definition, version))| Row {
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            arn: arn(definition, version),
            created: Some(-age),
            is_base: false,
            is_latest: false,
            items: Vec::new(),
        })
        .collect()
}

fn found(query: &str) -> Vec<u32> {
    order_of(&mut search_over(&rows()), query)
}

#[rstest]
#[case::words_are_anded("line cam", &[3])]
#[case::in_any_order("fns pre", &[0, 1])]
#[case::fuzzy("pl3", &[0, 1])]
#[case::smart_case("Cam", &[3])]
#[case::smart_case_of_each_word("line Cam", &[3])]
#[case::exact("'line-", &[0, 1])]
#[case::exact_has_no_gaps("'pl", &[])]
#[case::prefix("^cam", &[2])]
#[case::suffix("pool$", &[2])]
#[case::whole("^camera-pool$", &[2])]
#[case::whole_is_not_a_part("^camera$", &[])]
#[case::not("!line", &[2, 4, 5])]
#[case::not_prefix("!^line", &[0, 1, 2, 4, 5])]
#[case::not_suffix("cam !pool$", &[3])]
#[case::not_exact("!'line", &[2, 4, 5])]
#[case::name_or_start_of_an_id("dead", &[4])]
#[case::start_of_two_digits("0d", &[4, 5])]
#[case::start_of_an_id("^0dead", &[5])]
#[case::start_of_an_id_only("^dead", &[4])]
#[case::end_of_an_id("0003$", &[2])]
#[case::not_this_id("cam !0b7712aa", &[3])]
#[case::start_of_three_digits("88d", &[0])]
#[case::not_within_an_id_below_eight("88d2f00", &[0])]
#[case::short_part_of_an_id("d2f00", &[])]
#[case::long_part_of_an_id("0a-0001-4000", &[0])]
#[case::digits_of_the_account("1111", &[])]
#[case::account_and_region("eu-central-1:111122223333", &[])]
#[case::what_all_arns_share("definition/functions/", &[])]
#[case::part_of_an_arn("functions/0c33", &[3])]
#[case::id_in_upper_case("88D2F00A", &[0])]
#[case::version_of_a_definition("press 71c0", &[1])]
#[case::nothing("zzz", &[])]
fn finds(#[case] query: &str, #[case] expected: &[u32]) {
    assert_eq!(found(query), expected, "{query:?}");
}

#[rstest]
fn an_operator_without_a_word_matches_everything(
    #[values("", " ", "!", "'", "^", "$", "!'", "!^", "^$", "!$", "\t\n", "! ' ^ $")] query: &str,
) {
    let mut rows = found(query);
    rows.sort_unstable();
    assert_eq!(rows, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn every_pasted_arn_and_id_is_found_first() {
    let mut search = search_over(&rows());
    for (number, (_, definition, version)) in (0_u32..).zip(VERSIONS) {
        let whole = arn(definition, version);
        for pasted in [
            whole.as_str(),
            version,
            &version[..8],
            &whole.to_uppercase(),
        ] {
            assert_eq!(order_of(&mut search, pasted), [number], "{pasted:?}");
        }
        for pasted in [
            definition,
            &definition[..8],
            &format!("{definition}/versions/"),
        ] {
            assert!(
                order_of(&mut search, pasted).contains(&number),
                "{pasted:?}"
            );
        }
    }
}

#[test]
fn equal_matches_sort_base_latest_newest() {
    let mut rows: Vec<Row> = rows().into_iter().take(1).collect();
    for (created, is_base, is_latest) in [(3, false, false), (1, false, true), (0, true, false)] {
        rows.push(Row {
            created: Some(created),
            is_base,
            is_latest,
            ..rows[0].clone()
        });
    }
    let mut search = search_over(&rows);
    assert_eq!(order_of(&mut search, "press"), [3, 2, 1, 0]);
    search.set_sort(Sort::Newest);
    assert_eq!(order_of(&mut search, ""), [1, 2, 3, 0]);
    search.set_sort(Sort::LatestFirst);
    assert_eq!(order_of(&mut search, ""), [3, 2, 1, 0]);
}

#[test]
fn names_sort_naturally_with_nameless_last() {
    let mut search = search_over(&rows());
    search.set_sort(Sort::Name);
    search.settle();
    assert_eq!(search.order(), [2, 4, 3, 0, 1, 5]);
}

#[test]
fn a_row_says_where_it_stands() {
    let mut search = search_over(&rows());
    order_of(&mut search, "cam");
    assert_eq!(search.position_of(2), Some(0));
    assert_eq!(search.position_of(3), Some(1));
    assert_eq!(search.position_of(0), None);
}

#[rstest]
#[case::one_word("a".repeat(1 << 20))]
#[case::one_id("0".repeat(1 << 20))]
#[case::words("a0 ".repeat(1 << 18))]
#[case::different_words((0..1 << 17).fold(String::new(), |text, number| text + &format!("!{number:x} ")))]
#[case::operators("!^'$".repeat(1 << 18))]
#[case::control_characters("\u{1b}[31m\0\u{7f}\u{202e}".repeat(1 << 16))]
fn hostile_input_is_a_query_like_any_other(#[case] text: String) {
    let mut search = search_over(&rows());
    search.set_query(&text);
    search.settle();
    assert!(search.order().len() <= search.len());
    order_of(&mut search, "");
    assert_eq!(search.order().len(), search.len());
}

#[test]
fn overlong_name_is_searched_at_its_start() {
    let mut search = Search::new();
    let mut row = rows().swap_remove(0);
    row.name = Some("é".repeat(1 << 20));
    search.push(&row.arn, &row.attributes());
    assert_eq!(order_of(&mut search, &"é".repeat(256)), [0]);
    assert_eq!(search.highlights(0).name.len(), 256);
}

/// `quebec-quai` stores its accents decomposed.
const NAMES: [&str; 9] = [
    "que\u{301}bec-quai",
    "Québec-Pont",
    "quebec-usine",
    "ПОКРАСКА-2",
    "Çelik-Hattı",
    "ÇELİK-DÖKÜM",
    "Αθήνα",
    "ΑΘΗΝΑΣ",
    "Łódź-2",
];

#[rstest]
#[case::plain_letters_find_accents("quebec", &[0, 1, 2])]
#[case::accents_find_accents_only("québec", &[0, 1])]
#[case::decomposed_accents("que\u{301}bec", &[0, 1])]
#[case::exact_with_accents("'québec-q", &[0])]
#[case::capital_letters_are_exact("Quebec", &[1])]
#[case::cyrillic("покр", &[3])]
#[case::cyrillic_capitals("ПОК", &[3])]
#[case::cyrillic_mixed("Пок", &[])]
#[case::turkish("çelik", &[4, 5])]
#[case::turkish_exact("'çelik-d", &[5])]
#[case::turkish_without_dots("hatti", &[4])]
#[case::greek("αθηνα", &[6, 7])]
#[case::greek_final_sigma("αθηνας", &[7])]
#[case::greek_prefix("^αθη", &[6, 7])]
#[case::strokes("lodz", &[8])]
#[case::not("!quebec !'2 !αθ !celik", &[])]
fn names_fold_by_unicode(#[case] query: &str, #[case] expected: &[u32]) {
    let rows: Vec<Row> = NAMES
        .into_iter()
        .map(|name| Row {
            name: Some(name.to_owned()),
            arn: String::new(),
            created: None,
            is_base: false,
            is_latest: false,
            items: Vec::new(),
        })
        .collect();
    let mut found = order_of(&mut search_over(&rows), query);
    found.sort_unstable();
    assert_eq!(found, expected, "{query:?}");
}
