//! The account that simulated sessions work on, small enough to be made anew for each, and what others do to it.

use std::sync::{Arc, LazyLock};

use greengroup::domain::{DefinitionKind, DefinitionVersionArn, Draft, GroupId, Slots, Timestamp};
use greengroup::sandbox::account::{Account, GroupSlots};
use greengroup::sandbox::{Ids, Moment, Sandbox};
use serde_json::{Value, json};

use super::seed::Dice;

/// Text that no ARN reader takes, as a service that was once lenient keeps it.
pub(super) const NO_ARN: &str = "arn:aws:greengrass:::/greengrass/definition/devices/?\u{1b}[31m";

static ACCOUNT: LazyLock<Account> = LazyLock::new(small_account);

/// What happens in the account is dated by this, so that a seed makes the same account again.
/// No two things happen in one millisecond.
fn clock() -> Timestamp {
    NOW.with(|cell| {
        cell.set(Timestamp::from_milliseconds(cell.get().milliseconds() + 1));
        cell.get()
    })
}

thread_local! {
    static NOW: std::cell::Cell<Timestamp> = const { std::cell::Cell::new(Timestamp::from_milliseconds(0)) };
}

/// What time it is in the accounts of this thread.
pub(super) fn now() -> Timestamp {
    NOW.with(std::cell::Cell::get)
}

/// Sets what time it is in the accounts of this thread.
pub(super) fn set_clock(now: Timestamp) {
    NOW.with(|cell| cell.set(now.max(cell.get())));
}

/// A fresh copy of the small account.
pub(super) fn sandbox(seed: u64, now: Timestamp) -> Sandbox {
    NOW.with(|cell| cell.set(now));
    let sandbox = Sandbox::with(ACCOUNT.clone());
    sandbox.foretell(clock, Ids::Seeded(seed));
    sandbox
}

/// Three groups: one full, one with text that is no ARN and empty slots, both with a version before that, one
/// without any; twelve definitions.
fn small_account() -> Account {
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

fn content(kind: DefinitionKind, number: usize) -> Value {
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

/// The ids of a group's versions, oldest first.
pub(super) fn versions(sandbox: &Sandbox, group: &GroupId) -> Vec<Arc<str>> {
    sandbox.account(|account| {
        let group = account.group(group.as_str());
        group.map_or_else(Vec::new, |group| {
            group
                .versions()
                .map(|version| Arc::clone(&version.id))
                .collect()
        })
    })
}

/// The slots of a group version, as the program reads them.
pub(super) fn slots_of(sandbox: &Sandbox, group: &GroupId, version: &str) -> Option<Slots> {
    sandbox.account(|account| {
        let version = account.group(group.as_str())?.version(version)?;
        let mut slots = Slots::default();
        for (kind, held) in version.holds.iter() {
            slots.fill_verbatim(kind, held.as_deref().unwrap_or_default());
        }
        Some(slots)
    })
}

pub(super) fn latest(sandbox: &Sandbox, group: &GroupId) -> Option<Arc<str>> {
    sandbox.account(|account| Some(Arc::clone(&account.group(group.as_str())?.latest()?.id)))
}

/// True for a version of a definition that is there and not its latest.
pub(super) fn is_older(sandbox: &Sandbox, version: &DefinitionVersionArn) -> bool {
    let is_it = |arn: &str| arn == version.as_str();
    sandbox.account(|account| {
        let mut definitions = account.definitions(version.kind()).iter();
        definitions.any(|definition| {
            let is_latest = definition.latest().is_some_and(|latest| is_it(&latest.arn));
            !is_latest && definition.versions().any(|one| is_it(&one.arn))
        })
    })
}

pub(super) fn groups(sandbox: &Sandbox) -> Vec<GroupId> {
    sandbox.account(|account| {
        let groups = account.groups().iter();
        groups
            .map(|group| GroupId::new(&*group.heading().id))
            .collect()
    })
}

/// Something that another person does in the same account, as likely as not in the group of the draft that is `open`
/// and in a slot that it has changed; the new group version, if it made one.
pub(super) fn someone_acts(
    sandbox: &Sandbox,
    open: Option<&Draft>,
    dice: &mut Dice,
) -> Option<(GroupId, Arc<str>)> {
    let group = dice.one_of(&[0, 0, 1, 2]);
    let group = groups(sandbox)[group].clone();
    let kind = dice.one_of(&DefinitionKind::ALL);
    let (group, kind) = match open.filter(|_| dice.chance(50)) {
        Some(draft) => (
            draft.group().clone(),
            draft.changed_kinds().next().unwrap_or(kind),
        ),
        None => (group, kind),
    };
    let empties = dice.one_of(&[0, 0, 0, 2, 5]);
    let doing = dice.below(10);
    let other = dice.below(3);
    sandbox.change(|account, moment| match doing {
        0 => {
            let definition = account.definitions(kind).iter().next_back();
            let definition = definition.map(|definition| Arc::clone(&definition.heading().id));
            if let Some(definition) = definition {
                account.delete_definition(kind, &definition);
            }
            None
        }
        1 => {
            let definition = account.create_definition(moment, kind, Some("someone's"));
            account.create_definition_version(
                moment,
                kind,
                definition.as_str(),
                content(kind, other),
            );
            None
        }
        _ => {
            let latest = account.group(group.as_str())?.latest();
            let mut slots = latest
                .map(|version| version.holds.clone())
                .unwrap_or_default();
            if doing > 3 {
                let versions = account
                    .definitions(kind)
                    .iter()
                    .flat_map(greengroup::sandbox::account::Lineage::versions);
                slots[kind] = versions.map(|version| Arc::clone(&version.arn)).nth(other);
            }
            for kind in DefinitionKind::ALL.into_iter().take(empties) {
                slots[kind] = None;
            }
            let made = account.create_group_version(moment, group.as_str(), slots)?;
            Some((group.clone(), Arc::clone(&made.id)))
        }
    })
}
