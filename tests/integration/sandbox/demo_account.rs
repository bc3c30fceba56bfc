//! The demo account has no findings except its intended mistakes, and has all promised contents.

use std::collections::BTreeSet;
use std::sync::Arc;

use greengroup::domain::check::{Contents, Scope, Severity, SlotContent, check};
use greengroup::domain::{Content, DefinitionKind, DefinitionVersionArn, Slots};
use greengroup::sandbox::account::{AccountGroup, GroupSlots};
use greengroup::sandbox::{Account, Sandbox};

fn slots_of(held: &GroupSlots) -> Slots {
    let mut slots = Slots::default();
    for (kind, arn) in held.iter() {
        if let Some(arn) = arn {
            slots.fill_verbatim(kind, arn);
        }
    }
    slots
}

fn content_of(account: &Account, arn: &DefinitionVersionArn) -> SlotContent {
    let Some(version) = account.definition_version(arn.kind(), arn.as_str()) else {
        return SlotContent::Missing;
    };
    let json = serde_json::Value::clone(&version.holds);
    SlotContent::Known(Arc::new(Content::from_json(arn.kind(), json).unwrap()))
}

#[test]
fn demo_account_has_only_planted_findings() {
    let account = Sandbox::demo().account(Account::clone);
    let scope = Scope {
        partition: Some("aws".to_owned()),
        region: Some("eu-central-1".to_owned()),
        account: Some("111122223333".to_owned()),
    };
    let mut found = Vec::new();
    let mut notes = BTreeSet::new();
    for group in account.groups().iter() {
        for (number, version) in group.versions().enumerate() {
            let slots = slots_of(&version.holds);
            let contents = Contents::of(&slots, |arn| content_of(&account, arn));
            let name = group.metadata().name.as_deref().unwrap();
            let findings = check(&slots, &contents, &scope);
            let of_note = findings
                .iter()
                .filter(|finding| finding.severity == Severity::Note);
            notes.extend(of_note.map(|finding| format!("{name}: {}", finding.rule)));
            let serious = findings
                .iter()
                .filter(|finding| finding.severity != Severity::Note);
            found.extend(serious.map(|finding| {
                let message = &finding.message;
                format!("{name} {}: {} {message}", number + 1, finding.rule)
            }));
        }
    }
    assert_eq!(
        found,
        [
            "dispatch 2: subscription-function tracker:PROD, named by 5 subscriptions, is not in the \
             function slot, which has tracker:STABLE",
            "quality-lab 1: slot-missing the logger version of the slot, or its definition, no longer exists",
        ]
    );
    assert_eq!(notes.into_iter().collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn demo_account_has_promised_size_and_edge_cases() {
    let account = Sandbox::demo().account(Account::clone);
    let of = |kind| account.definitions(kind);
    let definitions: usize = DefinitionKind::ALL
        .map(|kind| of(kind).iter().len())
        .iter()
        .sum();
    let versions: usize = DefinitionKind::ALL
        .into_iter()
        .flat_map(|kind| {
            of(kind)
                .iter()
                .map(|definition| definition.versions().len())
        })
        .sum();
    assert!(account.groups().iter().len() >= 12 && definitions >= 60 && versions >= 250);
    let named = |name: &str| -> Vec<&AccountGroup> {
        let groups = account.groups().iter();
        let is_named = |group: &&AccountGroup| group.metadata().name.as_deref() == Some(name);
        groups.filter(is_named).collect()
    };
    assert_eq!(named("staging").len(), 2);
    for other_script in ["プレスライン大阪", "Покрасочный цех", "خط التعبئة"]
    {
        assert_eq!(named(other_script).len(), 1, "{other_script}");
    }
    assert_eq!(named("press-line-4")[0].versions().len(), 0);
    let is_nameless = |kind| of(kind).iter().any(|one| one.metadata().name.is_none());
    assert!(is_nameless(DefinitionKind::Function));
    let mut connectors = of(DefinitionKind::Connector).iter();
    assert!(connectors.any(|definition| definition.versions().len() == 0));
    let press_line_3 = named("press-line-3")[0];
    assert!(press_line_3.latest().unwrap().id.starts_with("9f8e21c0"));
    let is_latest_deployed = |name: &str| {
        let group = named(name)[0];
        let deployed = account.deployments(&group.metadata().id).last().unwrap();
        deployed.group_version_arn == group.latest().unwrap().arn
    };
    assert!(is_latest_deployed("press-line-1") && !is_latest_deployed("press-line-2"));
}
