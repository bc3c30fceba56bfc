//! The checks: each rule finds its errors and accepts valid contents, and a valid group has no findings.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use greengroup::domain::check::{
    Checker, Contents, Findings, Origin, Scope, Severity, SlotContent, against_base, check, rules,
};
use greengroup::domain::{Content, DefinitionKind, Identity, Slots};
use serde_json::Value;

use crate::rules::cases::{Case, cases};
use crate::support::large_group::{LargeGroup, Sizes, definition_version};

fn scope() -> Scope {
    Scope {
        partition: Some("aws".to_owned()),
        region: Some("eu-central-1".to_owned()),
        account: Some("111122223333".to_owned()),
    }
}

fn run(case: &Case) -> Findings {
    let (slots, contents, scope) = group_of(case);
    check(&slots, &contents, &scope)
}

fn group_of(case: &Case) -> (Slots, Contents, Scope) {
    let mut slots = Slots::default();
    let mut contents = Contents::default();
    for (&kind, held) in &case.slots {
        let text = case.arns.get(&kind).cloned();
        slots.fill_verbatim(kind, &text.unwrap_or_else(|| definition_version(kind)));
        contents.set(kind, slot_content(kind, held));
    }
    let given = case.scope.as_ref().map(|given| Scope {
        partition: given.get("partition").cloned(),
        region: given.get("region").cloned(),
        account: given.get("account").cloned(),
    });
    (slots, contents, given.unwrap_or_else(scope))
}

fn slot_content(kind: DefinitionKind, held: &Value) -> SlotContent {
    match held.as_str() {
        Some("pending") => SlotContent::Unknown,
        Some("missing") => SlotContent::Missing,
        Some("unreadable") => SlotContent::Unreadable("AccessDeniedException".to_owned()),
        Some(other) => panic!("{other:?} is nothing that a slot can be"),
        None => SlotContent::Known(Arc::new(Content::from_json(kind, held.clone()).unwrap())),
    }
}

fn found_by<'a>(rule: &str, findings: &'a Findings) -> Vec<&'a [String]> {
    findings
        .iter()
        .filter(|finding| finding.rule == rule)
        .map(|finding| finding.items.as_slice())
        .collect()
}

#[test]
fn each_rule_finds_what_its_examples_say() {
    for case in cases() {
        let findings = run(&case);
        let found = found_by(&case.rule, &findings);
        assert_eq!(found, case.finds, "{}: {}", case.rule, case.example);
    }
}

#[test]
fn each_rule_has_passing_and_failing_example() {
    let mut untested: Vec<String> = Vec::new();
    let cases = cases();
    for rule in rules() {
        for (word, is_refused) in [("accepted", false), ("refused", true)] {
            let is_shown =
                |case: &Case| case.rule == rule.name && case.finds.is_empty() != is_refused;
            if !cases.iter().any(is_shown) {
                untested.push(format!("{} {word}", rule.name));
            }
        }
    }
    assert_eq!(untested, Vec::<String>::new());
    let names: BTreeSet<&str> = rules().map(|rule| rule.name).collect();
    assert_eq!(
        names.len(),
        rules().count(),
        "the names of rules are unique"
    );
    let unfounded: Vec<&str> = rules()
        .filter(|rule| rule.source.trim().is_empty())
        .map(|rule| rule.name)
        .collect();
    assert_eq!(
        unfounded,
        Vec::<&str>::new(),
        "each rule says where it is written"
    );
    let stray = cases.iter().find(|case| !names.contains(&*case.rule));
    assert!(stray.is_none(), "an example for no rule: {stray:?}");
}

