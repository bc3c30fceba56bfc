//! An account small enough to be created many times in one test.

use std::sync::{Arc, LazyLock};

use greengroup::domain::{DefinitionKind, Timestamp};
use greengroup::sandbox::Moment;
use greengroup::sandbox::account::{Account, GroupSlots};
use serde_json::{Value, json};

/// A slot's text that is not an ARN and would colour a terminal.
pub(crate) const NO_ARN: &str = "arn:aws:greengrass:::/greengrass/definition/devices/?\u{1b}[31m";

/// Twelve definitions and three groups: `alpha` with all slots filled, `beta` with an empty slot and with
/// `NO_ARN`, both with an earlier version, and `gamma` without versions.
pub(crate) fn small_account() -> Account {
    static ACCOUNT: LazyLock<Account> = LazyLock::new(build);
    ACCOUNT.clone()
}

fn build() -> Account {
    let mut account = Account::new("123456789012", "eu-central-1");
    let began = "2026-01-01T00:00:00.000Z".parse::<Timestamp>().unwrap();
    let mut moment = Moment::seeded(1, began);
    let mut full = GroupSlots::default();
    for (place, kind) in DefinitionKind::ALL.into_iter().enumerate() {
        for number in 0..if place < 5 { 2 } else { 1 } {
            let name = format!("{kind}-{number}");
            let definition = account.create_definition(&mut moment, kind, Some(&name));
            for version in 0..=number {
                moment.now = Timestamp::from_milliseconds(moment.now.milliseconds() + 60_000);
                let content = content(kind, number + version);
                let made = account.create_definition_version(
                    &mut moment,
                    kind,
                    definition.as_str(),
                    content,
                );
                full[kind].get_or_insert(Arc::clone(&made.unwrap().arn));
            }
        }
    }
    let mut odd = full.clone();
    odd[DefinitionKind::Device] = Some(NO_ARN.into());
    odd[DefinitionKind::Logger] = None;
    let mut early = full.clone();
    early[DefinitionKind::Function] = None;
    early[DefinitionKind::Subscription] = None;
    let named = [
        ("alpha", vec![early.clone(), full]),
        ("beta", vec![early, odd]),
        ("gamma", Vec::new()),
    ];
    for (name, versions) in named {
        let group = account.create_group(&mut moment, name);
        for slots in versions {
            moment.now = Timestamp::from_milliseconds(moment.now.milliseconds() + 60_000);
            account.create_group_version(&mut moment, group.as_str(), slots);
        }
    }
    account
}

/// The content of a definition version: one core or device, otherwise nothing.
pub(crate) fn content(kind: DefinitionKind, number: usize) -> Value {
    let certificate = format!("arn:aws:iot:eu-central-1:123456789012:cert/{number:064}");
    let thing = format!("arn:aws:iot:eu-central-1:123456789012:thing/thing-{number}");
    let item =
        json!({"Id": "one", "CertificateArn": certificate, "ThingArn": thing, "SyncShadow": false});
    match kind {
        DefinitionKind::Core | DefinitionKind::Device => json!({kind.items_member(): [item]}),
        DefinitionKind::Function
        | DefinitionKind::Connector
        | DefinitionKind::Resource
        | DefinitionKind::Subscription
        | DefinitionKind::Logger => json!({kind.items_member(): []}),
    }
}
