//! Converts the facts of a snapshot to an account.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Taken;
use super::known::Known;
use super::record::{DeploymentRecord, Listed};
use super::target::SnapshotOrigin;
use crate::domain::{
    Definition, DefinitionKind, DefinitionVersionArn, Group, PerKind, Slots, Timestamp,
};
use crate::sandbox::account::{
    Account, AccountDeployment, DeploymentError, GroupSlots, ImportError, Metadata, Version,
};

/// Returns the account and the counts of its parts. Adds a line to `missing` for each part that was refused.
pub(super) fn account(
    groups: &[Group],
    definitions: &[Definition],
    known: &Known,
    origin: &SnapshotOrigin,
    missing: &mut Vec<String>,
) -> (Account, Taken) {
    let mut assembly = Assembly {
        account: Account::new(&origin.account, &origin.region),
        taken: Taken {
            account: origin.account.clone(),
            region: origin.region.clone(),
            ..Taken::default()
        },
        known,
        origin,
        missing,
    };
    for definition in definitions {
        assembly.definition(definition);
    }
    for group in groups {
        assembly.group(group);
    }
    assembly
        .account
        .set_service_role(known.service_role.clone());
    (assembly.account, assembly.taken)
}

struct Assembly<'a> {
    account: Account,
    taken: Taken,
    known: &'a Known,
    origin: &'a SnapshotOrigin,
    missing: &'a mut Vec<String>,
}

impl Assembly<'_> {
    fn note(&mut self, what: &str, done: &Result<(), ImportError>) -> bool {
        if let Err(error) = done {
            self.missing.push(format!("{what}: {error}"));
        }
        done.is_ok()
    }

    fn definition(&mut self, definition: &Definition) {
        let (kind, id) = (definition.kind, definition.id.as_str());
        let versions = oldest_first(self.known.versions(definition));
        // The list lacks the ARN of the definition itself, but its versions' ARNs begin with it.
        let latest = definition.latest.as_ref();
        let of_version = latest
            .map(DefinitionVersionArn::as_str)
            .or_else(|| versions.first().and_then(|version| version.arn.as_deref()));
        let of_versions = of_version.and_then(|arn| arn.rsplit_once("/versions/"));
        let arn = if let Some((arn, _)) = of_versions {
            arn.to_owned()
        } else {
            let path = format!("definition/{}/{id}", kind.path_segment());
            self.origin.arn(&path)
        };
        let times = (definition.created, definition.updated);
        let metadata = Metadata {
            tags: definition.tags.clone(),
            ..new_metadata(id, &arn, definition.name.as_deref(), times)
        };
        let imported = self.account.import_definition(kind, metadata);
        if !self.note(&format!("{kind} definition {id}"), &imported) {
            return;
        }
        self.taken.definitions += 1;
        for version in versions {
            self.definition_version(kind, id, version);
        }
        if let Some(latest) = &definition.latest {
            self.account
                .set_latest_definition_version(kind, id, latest.version());
        }
    }

    fn definition_version(&mut self, kind: DefinitionKind, definition: &str, listed: &Listed) {
        let arn = listed.arn.as_deref().unwrap_or_default();
        // A version that could not be read is already in `missing`.
        let Some(content) = self.known.contents.get(arn) else {
            return;
        };
        let version = version(listed, arn, Arc::clone(content));
        let imported = self
            .account
            .import_definition_version(kind, definition, version);
        if self.note(&format!("content of {arn}"), &imported) {
            self.taken.definition_versions += 1;
        }
    }

    fn group(&mut self, group: &Group) {
        let id = group.id.as_str();
        let arn = group
            .arn
            .clone()
            .unwrap_or_else(|| self.origin.arn(&format!("groups/{id}")));
        let times = (group.created, group.updated);
        let tags = self.known.group_tags.get(&group.id);
        let metadata = Metadata {
            tags: tags.cloned().unwrap_or_default(),
            ..new_metadata(id, &arn, group.name.as_deref(), times)
        };
        let imported = self.account.import_group(metadata);
        if !self.note(&format!("group {id}"), &imported) {
            return;
        }
        self.taken.groups += 1;
        for listed in oldest_first(self.known.versions(group)) {
            let Some(slots) = self.known.slots(&group.id, &listed.id) else {
                continue;
            };
            let made = format!("{arn}/versions/{}", listed.id);
            let version = version(
                listed,
                listed.arn.as_deref().unwrap_or(&made),
                group_slots(slots),
            );
            let imported = self.account.import_group_version(id, version);
            if self.note(&format!("version {} of group {id}", listed.id), &imported) {
                self.taken.group_versions += 1;
            }
        }
        if let Some(latest) = &group.latest {
            self.account.set_latest_group_version(id, latest.as_str());
        }
        let role = self.known.group_roles.get(&group.id);
        self.account.set_group_role(id, role.cloned());
        self.deployments(group, &arn);
    }

    fn deployments(&mut self, group: &Group, arn: &str) {
        let known = self.known;
        let mut deployments: Vec<&DeploymentRecord> = known.deployments(&group.id).collect();
        deployments.sort_by_key(|deployment| deployment.created);
        for record in deployments {
            let deployment = deployment(record, arn);
            let imported = self
                .account
                .import_deployment(group.id.as_str(), deployment);
            let what = format!("deployment {} of group {}", record.id, group.id);
            if self.note(&what, &imported) {
                self.taken.deployments += 1;
            }
        }
    }
}

