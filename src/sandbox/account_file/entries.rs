//! The members of an account file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::FORMAT;
use crate::domain::kind::PerKind;
use crate::domain::{AccountRole, DefinitionKind};
use crate::sandbox::account::{
    Account, AccountDeployment, ContentJson, GroupSlots, Metadata, Version, Versioned,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) format: String,
    pub(super) account: Arc<str>,
    pub(super) partition: Arc<str>,
    pub(super) region: Arc<str>,
    #[serde(
        rename = "serviceRole",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) service_role: Option<AccountRole>,
    /// By group id.
    #[serde(
        rename = "groupRoles",
        default,
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub(super) group_roles: BTreeMap<Arc<str>, AccountRole>,
    pub(super) groups: Vec<VersionedEntry<SlotsEntry>>,
    pub(super) definitions: Definitions,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Definitions {
    pub(super) cores: Vec<VersionedEntry<ContentJson>>,
    pub(super) devices: Vec<VersionedEntry<ContentJson>>,
    pub(super) functions: Vec<VersionedEntry<ContentJson>>,
    pub(super) connectors: Vec<VersionedEntry<ContentJson>>,
    pub(super) resources: Vec<VersionedEntry<ContentJson>>,
    pub(super) subscriptions: Vec<VersionedEntry<ContentJson>>,
    pub(super) loggers: Vec<VersionedEntry<ContentJson>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct VersionedEntry<D> {
    pub(super) id: Arc<str>,
    arn: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Arc<str>>,
    creation_timestamp: Arc<str>,
    last_updated_timestamp: Arc<str>,
    #[serde(rename = "tags", default, skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) latest_version: Option<Arc<str>>,
    pub(super) versions: Vec<Version<D>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) deployments: Vec<AccountDeployment>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "PascalCase")]
#[expect(clippy::struct_field_names, reason = "the names of the API")]
pub(super) struct SlotsEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    core_definition_version_arn: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_definition_version_arn: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    function_definition_version_arn: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connector_definition_version_arn: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_definition_version_arn: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription_definition_version_arn: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logger_definition_version_arn: Option<Arc<str>>,
}

impl File {
    pub(super) fn of(account: &Account) -> Self {
        let of_kind = |kind| {
            let definitions = account.definitions(kind).iter();
            definitions
                .map(|versioned| VersionedEntry::of(versioned, Arc::clone, &[]))
                .collect()
        };
        Self {
            format: FORMAT.to_owned(),
            account: account.id().into(),
            partition: account.partition().into(),
            region: account.region().into(),
            service_role: account.service_role().cloned(),
            group_roles: account.group_roles().clone(),
            groups: account
                .groups()
                .iter()
                .map(|group| {
                    let deployments = account.deployments(&group.metadata().id);
                    VersionedEntry::of(group, SlotsEntry::of, deployments)
                })
                .collect(),
            definitions: Definitions {
                cores: of_kind(DefinitionKind::Core),
                devices: of_kind(DefinitionKind::Device),
                functions: of_kind(DefinitionKind::Function),
                connectors: of_kind(DefinitionKind::Connector),
                resources: of_kind(DefinitionKind::Resource),
                subscriptions: of_kind(DefinitionKind::Subscription),
                loggers: of_kind(DefinitionKind::Logger),
            },
        }
    }
}

impl<D> VersionedEntry<D> {
    fn of<H>(
        versioned: &Versioned<H>,
        definition: fn(&H) -> D,
        deployments: &[AccountDeployment],
    ) -> Self {
        let metadata = versioned.metadata().clone();
        let versions = versioned.versions();
        Self {
            id: metadata.id,
            arn: metadata.arn,
            name: metadata.name,
            creation_timestamp: metadata.created,
            last_updated_timestamp: metadata.updated,
            tags: metadata.tags,
            latest_version: versioned.latest().map(|version| Arc::clone(&version.id)),
            versions: versions.map(|version| version.map(definition)).collect(),
            deployments: deployments.to_vec(),
        }
    }

    pub(super) fn metadata(&self) -> Metadata {
        Metadata {
            id: Arc::clone(&self.id),
            arn: Arc::clone(&self.arn),
            name: self.name.clone(),
            created: Arc::clone(&self.creation_timestamp),
            updated: Arc::clone(&self.last_updated_timestamp),
            tags: self.tags.clone(),
        }
    }
}

impl SlotsEntry {
    fn of(slots: &GroupSlots) -> Self {
        let slot = |kind| slots[kind].clone();
        Self {
            core_definition_version_arn: slot(DefinitionKind::Core),
            device_definition_version_arn: slot(DefinitionKind::Device),
            function_definition_version_arn: slot(DefinitionKind::Function),
            connector_definition_version_arn: slot(DefinitionKind::Connector),
            resource_definition_version_arn: slot(DefinitionKind::Resource),
            subscription_definition_version_arn: slot(DefinitionKind::Subscription),
            logger_definition_version_arn: slot(DefinitionKind::Logger),
        }
    }

    pub(super) fn slots(&self) -> GroupSlots {
        PerKind::from_fn(|kind| match kind {
            DefinitionKind::Core => self.core_definition_version_arn.clone(),
            DefinitionKind::Device => self.device_definition_version_arn.clone(),
            DefinitionKind::Function => self.function_definition_version_arn.clone(),
            DefinitionKind::Connector => self.connector_definition_version_arn.clone(),
            DefinitionKind::Resource => self.resource_definition_version_arn.clone(),
            DefinitionKind::Subscription => self.subscription_definition_version_arn.clone(),
            DefinitionKind::Logger => self.logger_definition_version_arn.clone(),
        })
    }
}
