//! All data fetched from AWS, in one place; screens hold ids.

mod contents;
mod directory;
mod known_terms;
mod next_page;
mod written;

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

pub use contents::LoadedContents;
use directory::Directory;
pub use known_terms::KnownTerm;

use super::effect::Request;
use super::event::Answer;
use super::remote::{Listing, Remote};
use crate::domain::{
    AccountRole, Definition, DefinitionId, DefinitionKind, DefinitionVersion, DefinitionVersionArn,
    Deployment, DeploymentId, DeploymentStatus, Group, GroupId, GroupVersion, GroupVersionEntry,
    GroupVersionId, Identity, PageToken, PerKind,
};

/// The data of the account, with the state of each request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalog {
    pub identity: Remote<Option<Identity>>,
    pub contents: Box<LoadedContents>,
    groups: Directory<GroupId, Group>,
    group_versions: HashMap<(GroupId, GroupVersionId), Remote<Arc<GroupVersion>>>,
    group_version_lists: HashMap<GroupId, Listing<GroupVersionEntry>>,
    /// The draft will create some of the unlisted ones, or has created them.
    definitions: Box<PerKind<Directory<DefinitionId, Definition>>>,
    versions: HashMap<DefinitionId, Listing<DefinitionVersion>>,
    first_without_versions: PerKind<Cell<usize>>,
    version_count: VersionCount,
    deployments: HashMap<GroupId, Listing<Deployment>>,
    deployment_statuses: HashMap<DeploymentId, Remote<DeploymentStatus>>,
    pub service_role: Remote<Option<AccountRole>>,
    group_roles: HashMap<GroupId, Remote<Option<AccountRole>>>,
}

/// How many versions of definitions are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VersionCount {
    /// Definitions with a complete list of versions.
    pub complete: usize,
    /// Definitions with at least one requested page.
    pub begun: usize,
    /// Versions in the lists.
    pub read: usize,
}

impl Catalog {
    /// The identity of the caller, if GetCallerIdentity has named it.
    pub fn caller(&self) -> Option<&Identity> {
        self.identity.ready()?.as_ref()
    }

    pub const fn version_count(&self) -> VersionCount {
        self.version_count
    }

    pub const fn groups(&self) -> &Listing<Group> {
        &self.groups.list
    }

