//! The highlighted characters of the rows on screen.

use greengroup::search::Highlights;
use rstest::rstest;

use super::{Row, search_over};

fn highlights(name: &str, arn: &str, query: &str) -> Highlights {
    let row = Row {
        name: Some(name.to_owned()),
        arn: arn.to_owned(),
        created: None,
        is_base: false,
        is_latest: false,
        items: Vec::new(),
    };
    let mut search = search_over(&[row]);
    search.set_query(query);
    search.settle();
    search.highlights(0)
}

#[rstest]
#[case::fuzzy("press-line-3", "pl3", &[0, 6, 11])]
#[case::words_together("press-line-3", "ress pre", &[0, 1, 2, 3, 4])]
#[case::characters_not_bytes("café-Été", "f-É", &[2, 4, 5])]
#[case::exact("camera-cam", "'cam", &[0, 1, 2])]
#[case::exact_at_its_best_place("macam-cam", "'cam", &[6, 7, 8])]
#[case::suffix("camera-cam", "cam$", &[7, 8, 9])]
#[case::prefix("éa", "^é", &[0])]
#[case::plain_for_accented("Québec", "eb", &[2, 3])]
#[case::decomposed("que\u{301}bec", "ebe", &[2, 4, 5])]
#[case::dotted_capital("ÇELİK", "lik", &[2, 3, 4])]
#[case::negated_words_light_nothing("press", "!cam", &[])]
fn characters_of_the_name(#[case] name: &str, #[case] query: &str, #[case] expected: &[usize]) {
    assert_eq!(highlights(name, "", query).name, expected);
}

#[rstest]
#[case::start_of_an_id("dead", &[(6, 10)])]
#[case::end_of_an_id("ead$", &[(23, 26)])]
#[case::start_of_a_part("^dead", &[(6, 10)])]
#[case::words_that_overlap("dead0 ead0/v", &[(6, 13)])]
#[case::what_all_arns_share("/versions/", &[])]
#[case::definition_and_version("versions/0dead", &[(12, 26)])]
#[case::not_an_id("name", &[])]
fn stretches_of_the_arn(#[case] query: &str, #[case] expected: &[(usize, usize)]) {
    let lit = highlights("name", "arn:x/dead0/versions/0dead", query).arn;
    let ends: Vec<(usize, usize)> = lit.iter().map(|place| (place.start, place.end)).collect();
    assert_eq!(ends, expected);
}
