//! What a full check costs at the sizes that the quotas allow; a frame at 30 Hz has 33 ms.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a benchmark may panic, and shares its group with the tests"
)]

use divan::Bencher;
use greengroup::domain::check::{Findings, Scope, check};
use greengroup::domain::diff::ContentDiff;
use greengroup::domain::{Content, DefinitionKind};
use serde_json::json;

#[path = "../tests/integration/large_group.rs"]
mod large_group;

use large_group::{LargeGroup, Sizes};

fn main() {
    divan::main();
}

fn run(group: &LargeGroup) -> Findings {
    check(&group.slots, &group.contents, &group.scope)
}

#[divan::bench]
fn sound_group_at_the_quotas(bencher: Bencher) {
    let group = LargeGroup::new(Sizes::QUOTAS);
    bencher.bench(|| run(&group));
}

/// The pick that hurts most: every function that a subscription names is gone.
#[divan::bench]
fn function_slot_dropped_at_the_quotas(bencher: Bencher) {
    let mut group = LargeGroup::new(Sizes::QUOTAS);
    group.slots.empty(DefinitionKind::Function);
    bencher.bench(|| run(&group));
}

/// A finding for each of the subscriptions and devices.
#[divan::bench]
fn everything_elsewhere_and_misnamed_at_the_quotas(bencher: Bencher) {
    let mut group = LargeGroup::new(Sizes::QUOTAS);
    let subscriptions: Vec<_> = (0..Sizes::QUOTAS.subscriptions)
        .map(|n| json!({"Id": format!("no id {n}"), "Source": format!("end {n}"), "Target": "cloud", "Subject": "a/#/b"}))
        .collect();
    group.fill(
        DefinitionKind::Subscription,
        json!({"Subscriptions": subscriptions}),
    );
    group.scope = Scope {
        partition: Some("aws-cn".to_owned()),
        region: Some("cn-north-1".to_owned()),
        account: Some("999988887777".to_owned()),
    };
    bencher.bench(|| run(&group));
}

#[divan::bench]
fn difference_of_two_subscription_contents_at_the_quotas(bencher: Bencher) {
    let content = |shift: usize| {
        let items: Vec<_> = (0..Sizes::QUOTAS.subscriptions)
            .map(|n| {
                json!({"Id": n.to_string(), "Source": "cloud", "Target": "GGShadowService",
                "Subject": format!("line/{}", n / (10 + shift))})
            })
            .collect();
        let json = json!({"Subscriptions": items});
        Content::from_json(DefinitionKind::Subscription, json).expect("subscriptions")
    };
    let (old, new) = (content(0), content(1));
    bencher.bench(|| ContentDiff::between(&old, &new));
}