/// The reverse of the service's order (newest first, AWS CLI example of `list-group-versions`), sorted by
/// time if each version has one.
fn oldest_first(versions: &[Listed]) -> Vec<&Listed> {
    let mut ordered: Vec<&Listed> = versions.iter().rev().collect();
    if ordered.iter().all(|version| version.created.is_some()) {
        ordered.sort_by_key(|version| version.created);
    }
    ordered
}

fn new_metadata(
    id: &str,
    arn: &str,
    name: Option<&str>,
    (created, updated): (Option<Timestamp>, Option<Timestamp>),
) -> Metadata {
    Metadata {
        id: id.into(),
        arn: arn.into(),
        name: name.map(Into::into),
        created: time(created),
        updated: time(updated.or(created)),
        tags: BTreeMap::new(),
    }
}

fn version<H>(listed: &Listed, arn: &str, holds: H) -> Version<H> {
    Version {
        id: listed.id.as_str().into(),
        arn: arn.into(),
        created: time(listed.created),
        holds,
    }
}

fn group_slots(slots: &Slots) -> GroupSlots {
    PerKind::from_fn(|kind| slots.get(kind).map(|arn| arn.as_str().into()))
}

fn deployment(record: &DeploymentRecord, group_arn: &str) -> AccountDeployment {
    let word = |text: &Option<String>| text.as_deref().unwrap_or_default().into();
    let details = record.error_details.iter().map(|detail| DeploymentError {
        code: detail.code.as_deref().map(Into::into),
        message: word(&detail.message),
    });
    let version = record.version.as_ref();
    let of_version = version.map(|version| format!("{group_arn}/versions/{version}"));
    AccountDeployment {
        id: record.id.as_str().into(),
        arn: format!("{group_arn}/deployments/{}", record.id).into(),
        // A reset concerns the group itself.
        group_version_arn: of_version.unwrap_or_else(|| group_arn.to_owned()).into(),
        deployment_type: word(&record.deployment_type),
        created: time(record.created),
        updated: time(record.updated.or(record.created)),
        status: word(&record.status),
        error_message: record.error_message.as_deref().map(Into::into),
        error_details: details.collect(),
        client_token: None,
    }
}

/// Empty if there is none.
fn time(at: Option<Timestamp>) -> Arc<str> {
    at.map(Timestamp::iso).unwrap_or_default().into()
}
