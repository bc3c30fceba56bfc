//! Converts the members of an account file to an account. A bad member is refused with its path.

use std::sync::Arc;

use super::entries::{File, SlotsEntry, VersionedEntry};
use crate::domain::DefinitionKind;
use crate::sandbox::account::{Account, ContentJson, ImportError, Version};
use crate::sandbox::wire;

/// A member that was refused.
#[derive(Debug)]
pub(super) struct BadMember {
    pub(super) path: String,
    pub(super) reason: String,
}

impl BadMember {
    fn new(path: String, error: &ImportError) -> Self {
        Self {
            path,
            reason: error.to_string(),
        }
    }
}

impl File {
    pub(super) fn into_account(self) -> Result<Account, BadMember> {
        check_account_id(&self.account)?;
        let mut account = Account::in_partition(&self.account, &self.region, &self.partition);
        let definitions = [
            (DefinitionKind::Core, self.definitions.cores),
            (DefinitionKind::Device, self.definitions.devices),
            (DefinitionKind::Function, self.definitions.functions),
            (DefinitionKind::Connector, self.definitions.connectors),
            (DefinitionKind::Resource, self.definitions.resources),
            (DefinitionKind::Subscription, self.definitions.subscriptions),
            (DefinitionKind::Logger, self.definitions.loggers),
        ];
        for (kind, entries) in definitions {
            for (index, entry) in entries.into_iter().enumerate() {
                let path = format!("definitions.{}[{index}]", wire::path_segment(kind));
                add_definition(&mut account, kind, entry, &path)?;
            }
        }
        for (index, entry) in self.groups.into_iter().enumerate() {
            add_group(&mut account, entry, &format!("groups[{index}]"))?;
        }
        account.set_service_role(self.service_role);
        for (group, role) in self.group_roles {
            account.set_group_role(&group, Some(role));
        }
        Ok(account)
    }
}

fn check_account_id(id: &str) -> Result<(), BadMember> {
    if id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(BadMember {
        path: "account".to_owned(),
        reason: "an account id has twelve digits".to_owned(),
    })
}

fn add_definition(
    account: &mut Account,
    kind: DefinitionKind,
    entry: VersionedEntry<ContentJson>,
    path: &str,
) -> Result<(), BadMember> {
    let (metadata, rest) = entry.split();
    let id = Arc::clone(&metadata.id);
    if !rest.deployments.is_empty() {
        return Err(BadMember {
            path: format!("{path}.Deployments"),
            reason: "only groups have deployments".to_owned(),
        });
    }
    account
        .import_definition(kind, metadata)
        .map_err(|error| bad_identity(path, "Id", &error))?;
    for (index, version) in rest.versions.into_iter().enumerate() {
        account
            .import_definition_version(kind, &id, version)
            .map_err(|error| {
                bad_identity(&format!("{path}.Versions[{index}]"), "Version", &error)
            })?;
    }
    let is_known = |version: &Arc<str>| account.set_latest_definition_version(kind, &id, version);
    check_latest(rest.latest.as_ref().is_none_or(is_known), path)
}

fn add_group(
    account: &mut Account,
    entry: VersionedEntry<SlotsEntry>,
    path: &str,
) -> Result<(), BadMember> {
    let (metadata, rest) = entry.split();
    let id = Arc::clone(&metadata.id);
    account
        .import_group(metadata)
        .map_err(|error| bad_identity(path, "Id", &error))?;
    for (index, version) in rest.versions.into_iter().enumerate() {
        let version = Version {
            holds: version.holds.into_slots(),
            id: version.id,
            arn: version.arn,
            created: version.created,
        };
        account
            .import_group_version(&id, version)
            .map_err(|error| {
                bad_identity(&format!("{path}.Versions[{index}]"), "Version", &error)
            })?;
    }
    for (index, deployment) in rest.deployments.into_iter().enumerate() {
        account
            .import_deployment(&id, deployment.into_deployment())
            .map_err(|error| {
                let path = format!("{path}.Deployments[{index}]");
                BadMember::new(path, &error)
            })?;
    }
    let is_known = |version: &Arc<str>| account.set_latest_group_version(&id, version);
    check_latest(rest.latest.as_ref().is_none_or(is_known), path)
}

fn check_latest(is_known: bool, path: &str) -> Result<(), BadMember> {
    if is_known {
        return Ok(());
    }
    Err(BadMember {
        path: format!("{path}.LatestVersion"),
        reason: "it is none of the Versions".to_owned(),
    })
}

/// The path of the wrong member of the entry at `path`.
fn bad_identity(path: &str, id_member: &str, error: &ImportError) -> BadMember {
    let member = match error {
        ImportError::DuplicateId(_) | ImportError::NotAnId | ImportError::NoParent(_) => id_member,
        ImportError::OtherArn { .. } => "Arn",
        ImportError::NotAContent { .. } => "Definition",
    };
    BadMember::new(format!("{path}.{member}"), error)
}
