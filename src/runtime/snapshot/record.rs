//! The facts of a snapshot, in the form of the partial file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::{
    AccountRole, Definition, DefinitionId, DefinitionKind, DefinitionVersion, Deployment,
    DeploymentId, DeploymentStatus, ErrorDetail, Group, GroupId, GroupVersionEntry, GroupVersionId,
    Slots, Timestamp,
};

/// One fact about the account: a line of the partial file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Record {
    Group {
        id: GroupId,
        /// Changes when a version is added: a list with the same stamp is still up to date.
        stamp: String,
        versions: Vec<Listed>,
    },
    Definition {
        kind: DefinitionKind,
        id: DefinitionId,
        stamp: String,
        versions: Vec<Listed>,
    },
    GroupVersion {
        group: GroupId,
        version: GroupVersionId,
        slots: Slots,
    },
    Content {
        arn: Arc<str>,
        content: Arc<Value>,
    },
    Deployments(Vec<DeploymentRecord>),
    Deployment(Box<DeploymentRecord>),
    GroupTags {
        group: GroupId,
        tags: BTreeMap<String, String>,
    },
    GroupRole {
        group: GroupId,
        role: Option<AccountRole>,
    },
    ServiceRole(Option<AccountRole>),
}

impl Record {
    /// Whether the fact may change before the next run without a sign in a list.
    pub(super) const fn may_change(&self) -> bool {
        match self {
            Self::Deployments(_)
            | Self::GroupTags { .. }
            | Self::GroupRole { .. }
            | Self::ServiceRole(_) => true,
            Self::Group { .. }
            | Self::Definition { .. }
            | Self::GroupVersion { .. }
            | Self::Content { .. }
            | Self::Deployment(_) => false,
        }
    }
}

/// The owner of a list of versions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Parent {
    Group(GroupId),
    Definition(DefinitionKind, DefinitionId),
}

impl From<&Group> for Parent {
    fn from(group: &Group) -> Self {
        Self::Group(group.id.clone())
    }
}

impl From<&Definition> for Parent {
    fn from(definition: &Definition) -> Self {
        Self::Definition(definition.kind, definition.id.clone())
    }
}

/// A version as an entry of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) arn: Option<String>,
    pub(super) created: Option<Timestamp>,
}

/// A deployment with its status.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DeploymentRecord {
    pub(super) group: GroupId,
    pub(super) id: DeploymentId,
    pub(super) version: Option<GroupVersionId>,
    pub(super) created: Option<Timestamp>,
    pub(super) deployment_type: Option<String>,
    pub(super) status: Option<String>,
    pub(super) error_message: Option<String>,
    pub(super) error_details: Vec<ErrorDetail>,
    pub(super) updated: Option<Timestamp>,
}

impl Listed {
    pub(super) fn of_group(entry: GroupVersionEntry) -> Self {
        Self {
            id: entry.id.to_string(),
            arn: entry.arn,
            created: entry.created,
        }
    }

    pub(super) fn of_definition(version: &DefinitionVersion) -> Self {
        Self {
            id: version.arn.version().to_owned(),
            arn: Some(version.arn.as_str().to_owned()),
            created: version.created,
        }
    }
}

impl DeploymentRecord {
    pub(super) fn listed(group: &GroupId, deployment: Deployment) -> Self {
        Self {
            group: group.clone(),
            id: deployment.id,
            version: deployment.version,
            created: deployment.created,
            deployment_type: deployment.deployment_type,
            status: None,
            error_message: None,
            error_details: Vec::new(),
            updated: None,
        }
    }

    pub(super) fn with(mut self, status: DeploymentStatus) -> Self {
        self.status = status.status;
        self.error_message = status.error_message;
        self.error_details = status.error_details;
        self.updated = status.updated;
        self
    }

    /// Whether the status is final.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.status.as_deref(), Some("Success" | "Failure"))
    }
}
