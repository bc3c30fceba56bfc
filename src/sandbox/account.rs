//! The parts of an AWS account that Greengrass V1 uses, in memory: groups, definitions, deployments, roles.

mod arns;
mod deployment;
mod import;
mod table;
mod versioned;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;

use super::moment::Moment;
use super::wire;
use crate::domain::kind::PerKind;
use crate::domain::region::partition_of;
use crate::domain::{AccountRole, DefinitionId, DefinitionKind, GroupId};

pub use deployment::{
    AccountDeployment, DeploymentError, DeploymentOutcome, NewDeployment, StatusAt,
};
pub use import::ImportError;
pub use table::Table;
pub use versioned::{Metadata, Version, Versioned};

/// The slots of a group version: for each kind the ARN of a definition version, verbatim, or `None`.
pub type GroupSlots = PerKind<Option<Arc<str>>>;

/// The content of a definition version: the API's `Definition` member, verbatim.
pub type ContentJson = Arc<Value>;

/// A group with its versions and their slots.
pub type AccountGroup = Versioned<GroupSlots>;

/// A definition with its versions and their contents.
pub type AccountDefinition = Versioned<ContentJson>;

/// The account. A clone is cheap, because unchanged parts are shared.
///
/// Only ids are checked here. The rules of the API are in [`super::api`].
#[derive(Debug, Clone)]
pub struct Account {
    id: Arc<str>,
    partition: Arc<str>,
    region: Arc<str>,
    groups: Table<GroupSlots>,
    definitions: PerKind<Table<ContentJson>>,
    /// By group id, oldest first.
    deployments: HashMap<Arc<str>, Arc<Vec<AccountDeployment>>>,
    /// By group id. The service takes any id here (moto's comment in `associate_role_to_group`).
    group_roles: BTreeMap<Arc<str>, AccountRole>,
    service_role: Option<AccountRole>,
}

impl Account {
    /// An empty account. `id` has twelve digits; the partition follows from the region.
    pub fn new(id: &str, region: &str) -> Self {
        Self::in_partition(id, region, partition_of(region))
    }

    pub(super) fn in_partition(id: &str, region: &str, partition: &str) -> Self {
        Self {
            id: id.into(),
            partition: partition.into(),
            region: region.into(),
            groups: Table::default(),
            definitions: PerKind::default(),
            deployments: HashMap::new(),
            group_roles: BTreeMap::new(),
            service_role: None,
        }
    }

