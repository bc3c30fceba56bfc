//! The facts about the account that this run, or an interrupted one before it, has read.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;

use super::record::{DeploymentRecord, Listed, Record};
use super::task::Task;
use crate::domain::{
    AccountRole, Definition, DefinitionId, DefinitionKind, DefinitionVersionArn, Group, GroupId,
    GroupVersionId, PerKind, Slots, Timestamp,
};

type DefinitionKey = (DefinitionKind, DefinitionId);

/// Everything read so far, by id or ARN.
#[derive(Debug, Default)]
pub(super) struct Known {
    groups: HashMap<GroupId, (String, Vec<Listed>)>,
    definitions: HashMap<DefinitionKey, (String, Vec<Listed>)>,
    slots: HashMap<(GroupId, String), Slots>,
    contents: HashMap<Arc<str>, Arc<Value>>,
    /// From the lists of this run, without their status.
    listed_deployments: Vec<DeploymentRecord>,
    deployments: HashMap<(GroupId, String), DeploymentRecord>,
    group_tags: HashMap<GroupId, BTreeMap<String, String>>,
    group_roles: HashMap<GroupId, AccountRole>,
    service_role: Option<AccountRole>,
}

impl Known {
    pub(super) fn len(&self) -> usize {
        self.groups.len()
            + self.definitions.len()
            + self.slots.len()
            + self.contents.len()
            + self.deployments.len()
    }

    pub(super) fn add(&mut self, record: Record) {
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
            Record::GroupTags { group, tags } => {
                self.group_tags.insert(group, tags);
            }
            Record::GroupRole { group, role } => {
                self.group_roles.extend(role.map(|role| (group, role)));
            }
            Record::ServiceRole(role) => self.service_role = role,
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

    pub(super) fn group_tags(&self, group: &GroupId) -> BTreeMap<String, String> {
        self.group_tags.get(group).cloned().unwrap_or_default()
    }

    pub(super) fn group_role(&self, group: &GroupId) -> Option<&AccountRole> {
        self.group_roles.get(group)
    }

    pub(super) const fn service_role(&self) -> Option<&AccountRole> {
        self.service_role.as_ref()
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

    /// Tasks for the lists of versions that are unknown or have changed.
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

    /// Tasks for the versions with unknown content; the content of a version never changes.
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

    /// Tasks for the deployments with an unknown status or one that may have changed.
    pub(super) fn unfinished(&self) -> Vec<Task> {
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
