//! The account of simulated sessions, a fresh copy for each, and the changes by other users.

use std::sync::Arc;

use greengroup::domain::{DefinitionKind, DefinitionVersionArn, Draft, GroupId, Slots, Timestamp};
use greengroup::sandbox::account::{DeploymentOutcome, NewDeployment};
use greengroup::sandbox::{Account, Ids, Moment, Sandbox};
use serde_json::Value;

use super::seed::Dice;
use crate::support::small_account::{content, small_account};

/// The clock of the accounts, so that a seed always creates the same account.
///
/// No two events occur in the same millisecond.
fn clock() -> Timestamp {
    NOW.with(|cell| {
        cell.set(Timestamp::from_milliseconds(cell.get().milliseconds() + 1));
        cell.get()
    })
}

thread_local! {
    static NOW: std::cell::Cell<Timestamp> = const { std::cell::Cell::new(Timestamp::from_milliseconds(0)) };
}

/// The time in the accounts of this thread.
pub(super) fn now() -> Timestamp {
    NOW.with(std::cell::Cell::get)
}

/// Sets the time in the accounts of this thread.
pub(super) fn set_clock(now: Timestamp) {
    NOW.with(|cell| cell.set(now.max(cell.get())));
}

/// A fresh copy of the small account.
pub(super) fn sandbox(seed: u64, now: Timestamp) -> Sandbox {
    NOW.with(|cell| cell.set(now));
    let sandbox = Sandbox::with(small_account());
    sandbox.set_clock_and_ids(clock, Ids::Seeded(seed));
    sandbox
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

/// The slots of a group version, as parsed by the program.
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

/// True for an existing version that is not its definition's latest.
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

/// Every definition version of the account, by its ARN, with the definition's name.
pub(super) fn definition_versions(sandbox: &Sandbox) -> Vec<HeldVersion> {
    sandbox.account(|account| {
        let kinds = DefinitionKind::ALL.into_iter();
        let definitions = kinds.flat_map(|kind| account.definitions(kind).iter());
        let versions = definitions.flat_map(|definition| {
            let name = definition.metadata().name.as_deref();
            let latest = definition.latest().map(|latest| Arc::clone(&latest.arn));
            definition.versions().map(move |version| HeldVersion {
                arn: version.arn.parse().unwrap(),
                name: name.map(str::to_owned),
                is_latest: latest.as_ref() == Some(&version.arn),
                content: Value::clone(&version.holds),
            })
        });
        versions.collect()
    })
}

/// The number of definition versions; cheaper than listing them.
pub(super) fn count_definition_versions(sandbox: &Sandbox) -> usize {
    sandbox.account(|account| {
        let kinds = DefinitionKind::ALL.into_iter();
        let definitions = kinds.flat_map(|kind| account.definitions(kind).iter());
        definitions.map(|one| one.versions().len()).sum()
    })
}

/// A definition version in the account.
#[derive(Debug, Clone)]
pub(super) struct HeldVersion {
    pub(super) arn: DefinitionVersionArn,
    pub(super) name: Option<String>,
    pub(super) is_latest: bool,
    pub(super) content: Value,
}

/// The version of this ARN, if the account has it.
pub(super) fn definition_version(
    sandbox: &Sandbox,
    arn: &DefinitionVersionArn,
) -> Option<HeldVersion> {
    let mut all = definition_versions(sandbox).into_iter();
    all.find(|version| version.arn == *arn)
}

/// The contents of all versions of this kind.
pub(super) fn contents(sandbox: &Sandbox, kind: DefinitionKind) -> Vec<Value> {
    let all = definition_versions(sandbox).into_iter();
    let of_kind = all.filter(|version| version.arn.kind() == kind);
    of_kind.map(|version| version.content).collect()
}

pub(super) fn groups(sandbox: &Sandbox) -> Vec<GroupId> {
    sandbox.account(|account| {
        let groups = account.groups().iter();
        groups
            .map(|group| GroupId::new(&*group.metadata().id))
            .collect()
    })
}

/// Another user changes the account, mostly in the group and a changed slot of the draft that is `open`.
/// Returns the new group version, if there is one.
pub(super) fn someone_acts(
    sandbox: &Sandbox,
    open: Option<&Draft>,
    dice: &mut Dice,
) -> Option<(GroupId, Arc<str>)> {
    let group = dice.one_of(&[0, 0, 1, 2]);
    let group = groups(sandbox)[group].clone();
    let kind = dice.one_of(&DefinitionKind::ALL);
    let (group, kind) = match open.filter(|_| dice.chance(80)) {
        Some(draft) => (
            draft.group().clone(),
            draft.changed_kinds().next().unwrap_or(kind),
        ),
        None => (group, kind),
    };
    let empties = dice.one_of(&[0, 0, 0, 2, 5]);
    let doing = dice.below(10);
    let other = dice.below(3);
    let drafted = open.and_then(|draft| draft.slots().version(kind));
    sandbox.change(|account, moment| match doing {
        0 => {
            let definition = account.definitions(kind).iter().next_back();
            let definition = definition.map(|definition| Arc::clone(&definition.metadata().id));
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
        2 => {
            deploy_latest(account, moment, &group);
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
                    .flat_map(greengroup::sandbox::account::Versioned::versions);
                // Differs from the base's version and the draft's: a conflict if the draft has changed this
                // slot.
                let taken = [
                    slots[kind].as_deref(),
                    drafted.map(DefinitionVersionArn::as_str),
                ];
                slots[kind] = versions
                    .map(|version| Arc::clone(&version.arn))
                    .filter(|arn| !taken.contains(&Some(arn)))
                    .nth(other);
            }
            for kind in DefinitionKind::ALL.into_iter().take(empties) {
                slots[kind] = None;
            }
            let made = account.create_group_version(moment, group.as_str(), slots)?;
            Some((group.clone(), Arc::clone(&made.id)))
        }
    })
}

/// Another user deploys a group's latest version, without a token, unless a deployment is active.
fn deploy_latest(account: &mut Account, moment: &mut Moment, group: &GroupId) {
    let last = account.deployments(group.as_str()).last();
    let is_active = last.is_some_and(|last| last.status_at(now()).is_active());
    let latest = account
        .group(group.as_str())
        .and_then(|group| group.latest());
    let Some(version) = latest.map(|latest| Arc::clone(&latest.id)) else {
        return;
    };
    if !is_active {
        let new = NewDeployment {
            deployment_type: "NewDeployment",
            version: Some(&version),
            outcome: DeploymentOutcome::Succeeds,
            client_token: None,
        };
        account.create_deployment(moment, group.as_str(), new);
    }
}
