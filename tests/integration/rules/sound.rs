//! Valid groups of every kind have no findings, and one mistake in any of them is found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use greengroup::domain::check::{Contents, Findings, Scope, Severity, SlotContent, check};
use greengroup::domain::{Content, DefinitionKind, Slots};
use serde::Deserialize;
use serde_json::{Value, json};

use super::mutations::{MUTATIONS, UNKNOWABLE};
use crate::support::large_group::definition_version;

/// A group without any blocking finding or likely mistake.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SoundGroup {
    group: String,
    scope: Option<BTreeMap<String, String>>,
    /// Its notes, by rule.
    #[serde(default)]
    notes: Vec<String>,
    pub(crate) slots: BTreeMap<DefinitionKind, Value>,
}

impl SoundGroup {
    pub(crate) fn check(&self) -> Findings {
        let place = |region: &str, partition: &str| format!("arn:{partition}:greengrass:{region}:");
        let part = |name: &str, usual: &str| {
            let given = self.scope.as_ref().map(|scope| scope[name].clone());
            given.unwrap_or_else(|| usual.to_owned())
        };
        let (partition, region) = (part("partition", "aws"), part("region", "eu-central-1"));
        let mut slots = Slots::default();
        let mut contents = Contents::default();
        for (&kind, content) in &self.slots {
            let arn = definition_version(kind);
            let arn = arn.replace(&place("eu-central-1", "aws"), &place(&region, &partition));
            slots.fill_verbatim(kind, &arn);
            let content = Content::from_json(kind, content.clone()).unwrap();
            contents.set(kind, SlotContent::Known(Arc::new(content)));
        }
        let scope = Scope {
            partition: Some(partition),
            region: Some(region),
            account: Some(part("account", "111122223333")),
        };
        check(&slots, &contents, &scope)
    }

    /// The items of a slot; none if it is empty.
    pub(crate) fn items(&mut self, kind: DefinitionKind) -> &mut Vec<Value> {
        let content = self
            .slots
            .entry(kind)
            .or_insert_with(|| json!({ kind.items_member(): [] }));
        content[kind.items_member()].as_array_mut().unwrap()
    }
}

/// The groups of the file, and those of the demo account.
static SOUND_GROUPS: LazyLock<Vec<SoundGroup>> = LazyLock::new(|| {
    let text = include_str!("cases/sound_groups.json");
    let mut groups: Vec<SoundGroup> = serde_json::from_str(text).unwrap();
    groups.extend(demo_groups());
    groups
});

/// The latest version of each valid group of the demo account; some are broken on purpose.
fn demo_groups() -> Vec<SoundGroup> {
    let account: Value =
        serde_json::from_str(include_str!("../../../assets/demo-account.json")).unwrap();
    let mut contents: BTreeMap<&str, &Value> = BTreeMap::new();
    for definitions in account["definitions"].as_object().unwrap().values() {
        for definition in definitions.as_array().unwrap() {
            for version in definition["Versions"].as_array().unwrap() {
                contents.insert(version["Arn"].as_str().unwrap(), &version["Definition"]);
            }
        }
    }
    let mut groups = Vec::new();
    for group in account["groups"].as_array().unwrap() {
        let versions = group["Versions"].as_array().unwrap();
        let Some(latest) = versions
            .iter()
            .find(|version| version["Version"] == group["LatestVersion"])
        else {
            continue;
        };
        let filled = DefinitionKind::ALL.into_iter().filter_map(|kind| {
            let arn = latest["Definition"][kind.arn_member()].as_str()?;
            Some((kind, (*contents.get(arn)?).clone()))
        });
        let sound = SoundGroup {
            group: group["Name"].as_str().unwrap().to_owned(),
            scope: None,
            notes: Vec::new(),
            slots: filled.collect(),
        };
        if sound.check().is_empty() {
            groups.push(sound);
        }
    }
    assert!(groups.len() >= 5, "{} sound demo groups", groups.len());
    groups
}

#[test]
fn sound_groups_stay_silent() {
    assert!(SOUND_GROUPS.len() >= 24);
    for group in SOUND_GROUPS.iter() {
        let findings = group.check();
        let mut notes = Vec::new();
        for finding in findings.iter() {
            assert_eq!(
                finding.severity,
                Severity::Note,
                "{}: {finding:?}",
                group.group
            );
            notes.push(finding.rule);
        }
        assert_eq!(notes, group.notes, "{}", group.group);
    }
}

/// AWS's own template for a group has 512 KB, which is too little for any Lambda runtime.
#[test]
fn known_template_with_512_kb_is_reported() {
    let mut group = SOUND_GROUPS[2].clone();
    group.items(DefinitionKind::Function)[0]["FunctionConfiguration"]["MemorySize"] = json!(512);
    let rules: Vec<&str> = group.check().iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["function-memory-size"]);
}

const SEEDS: u64 = 6;

/// The findings that a mutation adds to each valid group that it can change.
fn found_after(mutation: super::mutations::Mutation) -> Vec<(String, bool)> {
    let mut results = Vec::new();
    for group in SOUND_GROUPS.iter() {
        let before: BTreeSet<String> = texts(&group.check());
        for seed in 0..SEEDS {
            let mut broken = group.clone();
            let mut rng = fastrand::Rng::with_seed(seed);
            if (mutation.apply)(&mut broken, &mut rng) && broken.slots != group.slots {
                let after = texts(&broken.check());
                let title = format!("{} in {:?}, seed {seed}", mutation.name, group.group);
                results.push((title, !after.is_subset(&before)));
            }
        }
    }
    assert!(!results.is_empty(), "{} changes no group", mutation.name);
    results
}

fn texts(findings: &Findings) -> BTreeSet<String> {
    findings
        .iter()
        .map(|finding| format!("{}: {:?}", finding.rule, finding.items))
        .collect()
}

#[test]
fn every_mutation_is_found() {
    let results = MUTATIONS.iter().flat_map(|mutation| found_after(*mutation));
    let unfound: Vec<String> = results
        .filter(|(_, is_found)| !is_found)
        .map(|(title, _)| title)
        .collect();
    assert_eq!(unfound, Vec::<String>::new());
}

/// If a rule finds one of these, it must be removed from the list.
#[test]
fn unknowable_mutations_are_not_found() {
    for (mutation, reason) in UNKNOWABLE {
        for (title, is_found) in found_after(*mutation) {
            assert!(!is_found, "{title} was found, though: {reason}");
        }
    }
}