/// The sentences next to each other, to be reviewed.
#[test]
fn findings_read_well() {
    let mut text = String::new();
    for case in cases() {
        for finding in run(&case)
            .iter()
            .filter(|finding| finding.rule == case.rule)
        {
            let slots: Vec<&str> = finding.slots.iter().map(|slot| slot.name()).collect();
            let message = finding.message.replace(&"n".repeat(100), "nnn…");
            let message = message.replace(&"t".repeat(100), "ttt…");
            writeln!(
                text,
                "{} [{}; {}]\n  {message}\n  {}",
                finding.rule,
                finding.severity.words(),
                slots.join(", "),
                finding.fix
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_sound_group_is_silent() {
    let group = LargeGroup::new(Sizes::UNDISPUTED);
    let findings = check(&group.slots, &group.contents, &group.scope);
    assert_eq!(findings.iter().collect::<Vec<_>>(), Vec::<&_>::new());
    assert!(findings.is_complete());
}

#[test]
fn quota_sized_group_has_one_note() {
    let group = LargeGroup::new(Sizes::QUOTAS);
    let findings = check(&group.slots, &group.contents, &group.scope);
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["strict-resources"]);
}

#[test]
fn dropping_a_slot_breaks_what_names_its_items() {
    let sound = LargeGroup::new(Sizes::UNDISPUTED);
    for (dropped, broken) in [
        (DefinitionKind::Core, vec!["one-core"]),
        (DefinitionKind::Device, vec!["subscription-device"]),
        (DefinitionKind::Function, vec!["subscription-function"]),
        (DefinitionKind::Connector, vec!["subscription-connector"]),
        (
            DefinitionKind::Resource,
            vec!["resource-missing", "connector-resource"],
        ),
        (DefinitionKind::Subscription, vec![]),
        (DefinitionKind::Logger, vec![]),
    ] {
        let mut group = sound.clone();
        group.slots.empty(dropped);
        let findings = check(&group.slots, &group.contents, &group.scope);
        let mut rules: Vec<&str> = findings.blocking().map(|finding| finding.rule).collect();
        rules.dedup();
        assert_eq!(rules, broken, "without the {dropped} slot");
        assert_eq!(findings.len(), findings.blocking().count());
    }
}

#[test]
fn loading_content_is_pending() {
    let mut group = LargeGroup::new(Sizes::UNDISPUTED);
    group
        .contents
        .set(DefinitionKind::Function, SlotContent::Unknown);
    let findings = check(&group.slots, &group.contents, &group.scope);
    assert!(findings.is_empty());
    assert_eq!(findings.pending(), [DefinitionKind::Function]);
    assert!(!findings.is_complete());
}

#[test]
fn unreadable_content_is_a_finding() {
    let mut group = LargeGroup::new(Sizes::UNDISPUTED);
    let reason = "AccessDeniedException".to_owned();
    group
        .contents
        .set(DefinitionKind::Function, SlotContent::Unreadable(reason));
    let findings = check(&group.slots, &group.contents, &group.scope);
    assert_eq!(findings.unknown(), [DefinitionKind::Function]);
    assert_eq!(findings.count(DefinitionKind::Function), 1);
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.rule, "slot-unreadable");
    assert!(finding.message.contains("AccessDeniedException"));
}

#[test]
fn a_content_of_another_kind_is_unreadable() {
    let mut contents = Contents::default();
    let content = Content::empty(DefinitionKind::Logger);
    contents.set(DefinitionKind::Core, SlotContent::Known(Arc::new(content)));
    assert!(matches!(
        contents.get(DefinitionKind::Core),
        SlotContent::Unreadable(_)
    ));
}

#[test]
fn contents_are_asked_for_filled_slots_only() {
    let mut slots = Slots::default();
    slots.fill_verbatim(
        DefinitionKind::Core,
        &definition_version(DefinitionKind::Core),
    );
    slots.fill_verbatim(DefinitionKind::Logger, "no ARN");
    let mut asked = Vec::new();
    let contents = Contents::of(&slots, |arn| {
        asked.push(arn.kind());
        SlotContent::Missing
    });
    assert_eq!(asked, [DefinitionKind::Core]);
    assert_eq!(*contents.get(DefinitionKind::Core), SlotContent::Missing);
    assert_eq!(*contents.get(DefinitionKind::Device), SlotContent::Empty);
    let findings = check(&slots, &contents, &Scope::default());
    assert_eq!(findings.pending(), []);
    assert_eq!(
        findings.unknown(),
        [DefinitionKind::Core, DefinitionKind::Logger]
    );
}

#[test]
fn findings_sort_by_severity_then_pane() {
    let mut group = LargeGroup::new(Sizes::QUOTAS);
    group.slots.empty(DefinitionKind::Device);
    group.slots.empty(DefinitionKind::Core);
    group.scope.account = Some("999988887777".to_owned());
    let findings = check(&group.slots, &group.contents, &group.scope);
    let order: Vec<(Severity, Option<DefinitionKind>)> = findings
        .iter()
        .map(|finding| (finding.severity, finding.first_slot()))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    let counts = Severity::ALL.map(|severity| {
        let count = findings.count_severity(severity);
        assert!(count > 0, "{severity:?}");
        count
    });
    assert_eq!(counts.iter().sum::<usize>(), findings.len());
    let blocking = order
        .iter()
        .filter(|(severity, _)| *severity == Severity::Blocks);
    assert_eq!(blocking.count(), findings.blocking().count());
    assert_eq!(
        findings.blocking().count(),
        findings.count_severity(Severity::Blocks)
    );
    assert_ne!(counts[0], counts[1]);
}

#[test]
fn base_findings_differ_from_new_ones() {
    let base = LargeGroup::new(Sizes::QUOTAS);
    let in_base = check(&base.slots, &base.contents, &base.scope);
    let mut draft = base.clone();
    draft.slots.empty(DefinitionKind::Core);
    let findings = check(&draft.slots, &draft.contents, &draft.scope);
    let origins: Vec<(&str, Origin)> = against_base(&findings, &in_base)
        .map(|(finding, origin)| (finding.rule, origin))
        .collect();
    assert_eq!(
        origins,
        [
            ("one-core", Origin::New),
            ("strict-resources", Origin::InBase)
        ]
    );
}

#[test]
fn unknown_base_marks_no_finding_new() {
    let draft = LargeGroup::new(Sizes::QUOTAS);
    let mut base = draft.clone();
    base.contents
        .set(DefinitionKind::Resource, SlotContent::Unknown);
    let in_base = check(&base.slots, &base.contents, &base.scope);
    let findings = check(&draft.slots, &draft.contents, &draft.scope);
    let origins: Vec<Origin> = against_base(&findings, &in_base)
        .map(|(_, origin)| origin)
        .collect();
    assert_eq!(origins, [Origin::Undecided]);
}

#[test]
fn the_scope_is_the_callers() {
    let caller = Identity {
        account: "111122223333".to_owned(),
        arn: "arn:aws-us-gov:sts::111122223333:assumed-role/ops/anna".to_owned(),
    };
    let known = Scope::new("us-gov-west-1", Some(&caller));
    assert_eq!(known.partition.as_deref(), Some("aws-us-gov"));
    assert_eq!(known.account.as_deref(), Some("111122223333"));
    let unknown = Scope::new("us-gov-west-1", None);
    assert_eq!((unknown.partition, unknown.account), (None, None));
}

/// A full run has the same findings as a run of only the rules that a change affects.
#[test]
fn change_runs_only_the_rules_concerned() {
    let mut checker = Checker::default();
    let mut follow = |slots: &Slots, contents: &Contents, scope: &Scope| {
        let concerned = checker.update(slots, contents.clone(), scope);
        assert_eq!(*checker.findings(), check(slots, contents, scope));
        assert_eq!(checker.update(slots, contents.clone(), scope), 0);
        concerned
    };
    for case in cases() {
        let (mut slots, mut contents, scope) = group_of(&case);
        follow(&slots, &contents, &scope);
        for kind in DefinitionKind::ALL {
            slots.empty(kind);
            contents.set(kind, SlotContent::Empty);
            let concerned = follow(&slots, &contents, &scope);
            assert!(concerned < rules().count(), "{kind}");
        }
    }
}

#[test]
fn blocking_rules_keep_the_order_of_the_findings() {
    let mut group = LargeGroup::new(Sizes::UNDISPUTED);
    for kind in [DefinitionKind::Resource, DefinitionKind::Core] {
        group.slots.empty(kind);
    }
    let findings = check(&group.slots, &group.contents, &group.scope);
    let mut of_findings: Vec<&str> = findings
        .blocking()
        .map(|finding| &*finding.message)
        .collect();
    let of_rules: Vec<String> = findings
        .blocking_rules()
        .iter()
        .map(|rule| rule.message().to_owned())
        .collect();
    of_findings.retain(|message| of_rules.iter().any(|first| first == message));
    assert_eq!(of_rules, of_findings);
    assert!(of_rules.len() >= 3);
    assert!(!of_rules.is_sorted(), "the order is not that of the names");
}
