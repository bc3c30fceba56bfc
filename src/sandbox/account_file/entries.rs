//! The members of an account file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::FORMAT;
use crate::domain::kind::PerKind;
use crate::domain::{AccountRole, DefinitionKind};
use crate::sandbox::account::{
    Account, AccountDeployment, ContentJson, DeploymentError, GroupSlots, Metadata, Version,
    Versioned,
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
    id: Arc<str>,
    arn: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Arc<str>>,
    creation_timestamp: Arc<str>,
    last_updated_timestamp: Arc<str>,
    #[serde(rename = "tags", default, skip_serializing_if = "BTreeMap::is_empty")]
    tags: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latest_version: Option<Arc<str>>,
    versions: Vec<VersionEntry<D>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    deployments: Vec<DeploymentEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct VersionEntry<D> {
    version: Arc<str>,
    arn: Arc<str>,
    creation_timestamp: Arc<str>,
    definition: D,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SlotsEntry {
    #[serde(
        rename = "CoreDefinitionVersionArn",
        skip_serializing_if = "Option::is_none"
    )]
    core: Option<Arc<str>>,
    #[serde(
        rename = "DeviceDefinitionVersionArn",
        skip_serializing_if = "Option::is_none"
    )]
    device: Option<Arc<str>>,
    #[serde(
        rename = "FunctionDefinitionVersionArn",
        skip_serializing_if = "Option::is_none"
    )]
    function: Option<Arc<str>>,
    #[serde(
        rename = "ConnectorDefinitionVersionArn",
        skip_serializing_if = "Option::is_none"
    )]
    connector: Option<Arc<str>>,
    #[serde(
        rename = "ResourceDefinitionVersionArn",
        skip_serializing_if = "Option::is_none"
    )]
    resource: Option<Arc<str>>,
    #[serde(
        rename = "SubscriptionDefinitionVersionArn",
        skip_serializing_if = "Option::is_none"
    )]
    subscription: Option<Arc<str>>,
    #[serde(
        rename = "LoggerDefinitionVersionArn",
        skip_serializing_if = "Option::is_none"
    )]
    logger: Option<Arc<str>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct DeploymentEntry {
    deployment_id: Arc<str>,
    deployment_arn: Arc<str>,
    /// Of the group version, as in ListDeployments.
    group_arn: Arc<str>,
    deployment_type: Arc<str>,
    created_at: Arc<str>,
    deployment_status: Arc<str>,
    updated_at: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error_message: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    error_details: Vec<DeploymentError>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_token: Option<Arc<str>>,
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

/// The members of an entry that are not metadata.
pub(super) struct Rest<D> {
    pub(super) versions: Vec<Version<D>>,
    pub(super) latest: Option<Arc<str>>,
    pub(super) deployments: Vec<DeploymentEntry>,
}

impl<D> VersionedEntry<D> {
    fn of<H>(
        versioned: &Versioned<H>,
        definition: fn(&H) -> D,
        deployments: &[AccountDeployment],
    ) -> Self {
        let metadata = versioned.metadata().clone();
        let versions = versioned.versions().map(|version| VersionEntry {
            version: Arc::clone(&version.id),
            arn: Arc::clone(&version.arn),
            creation_timestamp: Arc::clone(&version.created),
            definition: definition(&version.holds),
        });
        Self {
            id: metadata.id,
            arn: metadata.arn,
            name: metadata.name,
            creation_timestamp: metadata.created,
            last_updated_timestamp: metadata.updated,
            tags: metadata.tags,
            latest_version: versioned.latest().map(|version| Arc::clone(&version.id)),
            versions: versions.collect(),
            deployments: deployments.iter().map(DeploymentEntry::of).collect(),
        }
    }

    pub(super) fn split(self) -> (Metadata, Rest<D>) {
        let metadata = Metadata {
            id: self.id,
            arn: self.arn,
            name: self.name,
            created: self.creation_timestamp,
            updated: self.last_updated_timestamp,
            tags: self.tags,
        };
        let versions = self.versions.into_iter().map(|entry| Version {
            id: entry.version,
            arn: entry.arn,
            created: entry.creation_timestamp,
            holds: entry.definition,
        });
        let rest = Rest {
            versions: versions.collect(),
            latest: self.latest_version,
            deployments: self.deployments,
        };
        (metadata, rest)
    }
}

impl SlotsEntry {
    fn of(slots: &GroupSlots) -> Self {
        let slot = |kind| slots[kind].clone();
        Self {
            core: slot(DefinitionKind::Core),
            device: slot(DefinitionKind::Device),
            function: slot(DefinitionKind::Function),
            connector: slot(DefinitionKind::Connector),
            resource: slot(DefinitionKind::Resource),
            subscription: slot(DefinitionKind::Subscription),
            logger: slot(DefinitionKind::Logger),
        }
    }

    pub(super) fn into_slots(self) -> GroupSlots {
        PerKind::from_fn(|kind| match kind {
            DefinitionKind::Core => self.core.clone(),
            DefinitionKind::Device => self.device.clone(),
            DefinitionKind::Function => self.function.clone(),
            DefinitionKind::Connector => self.connector.clone(),
            DefinitionKind::Resource => self.resource.clone(),
            DefinitionKind::Subscription => self.subscription.clone(),
            DefinitionKind::Logger => self.logger.clone(),
        })
    }
}

impl DeploymentEntry {
    fn of(deployment: &AccountDeployment) -> Self {
        let deployment = deployment.clone();
        Self {
            deployment_id: deployment.id,
            deployment_arn: deployment.arn,
            group_arn: deployment.group_version_arn,
            deployment_type: deployment.deployment_type,
            created_at: deployment.created,
            deployment_status: deployment.status,
            updated_at: deployment.updated,
            error_message: deployment.error_message,
            error_details: deployment.error_details,
            client_token: deployment.client_token,
        }
    }

    pub(super) fn into_deployment(self) -> AccountDeployment {
        AccountDeployment {
            id: self.deployment_id,
            arn: self.deployment_arn,
            group_version_arn: self.group_arn,
            deployment_type: self.deployment_type,
            created: self.created_at,
            updated: self.updated_at,
            status: self.deployment_status,
            error_message: self.error_message,
            error_details: self.error_details,
            client_token: self.client_token,
        }
    }
}
