//! Converts the members of an account file to an account. A bad member is refused with its path.

use super::entries::{File, SlotsEntry, VersionedEntry};
use crate::domain::DefinitionKind;
use crate::sandbox::account::{Account, ContentJson, ImportError};
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
    if !entry.deployments.is_empty() {
        return Err(BadMember {
            path: format!("{path}.Deployments"),
            reason: "only groups have deployments".to_owned(),
        });
    }
    account
        .import_definition(kind, entry.metadata())
        .map_err(|error| bad_identity(path, "Id", &error))?;
    for (index, version) in entry.versions.into_iter().enumerate() {
        account
            .import_definition_version(kind, &entry.id, version)
            .map_err(|error| {
                bad_identity(&format!("{path}.Versions[{index}]"), "Version", &error)
            })?;
    }
    let is_known = |latest| account.set_latest_definition_version(kind, &entry.id, latest);
    check_latest(entry.latest_version.as_deref().is_none_or(is_known), path)
}

fn add_group(
    account: &mut Account,
    entry: VersionedEntry<SlotsEntry>,
    path: &str,
) -> Result<(), BadMember> {
    account
        .import_group(entry.metadata())
        .map_err(|error| bad_identity(path, "Id", &error))?;
    for (index, version) in entry.versions.iter().enumerate() {
        account
            .import_group_version(&entry.id, version.map(SlotsEntry::slots))
            .map_err(|error| {
                bad_identity(&format!("{path}.Versions[{index}]"), "Version", &error)
            })?;
    }
    for (index, deployment) in entry.deployments.into_iter().enumerate() {
        account
            .import_deployment(&entry.id, deployment)
            .map_err(|error| BadMember::new(format!("{path}.Deployments[{index}]"), &error))?;
    }
    let is_known = |latest| account.set_latest_group_version(&entry.id, latest);
    check_latest(entry.latest_version.as_deref().is_none_or(is_known), path)
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
