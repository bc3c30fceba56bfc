//! The table of connectors against AWS's developer guide: pages, versions, parameters and the guide's own
//! examples.

use std::sync::Arc;

use greengroup::domain::check::{Contents, Scope, SlotContent, check, connector_pages, overlap};
use greengroup::domain::{Content, DefinitionKind, Slots};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::large_group::definition_version;

/// The data that a script read from the guide's pages: connectors, versions, required and optional
/// parameters.
pub(crate) mod guide {
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    pub(crate) struct GuidePage {
        pub(crate) page: String,
        pub(crate) names: Vec<String>,
        pub(crate) versions: BTreeMap<u32, GuideParameters>,
    }

    #[derive(Debug, Deserialize)]
    pub(crate) struct GuideParameters {
        pub(crate) required: Vec<String>,
        pub(crate) optional: Vec<String>,
    }

    pub(crate) fn pages() -> &'static [GuidePage] {
        static PAGES: LazyLock<Vec<GuidePage>> = LazyLock::new(|| {
            serde_json::from_str(include_str!("cases/guide_connectors.json")).unwrap()
        });
        &PAGES
    }

    /// Whether the guide has "Required: true" for the connector with this ARN.
    pub(crate) fn is_required(arn: &str, parameter: &str) -> bool {
        let mut parts = arn.rsplit('/');
        let version: u32 = parts.next().unwrap().parse().unwrap();
        let name = parts.nth(1).unwrap();
        let pages = pages();
        let page = pages
            .iter()
            .find(|page| page.names.iter().any(|known| known == name));
        page.is_some_and(|page| {
            page.versions[&version]
                .required
                .iter()
                .any(|known| known == parameter)
        })
    }
}

/// Parameters whose version differs from their page, each with the reason on the page.
const CORRECTED: [(&str, &str); 1] = [
    // The page lists it without versions, but its changelog adds it in version 4.
    ("iot-analytics-connector", "IsolationMode"),
];

/// A parameter that the text of its page limits to one platform.
const LIMITED: &str = "GPUAcceleration";

#[test]
fn table_lists_the_guide_pages_and_versions() {
    let listed = |page: &str, names: &[String], latest: u32| {
        let mut names = names.to_vec();
        names.sort();
        format!("{page}: {} up to {latest}", names.join(", "))
    };
    let guide: Vec<String> = guide::pages()
        .iter()
        .map(|page| {
            assert!(
                page.versions
                    .keys()
                    .copied()
                    .eq(1..=u32::try_from(page.versions.len()).unwrap())
            );
            listed(
                &page.page,
                &page.names,
                u32::try_from(page.versions.len()).unwrap(),
            )
        })
        .collect();
    let mut table: Vec<String> = connector_pages()
        .iter()
        .map(|page| listed(&page.page, &page.names, page.latest))
        .collect();
    table.sort();
    assert_eq!(table, guide);
}

#[test]
fn every_version_has_the_parameters_of_the_guide() {
    for page in guide::pages() {
        let table = connector_pages().iter().find(|row| row.page == page.page);
        let table = table.unwrap();
        for (version, parameters) in &page.versions {
            for name in &page.names {
                let has = |is_required: bool| -> Vec<String> {
                    let rows = table.parameters_of(name, *version);
                    let rows = rows.filter(|(_, row)| row.required == is_required);
                    rows.map(|(name, _)| name.to_owned()).collect()
                };
                let is_compared = |parameter: &&String| {
                    !CORRECTED.contains(&(&*page.page, parameter.as_str())) && *parameter != LIMITED
                };
                for (is_required, guide) in
                    [(true, &parameters.required), (false, &parameters.optional)]
                {
                    let table = has(is_required);
                    assert_eq!(
                        table.iter().filter(is_compared).collect::<Vec<_>>(),
                        guide.iter().filter(is_compared).collect::<Vec<_>>(),
                        "{name} {version}, required: {is_required}"
                    );
                }
            }
        }
    }
}

#[test]
fn table_rows_are_consistent() {
    for page in connector_pages() {
        for (name, row) in &page.parameters {
            let title = format!("{} of {}", name, page.page);
            let pattern = row.pattern.as_ref();
            assert!(
                pattern.is_none_or(|pattern| pattern.compiled().is_some()),
                "{title}"
            );
            assert_eq!(
                pattern.is_some(),
                !row.form.is_empty(),
                "{title} has words for its pattern"
            );
            let since = row.since.unwrap_or(1);
            assert!(
                (1..=row.until.unwrap_or(page.latest)).contains(&since),
                "{title}"
            );
            let named = [
                &row.secret_of,
                &row.source_of,
                &row.destination_of,
                &row.job_of,
            ];
            for other in named.into_iter().flatten() {
                let other = &page.parameters[other];
                assert!(other.resource.is_some(), "{title} names a resource");
            }
            assert!(
                row.required_with
                    .keys()
                    .all(|other| page.parameters.contains_key(other))
            );
        }
        assert!(
            page.one_of
                .iter()
                .all(|name| page.parameters.contains_key(name))
        );
    }
}

#[rstest]
#[case("a/b", "a/b", true)]
#[case("a/+", "a/b", true)]
#[case("+/b", "a/+", true)]
#[case("a/#", "a/b/c", true)]
#[case("a/#", "a", true)]
#[case("#", "a/b", true)]
#[case("a/b", "a/b/#", true)]
#[case("a/b", "a/c", false)]
#[case("a/b", "a/b/c", false)]
#[case("a/+", "a", false)]
#[case("a/+/c", "a/#", true)]
fn topic_filters_overlap(#[case] one: &str, #[case] other: &str, #[case] expected: bool) {
    assert_eq!(overlap(one, other), expected);
    assert_eq!(overlap(other, one), expected);
}

/// The guide's examples for the AWS CLI, with a region and an account instead of its placeholders.
#[test]
fn examples_of_the_guide_pass() {
    let examples: Vec<Value> =
        serde_json::from_str(include_str!("cases/guide_examples.json")).unwrap();
    assert!(examples.len() >= 17);
    for example in examples {
        let kind = DefinitionKind::Connector;
        let content = Content::from_json(kind, json!({"Connectors": [example]})).unwrap();
        let mut slots = Slots::default();
        slots.fill_verbatim(kind, &definition_version(kind));
        let mut contents = Contents::default();
        contents.set(kind, SlotContent::Known(Arc::new(content)));
        let findings = check(&slots, &contents, &Scope::default());
        let of_parameters = findings.iter().filter(|finding| {
            finding.rule.starts_with("connector-parameter") || finding.rule == "connector-unknown"
        });
        assert_eq!(of_parameters.collect::<Vec<_>>(), Vec::<&_>::new());
    }
}
