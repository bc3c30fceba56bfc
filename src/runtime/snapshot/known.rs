//! What has been read so far, by this run or by one before it.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::task::Task;
use crate::domain::{
    Definition, DefinitionId, DefinitionKind, DefinitionVersion, DefinitionVersionArn, Deployment,
    DeploymentStatus, Group, GroupId, GroupVersionEntry, GroupVersionId, PerKind, Slots, Timestamp,
};

/// One thing learnt: a line of the partial file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Record {
    Group {
        id: GroupId,
        /// Changes when a version is added, so that a list of before is known to be the list of now.
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
    /// Always read anew.
    Deployments(Vec<DeploymentRecord>),
    Deployment(Box<DeploymentRecord>),
}

/// A version as a list gives it.
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
    pub(super) id: String,
    pub(super) version: Option<GroupVersionId>,
    pub(super) created: Option<Timestamp>,
    pub(super) deployment_type: Option<String>,
    pub(super) status: Option<String>,
    pub(super) error_message: Option<String>,
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
            id: deployment.id.to_string(),
            version: deployment.version,
            created: deployment.created,
            deployment_type: deployment.deployment_type,
            status: None,
            error_message: None,
            updated: None,
        }
    }

    pub(super) fn with(mut self, status: DeploymentStatus) -> Self {
        self.status = status.status;
        self.error_message = status.error_message;
        self.updated = status.updated;
        self
    }

    /// Nothing changes any more.
    fn is_over(&self) -> bool {
        matches!(self.status.as_deref(), Some("Success" | "Failure"))
    }
}

type DefinitionKey = (DefinitionKind, DefinitionId);

/// Everything learnt, to be looked up.
#[derive(Debug, Default)]
pub(super) struct Known {
    groups: HashMap<GroupId, (String, Vec<Listed>)>,
    definitions: HashMap<DefinitionKey, (String, Vec<Listed>)>,
    slots: HashMap<(GroupId, String), Slots>,
    contents: HashMap<Arc<str>, Arc<Value>>,
    /// As the lists of this run give them, with no status yet.
    listed_deployments: Vec<DeploymentRecord>,
    deployments: HashMap<(GroupId, String), DeploymentRecord>,
}

impl Known {
    pub(super) fn len(&self) -> usize {
        self.groups.len()
            + self.definitions.len()
            + self.slots.len()
            + self.contents.len()
            + self.deployments.len()
    }

    pub(super) fn learn(&mut self, record: Record) {
        match record {
            Record::Group {
                id,
                stamp,
                versions,
            } => {
                self.groups.insert(id, (stamp, versions));
            }
            Record::Definition {
                kind,
                id,
                stamp,
                versions,
            } => {
                self.definitions.insert((kind, id), (stamp, versions));
            }
            Record::GroupVersion {
                group,
                version,
                slots,
            } => {
                self.slots.insert((group, version.to_string()), slots);
            }
            Record::Content { arn, content } => {
                self.contents.insert(arn, content);
            }
            Record::Deployments(deployments) => self.listed_deployments.extend(deployments),
            Record::Deployment(deployment) => {
                let key = (deployment.group.clone(), deployment.id.clone());
                self.deployments.insert(key, *deployment);
            }
        }
    }

    pub(super) fn group_versions(&self, group: &GroupId) -> &[Listed] {
        self.groups.get(group).map_or(&[], |(_, versions)| versions)
    }

    pub(super) fn definition_versions(&self, definition: &Definition) -> &[Listed] {
        self.definitions
            .get(&(definition.kind, definition.id.clone()))
            .map_or(&[], |(_, versions)| versions)
    }

    pub(super) fn slots(&self, group: &GroupId, version: &str) -> Option<&Slots> {
        self.slots.get(&(group.clone(), version.to_owned()))
    }

    pub(super) fn content(&self, arn: &str) -> Option<&Arc<Value>> {
        self.contents.get(arn)
    }

    /// The deployments of a group whose status is known.
    pub(super) fn deployments(&self, group: &GroupId) -> impl Iterator<Item = &DeploymentRecord> {
        let of_group = self
            .listed_deployments
            .iter()
            .filter(move |record| record.group == *group);
        of_group.filter_map(|record| {
            self.deployments
                .get(&(record.group.clone(), record.id.clone()))
        })
    }

    /// Lists of versions that are not known, or that have changed since.
    pub(super) fn unlisted(
        &self,
        groups: &[Group],
        definitions: &PerKind<Vec<Definition>>,
    ) -> Vec<Task> {
        let mut tasks = Vec::new();
        for group in groups {
            let stamp = stamp(
                group.latest.as_ref().map(GroupVersionId::as_str),
                group.updated,
            );
            if self
                .groups
                .get(&group.id)
                .is_none_or(|(known, _)| *known != stamp)
            {
                tasks.push(Task::GroupVersions {
                    group: group.id.clone(),
                    stamp,
                });
            }
        }
        for definition in definitions.iter().flat_map(|(_, list)| list) {
            let latest = definition
                .latest
                .as_ref()
                .map(DefinitionVersionArn::version);
            let stamp = stamp(latest, definition.updated);
            let key = (definition.kind, definition.id.clone());
            if self
                .definitions
                .get(&key)
                .is_none_or(|(known, _)| *known != stamp)
            {
                let (kind, definition) = key;
                tasks.push(Task::DefinitionVersions {
                    kind,
                    definition,
                    stamp,
                });
            }
        }
        tasks
    }

    /// Versions of which it is not known what they hold; what one holds never changes.
    pub(super) fn unread(
        &self,
        groups: &[Group],
        definitions: &PerKind<Vec<Definition>>,
    ) -> Vec<Task> {
        let mut tasks = Vec::new();
        for group in groups {
            for version in self.group_versions(&group.id) {
                if self.slots(&group.id, &version.id).is_none() {
                    let version = GroupVersionId::new(version.id.as_str());
                    tasks.push(Task::GroupVersion(group.id.clone(), version));
                }
            }
        }
        for definition in definitions.iter().flat_map(|(_, list)| list) {
            for version in self.definition_versions(definition) {
                let arn = version.arn.as_deref().unwrap_or_default();
                if self.content(arn).is_none()
                    && let Ok(arn) = arn.parse()
                {
                    tasks.push(Task::Content(arn));
                }
            }
        }
        tasks
    }

    /// Deployments whose status is not known, or may have changed.
    pub(super) fn unsettled(&self) -> Vec<Task> {
        let is_open = |record: &&DeploymentRecord| {
            let key = (record.group.clone(), record.id.clone());
            !self
                .deployments
                .get(&key)
                .is_some_and(DeploymentRecord::is_over)
        };
        let open = self.listed_deployments.iter().filter(is_open);
        open.map(|record| Task::DeploymentStatus(Box::new(record.clone())))
            .collect()
    }
}

fn stamp(latest: Option<&str>, updated: Option<Timestamp>) -> String {
    let updated = updated.map(Timestamp::iso).unwrap_or_default();
    format!("{} {updated}", latest.unwrap_or("-"))
}