    /// Twelve digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub fn partition(&self) -> &str {
        &self.partition
    }

    pub fn region(&self) -> &str {
        &self.region
    }

    pub const fn groups(&self) -> &Table<GroupSlots> {
        &self.groups
    }

    pub fn group(&self, id: &str) -> Option<&AccountGroup> {
        self.groups.get(id)
    }

    pub fn definitions(&self, kind: DefinitionKind) -> &Table<ContentJson> {
        &self.definitions[kind]
    }

    pub fn definition(&self, kind: DefinitionKind, id: &str) -> Option<&AccountDefinition> {
        self.definitions(kind).get(id)
    }

    /// The deployments of a group, oldest first.
    pub fn deployments(&self, group: &str) -> &[AccountDeployment] {
        self.deployments
            .get(group)
            .map_or(&[], |deployments| deployments.as_slice())
    }

    /// The definition version that has exactly this ARN.
    pub fn definition_version(
        &self,
        kind: DefinitionKind,
        arn: &str,
    ) -> Option<&Version<ContentJson>> {
        let (parent, version) = arn.rsplit_once("/versions/")?;
        let (_, definition) = parent.rsplit_once('/')?;
        self.definition(kind, definition)?
            .version(version)
            .filter(|found| *found.arn == *arn)
    }

    /// Adds a group without a version.
    pub fn create_group(&mut self, moment: &mut Moment, name: &str) -> GroupId {
        let id = moment.ids.fresh();
        let metadata = self.new_metadata(moment, &id, &arns::group(&id), Some(name));
        // Fresh ids are not taken.
        drop(self.groups.add(Versioned::new(metadata)));
        GroupId::new(id)
    }

    /// Adds a version to a group without checking its slots; `None` if there is no such group.
    pub fn create_group_version(
        &mut self,
        moment: &mut Moment,
        group: &str,
        slots: GroupSlots,
    ) -> Option<&Version<GroupSlots>> {
        let id = moment.ids.fresh();
        let arn = self.arn(&arns::group_version(group, &id));
        add_version(self.groups.get_mut(group)?, moment, (id, arn), slots)
    }

    /// Adds a definition without a version.
    pub fn create_definition(
        &mut self,
        moment: &mut Moment,
        kind: DefinitionKind,
        name: Option<&str>,
    ) -> DefinitionId {
        let id = moment.ids.fresh();
        let metadata = self.new_metadata(moment, &id, &arns::definition(kind, &id), name);
        drop(self.definitions[kind].add(Versioned::new(metadata)));
        DefinitionId::new(id)
    }

    /// Adds a version to a definition without checking it; `None` if there is no such definition.
    pub fn create_definition_version(
        &mut self,
        moment: &mut Moment,
        kind: DefinitionKind,
        definition: &str,
        content: Value,
    ) -> Option<&Version<ContentJson>> {
        let id = moment.ids.fresh();
        let arn = self.arn(&arns::definition_version(kind, definition, &id));
        let versioned = self.definitions[kind].get_mut(definition)?;
        add_version(versioned, moment, (id, arn), Arc::new(content))
    }

    /// Adds a deployment or a reset to a group; `None` if there is no such group or version.
    pub fn create_deployment(
        &mut self,
        moment: &mut Moment,
        group: &str,
        new: NewDeployment<'_>,
    ) -> Option<&AccountDeployment> {
        let of_group = self.group(group)?;
        let group_version_arn = match new.version {
            Some(version) => Arc::clone(&of_group.version(version)?.arn),
            None => Arc::clone(&of_group.metadata().arn),
        };
        let id = moment.ids.fresh();
        let mut deployment = AccountDeployment {
            arn: self.arn(&arns::deployment(group, &id)),
            id,
            group_version_arn,
            deployment_type: new.deployment_type.into(),
            created: moment.timestamp(),
            client_token: new.client_token.map(Into::into),
            ..AccountDeployment::default()
        };
        deployment.set_outcome(moment.now, new.outcome);
        let of_group = self.deployments.entry(group.into()).or_default();
        Arc::make_mut(of_group).push(deployment);
        of_group.last()
    }

    /// The role of a group, which need not exist.
    pub fn group_role(&self, group: &str) -> Option<&AccountRole> {
        self.group_roles.get(group)
    }

    /// The roles of all groups, by group id.
    pub(in crate::sandbox) const fn group_roles(&self) -> &BTreeMap<Arc<str>, AccountRole> {
        &self.group_roles
    }

    pub fn set_group_role(&mut self, group: &str, role: Option<AccountRole>) {
        match role {
            Some(role) => self.group_roles.insert(group.into(), role),
            None => self.group_roles.remove(group),
        };
    }

    pub const fn service_role(&self) -> Option<&AccountRole> {
        self.service_role.as_ref()
    }

    pub fn set_service_role(&mut self, role: Option<AccountRole>) {
        self.service_role = role;
    }

    /// Renames a group; `false` if there is no such group.
    pub fn rename_group(&mut self, moment: &Moment, group: &str, name: &str) -> bool {
        rename(self.groups.get_mut(group), moment, name)
    }

    /// Renames a definition; `false` if there is no such definition.
    pub fn rename_definition(
        &mut self,
        moment: &Moment,
        (kind, definition): (DefinitionKind, &str),
        name: &str,
    ) -> bool {
        rename(self.definitions[kind].get_mut(definition), moment, name)
    }

    /// The tags, to be changed, of the group or definition with exactly this ARN.
    pub(in crate::sandbox) fn tags_mut(
        &mut self,
        arn: &str,
    ) -> Option<&mut BTreeMap<String, String>> {
        let (parent, id) = arn.rsplit_once('/')?;
        let (_, segment) = parent.rsplit_once('/')?;
        let metadata = match wire::kind_of_segment(segment) {
            Some(kind) => &mut self.definitions[kind].get_mut(id)?.metadata,
            None => &mut self.groups.get_mut(id)?.metadata,
        };
        (*metadata.arn == *arn).then_some(&mut metadata.tags)
    }

    /// Deletes a group with its versions, deployments and role; `false` if there is no such group.
    pub fn delete_group(&mut self, group: &str) -> bool {
        self.deployments.remove(group);
        self.group_roles.remove(group);
        self.groups.remove(group)
    }

    /// Deletes a definition with its versions; `false` if there is no such definition.
    ///
    /// Slots that refer to it keep their ARNs.
    pub fn delete_definition(&mut self, kind: DefinitionKind, definition: &str) -> bool {
        self.definitions[kind].remove(definition)
    }

    fn arn(&self, path: &str) -> Arc<str> {
        let (partition, region, id) = (&self.partition, &self.region, &self.id);
        format!("arn:{partition}:greengrass:{region}:{id}:/{path}").into()
    }

    fn new_metadata(
        &self,
        moment: &Moment,
        id: &Arc<str>,
        path: &str,
        name: Option<&str>,
    ) -> Metadata {
        Metadata {
            id: Arc::clone(id),
            arn: self.arn(path),
            name: name.map(Into::into),
            created: moment.timestamp(),
            updated: moment.timestamp(),
            tags: BTreeMap::new(),
        }
    }
}

fn add_version<'a, H>(
    versioned: &'a mut Versioned<H>,
    moment: &Moment,
    (id, arn): (Arc<str>, Arc<str>),
    holds: H,
) -> Option<&'a Version<H>> {
    let version = Version {
        id,
        arn,
        created: moment.timestamp(),
        holds,
    };
    drop(versioned.add(version));
    versioned.latest()
}

fn rename<H>(versioned: Option<&mut Versioned<H>>, moment: &Moment, name: &str) -> bool {
    versioned.is_some_and(|versioned| {
        versioned.metadata.name = Some(name.into());
        versioned.metadata.updated = moment.timestamp();
        true
    })
}
