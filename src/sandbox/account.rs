//! An AWS account as far as Greengrass V1 sees it, in memory: groups, definitions of the seven kinds, deployments.

mod arns;
mod deployment;
mod import;
mod lineage;
mod register;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;

use super::moment::Moment;
use crate::domain::kind::PerKind;
use crate::domain::region::partition_of;
use crate::domain::{DefinitionId, DefinitionKind, GroupId};

pub use deployment::{Deployment, DeploymentOutcome};
pub use import::ImportError;
pub use lineage::{Heading, Lineage, Version};
pub use register::Register;

/// What a group version holds: for each kind the ARN of a definition version, verbatim, or nothing.
pub type GroupSlots = PerKind<Option<Arc<str>>>;

/// The content of a definition version: the API's `Definition` member, verbatim.
pub type ContentJson = Arc<Value>;

/// A group, its versions and what they hold.
pub type Group = Lineage<GroupSlots>;

/// A definition, its versions and what they hold.
pub type Definition = Lineage<ContentJson>;

/// The account. A copy is cheap: what is not changed afterwards is shared.
///
/// Nothing is checked here that the service would accept: names repeat or are absent, definitions and groups
/// have no version, a slot can name what was deleted. The rules of the API stand in [`super::api`].
#[derive(Debug, Clone)]
pub struct Account {
    id: Arc<str>,
    partition: Arc<str>,
    region: Arc<str>,
    groups: Register<GroupSlots>,
    definitions: PerKind<Register<ContentJson>>,
    /// By group id, oldest first.
    deployments: HashMap<Arc<str>, Arc<Vec<Deployment>>>,
}

impl Account {
    /// An account with nothing in it. `id` has twelve digits; the region says which partition it is.
    pub fn new(id: &str, region: &str) -> Self {
        Self::in_partition(id, region, partition_of(region))
    }

    pub(super) fn in_partition(id: &str, region: &str, partition: &str) -> Self {
        Self {
            id: id.into(),
            partition: partition.into(),
            region: region.into(),
            groups: Register::default(),
            definitions: PerKind::default(),
            deployments: HashMap::new(),
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

    pub const fn groups(&self) -> &Register<GroupSlots> {
        &self.groups
    }

    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.get(id)
    }

    pub fn definitions(&self, kind: DefinitionKind) -> &Register<ContentJson> {
        &self.definitions[kind]
    }

    pub fn definition(&self, kind: DefinitionKind, id: &str) -> Option<&Definition> {
        self.definitions(kind).get(id)
    }

    /// The deployments of a group, oldest first.
    pub fn deployments(&self, group: &str) -> &[Deployment] {
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
        let heading = self.heading(moment, &id, &arns::group(&id), Some(name));
        self.groups.add(Lineage::new(heading));
        GroupId::new(id)
    }

    /// Adds a version to a group, whatever its slots hold; `None` where there is no such group.
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
        let heading = self.heading(moment, &id, &arns::definition(kind, &id), name);
        self.definitions[kind].add(Lineage::new(heading));
        DefinitionId::new(id)
    }

    /// Adds a version to a definition, unchecked; `None` where there is no such definition.
    pub fn create_definition_version(
        &mut self,
        moment: &mut Moment,
        kind: DefinitionKind,
        definition: &str,
        content: Value,
    ) -> Option<&Version<ContentJson>> {
        let id = moment.ids.fresh();
        let arn = self.arn(&arns::definition_version(kind, definition, &id));
        let lineage = self.definitions[kind].get_mut(definition)?;
        add_version(lineage, moment, (id, arn), Arc::new(content))
    }

    /// Adds a deployment of a group version; `None` where there is no such group or version.
    pub fn create_deployment(
        &mut self,
        moment: &mut Moment,
        (group, version): (&str, &str),
        outcome: DeploymentOutcome<'_>,
    ) -> Option<&Deployment> {
        let group_version_arn = Arc::clone(&self.group(group)?.version(version)?.arn);
        let id = moment.ids.fresh();
        let deployment = Deployment {
            arn: self.arn(&arns::deployment(group, &id)),
            id,
            group_version_arn,
            deployment_type: outcome.deployment_type.into(),
            created: moment.timestamp(),
            updated: moment.timestamp(),
            status: outcome.status.into(),
            error_message: outcome.error_message.map(Into::into),
        };
        let of_group = self.deployments.entry(group.into()).or_default();
        Arc::make_mut(of_group).push(deployment);
        of_group.last()
    }

    /// Gives a group another name; `false` where there is no such group.
    pub fn rename_group(&mut self, moment: &Moment, group: &str, name: &str) -> bool {
        rename(self.groups.get_mut(group), moment, name)
    }

    /// Gives a definition another name; `false` where there is no such definition.
    pub fn rename_definition(
        &mut self,
        moment: &Moment,
        (kind, definition): (DefinitionKind, &str),
        name: &str,
    ) -> bool {
        rename(self.definitions[kind].get_mut(definition), moment, name)
    }

    pub(super) fn set_group_tags(&mut self, group: &str, tags: BTreeMap<String, String>) {
        if let Some(group) = self.groups.get_mut(group) {
            group.heading.tags = tags;
        }
    }

    pub(super) fn set_definition_tags(
        &mut self,
        (kind, definition): (DefinitionKind, &str),
        tags: BTreeMap<String, String>,
    ) {
        if let Some(definition) = self.definitions[kind].get_mut(definition) {
            definition.heading.tags = tags;
        }
    }

    /// Deletes a group with its versions and deployments; `false` where there is no such group.
    pub fn delete_group(&mut self, group: &str) -> bool {
        self.deployments.remove(group);
        self.groups.remove(group)
    }

    /// Deletes a definition with its versions; slots that hold them keep their ARNs, which then lead nowhere.
    ///
    /// `false` where there is no such definition.
    pub fn delete_definition(&mut self, kind: DefinitionKind, definition: &str) -> bool {
        self.definitions[kind].remove(definition)
    }

    fn arn(&self, path: &str) -> Arc<str> {
        let (partition, region, id) = (&self.partition, &self.region, &self.id);
        format!("arn:{partition}:greengrass:{region}:{id}:/{path}").into()
    }

    fn heading(&self, moment: &Moment, id: &Arc<str>, path: &str, name: Option<&str>) -> Heading {
        Heading {
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
    lineage: &'a mut Lineage<H>,
    moment: &Moment,
    (id, arn): (Arc<str>, Arc<str>),
    holds: H,
) -> Option<&'a Version<H>> {
    let created = moment.timestamp();
    lineage.heading.updated = Arc::clone(&created);
    lineage.add(Version {
        id,
        arn,
        created,
        holds,
    });
    lineage.latest()
}

fn rename<H>(lineage: Option<&mut Lineage<H>>, moment: &Moment, name: &str) -> bool {
    lineage.is_some_and(|lineage| {
        lineage.heading.name = Some(name.into());
        lineage.heading.updated = moment.timestamp();
        true
    })
}
