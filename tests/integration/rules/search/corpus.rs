//! Synthetic accounts: few letters, so that characters repeat, words collide and ids share digits.

use greengroup::domain::content::TermField;
use proptest::prelude::*;

use super::Row;

fn name() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        1 => Just(None),
        4 => "[abAB]{1,6}".prop_map(Some),
        4 => "(press|cam|line|Robot|arm)(-|_| |)(line|3|Fns|core|dead|beef)(-[0-9]{1,2})?".prop_map(Some),
        1 => "[aé日Ab-]{1,5}".prop_map(Some),
    ]
}

fn arn() -> impl Strategy<Value = String> {
    let usual = ("(cores|functions)", "[ab0]{4}-[ab1]{2}", "[abd0]{4}-[0e]{3}").prop_map(
        |(kind, definition, version)| {
            format!(
                "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/{kind}/{definition}/versions/{version}"
            )
        },
    );
    prop_oneof![
        9 => usual,
        1 => "[ab0:/-]{0,8}",
        1 => "arn:AWS:[Dd]{1,3}/[dD]{2}é/[dDeE]{3,5}",
    ]
}

fn item() -> impl Strategy<Value = (TermField, String)> {
    let fields = prop::sample::select(TermField::ALL.to_vec());
    let texts = prop_oneof![
        4 => "[abAB:]{1,4}",
        4 => "(cam:1[23]|press/1|dead|beef|a->b|Robot ARM)",
        1 => "[aé日Ab/]{1,4}",
    ];
    (fields, texts)
}

pub(super) fn row() -> impl Strategy<Value = Row> {
    let created = prop_oneof![1 => Just(None), 4 => (0_i64..4).prop_map(Some)];
    let items = prop::collection::vec(item(), 0..4);
    (name(), arn(), created, any::<bool>(), any::<bool>(), items).prop_map(
        |(name, arn, created, is_base, is_latest, items)| Row {
            name,
            arn,
            created,
            is_base,
            is_latest,
            items,
        },
    )
}

pub(super) fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(row(), 0..most)
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[abAB]{1,4}",
        4 => "(pr|press|cam|lin3|Rob|arm|core|ea|s3|-1|dead|beef|dea)",
        3 => "[abd0e-]{4,6}",
        2 => "([ab0]{2}:|/v|s/[ab]{1,2}|/versions/[abd0]{1,3}|[ab1]{2}/versions/[abd0]|arn:aws|:/|/d)",
        1 => "[!'^$]{1,2}",
        1 => "[é日a]{1,2}",
        2 => "(fn|thing|topic|res|con|id):(|'|\\^)(a|cam|[ab:]{1,2}|dea|dead)",
        2 => "(cam:1|:1[23]|ess/|arn:aws:lambda:r:1:function:(cam:12|a)|arn:aws:iot:r:1:thing/)",
    ]
}

/// Words with and without operators, and random orders of their characters.
pub(super) fn query() -> impl Strategy<Value = String> {
    let operators =
        prop_oneof![6 => Just(""), 1 => Just("!"), 1 => Just("'"), 1 => Just("^"), 1 => Just("!^")];
    let ends = prop_oneof![6 => Just(""), 1 => Just("$")];
    let written = (operators, word(), ends)
        .prop_map(|(before, word, after)| format!("{before}{word}{after}"));
    prop::collection::vec(written, 1..4).prop_map(|words| words.join(" "))
}
