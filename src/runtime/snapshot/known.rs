//! The facts about the account that this run, or an interrupted one before it, has read.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;

use super::record::{DeploymentRecord, Listed, Parent, Record};
use super::task::Task;
use crate::domain::{
    AccountRole, Definition, DefinitionVersionArn, DeploymentId, Group, GroupId, GroupVersionId,
    Slots, Timestamp,
};

/// Everything read so far, by id or ARN.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Each list with its stamp.
    lists: HashMap<Parent, (String, Vec<Listed>)>,
    slots: HashMap<(GroupId, String), Slots>,
    pub(super) contents: HashMap<Arc<str>, Arc<Value>>,
    /// From the lists of this run, without their status.
    listed_deployments: Vec<DeploymentRecord>,
    deployments: HashMap<(GroupId, DeploymentId), DeploymentRecord>,
    pub(super) group_tags: HashMap<GroupId, BTreeMap<String, String>>,
    pub(super) group_roles: HashMap<GroupId, AccountRole>,
    pub(super) service_role: Option<AccountRole>,
}

impl Known {
    pub(super) fn len(&self) -> usize {
        self.lists.len() + self.slots.len() + self.contents.len() + self.deployments.len()
    }

    pub(super) fn add(&mut self, record: Record) {
        match record {
            Record::Group {
                id,
                stamp,
                versions,
            } => {
                self.lists.insert(Parent::Group(id), (stamp, versions));
            }
            Record::Definition {
                kind,
                id,
                stamp,
                versions,
            } => {
                let parent = Parent::Definition(kind, id);
                self.lists.insert(parent, (stamp, versions));
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

    pub(super) fn versions(&self, parent: impl Into<Parent>) -> &[Listed] {
        let list = self.lists.get(&parent.into());
        list.map_or(&[], |(_, versions)| versions)
    }

    pub(super) fn slots(&self, group: &GroupId, version: &str) -> Option<&Slots> {
        self.slots.get(&(group.clone(), version.to_owned()))
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
    pub(super) fn unlisted(&self, groups: &[Group], definitions: &[Definition]) -> Vec<Task> {
        let of_groups = groups.iter().map(|group| {
            let latest = group.latest.as_ref().map(GroupVersionId::as_str);
            (Parent::from(group), stamp(latest, group.updated))
        });
        let of_definitions = definitions.iter().map(|definition| {
            let latest = definition.latest.as_ref();
            let latest = latest.map(DefinitionVersionArn::version);
            (Parent::from(definition), stamp(latest, definition.updated))
        });
        let is_new = |(parent, stamp): &(Parent, String)| {
            let known = self.lists.get(parent);
            known.is_none_or(|(known, _)| known != stamp)
        };
        let new = of_groups.chain(of_definitions).filter(is_new);
        new.map(|(parent, stamp)| Task::Versions { parent, stamp })
            .collect()
    }

    /// Tasks for the versions with unknown content; the content of a version never changes.
    pub(super) fn unread(&self, groups: &[Group], definitions: &[Definition]) -> Vec<Task> {
        let mut tasks = Vec::new();
        for group in groups {
            for version in self.versions(group) {
                if self.slots(&group.id, &version.id).is_none() {
                    let version = GroupVersionId::new(version.id.as_str());
                    tasks.push(Task::GroupVersion(group.id.clone(), version));
                }
            }
        }
        for version in definitions.iter().flat_map(|each| self.versions(each)) {
            let arn = version.arn.as_deref().unwrap_or_default();
            if !self.contents.contains_key(arn)
                && let Ok(arn) = arn.parse()
            {
                tasks.push(Task::Content(arn));
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