    /// A group from the list or from GetGroup.
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.get(id)
    }

    /// The latest version of a group, as far as it is known.
    pub fn latest_version(&self, id: &GroupId) -> Option<&GroupVersionId> {
        self.group(id)?.latest.as_ref()
    }

    /// The account in a group's own ARN.
    pub fn account_of(&self, id: &GroupId) -> Option<&str> {
        self.group(id).and_then(Group::account)
    }

    /// The state of the last GetGroup of this group; its result is in [`Self::group`].
    pub fn group_reading(&self, id: &GroupId) -> &Remote<()> {
        self.groups.reading(id)
    }

    pub fn group_version(
        &self,
        group: &GroupId,
        version: &GroupVersionId,
    ) -> &Remote<Arc<GroupVersion>> {
        self.group_versions
            .get(&(group.clone(), version.clone()))
            .unwrap_or(&Remote::Unasked)
    }

    /// The versions of a group that any response has named.
    pub fn known_versions<'a>(
        &'a self,
        group: &'a GroupId,
    ) -> impl Iterator<Item = &'a GroupVersionId> {
        let listed = self.group_version_list(group).into_iter();
        let listed = listed.flat_map(|listing| listing.items().iter().map(|entry| &entry.id));
        let read = self.group_versions.iter();
        let read = read.filter(move |((of, _), read)| of == group && read.ready().is_some());
        listed
            .chain(self.latest_version(group))
            .chain(read.map(|((_, version), _)| version))
    }

    pub fn group_version_list(&self, group: &GroupId) -> Option<&Listing<GroupVersionEntry>> {
        self.group_version_lists.get(group)
    }

    pub fn definitions(&self, kind: DefinitionKind) -> &Listing<Definition> {
        &self.definitions[kind].list
    }

    /// The number of definitions with loaded versions, and with any versions.
    pub fn definitions_with_versions(&self, kind: DefinitionKind) -> (usize, usize) {
        let all = self.definitions(kind).items().iter();
        let all = all.filter(|definition| definition.latest.is_some());
        let is_read = |definition: &&Definition| {
            let versions = self.versions(&definition.id);
            versions.is_some_and(|versions| !versions.items().is_empty())
        };
        (all.clone().filter(is_read).count(), all.count())
    }

    /// The first listed definition whose versions were never requested.
    pub fn next_without_versions(&self, kind: DefinitionKind) -> Option<&DefinitionId> {
        let items = self.definitions(kind).items();
        let from = self.first_without_versions[kind].get();
        let place = items.iter().skip(from).position(|definition| {
            definition.latest.is_some() && !self.versions.contains_key(&definition.id)
        });
        // A requested list stays requested, so the next search starts here.
        let place = from + place.unwrap_or(items.len().saturating_sub(from));
        self.first_without_versions[kind].set(place);
        items.get(place).map(|definition| &definition.id)
    }

    pub fn definition(&self, kind: DefinitionKind, id: &DefinitionId) -> Option<&Definition> {
        self.definitions[kind].get(id)
    }

    /// The state of the last Get…Definition; its result is in [`Self::definition`].
    pub fn definition_reading(&self, kind: DefinitionKind, id: &DefinitionId) -> &Remote<()> {
        self.definitions[kind].reading(id)
    }

    /// The definition of a version, if its list is loaded.
    pub fn definition_of(&self, arn: &DefinitionVersionArn) -> Option<&Definition> {
        self.definition(arn.kind(), &arn.definition_id())
    }

    pub fn versions(&self, definition: &DefinitionId) -> Option<&Listing<DefinitionVersion>> {
        self.versions.get(definition)
    }

    /// True for the latest version of its definition.
    pub fn is_latest(&self, arn: &DefinitionVersionArn) -> bool {
        let definition = self.definition_of(arn);
        definition.is_some_and(|definition| definition.latest.as_ref() == Some(arn))
    }

    pub fn deployments(&self, group: &GroupId) -> Option<&Listing<Deployment>> {
        self.deployments.get(group)
    }

    pub fn deployment_status(&self, deployment: &DeploymentId) -> &Remote<DeploymentStatus> {
        self.deployment_statuses
            .get(deployment)
            .unwrap_or(&Remote::Unasked)
    }

    pub fn group_role(&self, group: &GroupId) -> &Remote<Option<AccountRole>> {
        self.group_roles.get(group).unwrap_or(&Remote::Unasked)
    }

    /// True if `request` neither has a result nor is loading.
    pub fn is_unasked(&self, request: &Request) -> bool {
        match request {
            Request::Identity => self.identity.is_unasked(),
            Request::Groups(token) => self.groups().wanted() == Some(token),
            Request::Group(group) => self.group_reading(group).is_unasked(),
            Request::GroupVersion(group, version) => {
                self.group_version(group, version).is_unasked()
            }
            Request::GroupVersions(group, token) => {
                wants(self.group_version_list(group), token.as_ref())
            }
            Request::Definitions(kind, token) => self.definitions(*kind).wanted() == Some(token),
            Request::Definition(kind, id) => self.definition_reading(*kind, id).is_unasked(),
            Request::DefinitionVersions(_, definition, token) => {
                wants(self.versions(definition), token.as_ref())
            }
            Request::Content(arn, from) => {
                let next = self.contents.next_page(arn);
                self.contents.get(arn).is_unasked() && next == from.as_ref()
            }
            Request::Deployments(group, token) => wants(self.deployments(group), token.as_ref()),
            Request::DeploymentStatus(_, deployment) => {
                self.deployment_status(deployment).is_unasked()
            }
            Request::ServiceRole => self.service_role.is_unasked(),
            Request::GroupRole(group) => self.group_role(group).is_unasked(),
        }
    }

    /// Marks `request` as loading.
    pub fn asked(&mut self, request: &Request) {
        match request.clone() {
            Request::Identity => self.identity = Remote::Loading,
            Request::Groups(_) => self.groups.list.asked(),
            Request::Group(group) => drop(self.groups.readings.insert(group, Remote::Loading)),
            Request::GroupVersions(group, _) => {
                self.group_version_lists.entry(group).or_default().asked();
            }
            Request::GroupVersion(group, version) => {
                self.group_versions
                    .insert((group, version), Remote::Loading);
            }
            Request::Definitions(kind, _) => self.definitions[kind].list.asked(),
            Request::Definition(kind, id) => {
                // The old result is shown until the next response.
                let reading = self.definitions[kind].readings.entry(id).or_default();
                if reading.is_unasked() {
                    *reading = Remote::Loading;
                }
            }
            Request::DefinitionVersions(_, definition, _) => {
                let listing = self.versions.entry(definition).or_insert_with(|| {
                    self.version_count.begun += 1;
                    Listing::default()
                });
                listing.asked();
            }
            Request::Content(arn, _) => self.contents.asked(arn),
            Request::Deployments(group, _) => self.deployments.entry(group).or_default().asked(),
            Request::DeploymentStatus(_, deployment) => {
                // The old result is shown until the next response.
                let status = self.deployment_statuses.entry(deployment).or_default();
                if status.ready().is_none() {
                    *status = Remote::Loading;
                }
            }
            Request::ServiceRole => self.service_role = Remote::Loading,
            Request::GroupRole(group) => drop(self.group_roles.insert(group, Remote::Loading)),
        }
    }

    /// Lets `request` be sent again, whatever its result.
    pub fn forget(&mut self, request: &Request) {
        match request {
            Request::Identity => self.identity = Remote::Unasked,
            Request::Groups(_) => self.groups.list.retry(),
            Request::Group(group) => drop(self.groups.readings.remove(group)),
            Request::GroupVersions(group, _) => drop(self.group_version_lists.remove(group)),
            Request::GroupVersion(group, version) => {
                self.group_versions
                    .remove(&(group.clone(), version.clone()));
            }
            Request::Definitions(kind, _) => self.definitions[*kind].list.retry(),
            Request::Definition(kind, id) => drop(self.definitions[*kind].readings.remove(id)),
            Request::DefinitionVersions(_, definition, _) => {
                if let Some(listing) = self.versions.get_mut(definition) {
                    listing.retry();
                }
            }
            Request::Content(arn, _) => self.contents.forget(arn),
            Request::Deployments(group, _) => drop(self.deployments.remove(group)),
            Request::DeploymentStatus(_, deployment) => {
                drop(self.deployment_statuses.remove(deployment));
            }
            Request::ServiceRole => self.service_role = Remote::Unasked,
            Request::GroupRole(group) => drop(self.group_roles.remove(group)),
        }
    }

    /// Reverts [`Self::asked`]: the request waits for its turn again. Loaded pages stay.
    pub fn unasked(&mut self, request: &Request) {
        match request {
            Request::Groups(_) => self.groups.list.unasked(),
            Request::GroupVersions(group, _) => unasked(self.group_version_lists.get_mut(group)),
            Request::Definitions(kind, _) => self.definitions[*kind].list.unasked(),
            Request::DefinitionVersions(_, definition, _) => {
                unasked(self.versions.get_mut(definition));
            }
            Request::Content(arn, _) => self.contents.unasked(arn),
            Request::Deployments(group, _) => unasked(self.deployments.get_mut(group)),
            Request::Identity
            | Request::Group(_)
            | Request::Definition(..)
            | Request::GroupVersion(..)
            | Request::DeploymentStatus(..)
            | Request::ServiceRole
            | Request::GroupRole(_) => self.forget(request),
        }
    }

    /// Stores a response; one that does not match its request is ignored.
    pub fn take(&mut self, request: &Request, answer: Answer) {
        match (request.clone(), answer) {
            (Request::Identity, Answer::Identity(answer)) => self.identity = answer.into(),
            (Request::Groups(token), Answer::Groups(answer)) => {
                let groups = &mut self.groups;
                groups.take_page("ListGroups", token.as_ref(), answer, |group| &group.id);
            }
            (Request::Group(group), Answer::Group(answer)) => self.groups.take(group, answer),
            (Request::GroupVersions(group, token), Answer::GroupVersions(answer)) => {
                let listing = self.group_version_lists.entry(group).or_default();
                listing.take("ListGroupVersions", token.as_ref(), answer);
            }
            (Request::GroupVersion(group, version), Answer::GroupVersion(answer)) => {
                self.group_versions
                    .insert((group, version), answer.map(Arc::new).into());
            }
            (Request::Definitions(kind, token), Answer::Definitions(answer)) => {
                let definitions = &mut self.definitions[kind];
                definitions.take_page("ListDefinitions", token.as_ref(), answer, |one| &one.id);
            }
            (Request::Definition(kind, id), Answer::Definition(answer)) => {
                self.definitions[kind].take(id, answer);
            }
            (
                Request::DefinitionVersions(_, definition, token),
                Answer::DefinitionVersions(answer),
            ) => {
                let listing = self.versions.entry(definition).or_default();
                let before = (listing.items().len(), listing.is_complete());
                listing.take("ListDefinitionVersions", token.as_ref(), answer);
                self.version_count.read += listing.items().len() - before.0;
                self.version_count.complete += usize::from(listing.is_complete() && !before.1);
            }
            (Request::Content(arn, from), Answer::Content(answer)) => {
                self.contents.take(arn, from.as_ref(), answer);
            }
            (Request::Deployments(group, token), Answer::Deployments(answer)) => {
                let listing = self.deployments.entry(group).or_default();
                listing.take("ListDeployments", token.as_ref(), answer);
            }
            (Request::DeploymentStatus(_, deployment), Answer::DeploymentStatus(answer)) => {
                self.deployment_statuses.insert(deployment, answer.into());
            }
            (Request::ServiceRole, Answer::ServiceRole(answer)) => {
                self.service_role = answer.into();
            }
            (Request::GroupRole(group), Answer::GroupRole(answer)) => {
                self.group_roles.insert(group, answer.into());
            }
            (_, _) => {}
        }
    }
}

fn wants<T>(listing: Option<&Listing<T>>, token: Option<&PageToken>) -> bool {
    let wanted = listing.map_or(Some(&None), Listing::wanted);
    wanted.is_some_and(|wanted| wanted.as_ref() == token)
}

fn unasked<T>(listing: Option<&mut Listing<T>>) {
    if let Some(listing) = listing {
        listing.unasked();
    }
}
