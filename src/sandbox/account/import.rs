//! Taking over what already exists somewhere, with its ids, ARNs and times verbatim.

use std::sync::Arc;

use serde_json::Value;

use super::{Account, ContentJson, Deployment, GroupSlots, Heading, Lineage, Version, arns};
use crate::domain::DefinitionKind;
use crate::sandbox::wire;

/// Why something cannot be taken over into the account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("the id {0:?} is there already")]
    DuplicateId(Arc<str>),
    #[error("the id is empty or holds a slash")]
    NotAnId,
    #[error("there is no {0:?} to add this to")]
    NoParent(String),
    #[error("the ARN is {found:?}, but the ids and the account make it {due:?}")]
    OtherArn { found: Arc<str>, due: Arc<str> },
    #[error("a {kind} content is an object whose {member} is a list of objects")]
    NotAContent {
        kind: DefinitionKind,
        member: &'static str,
    },
}

impl Account {
    /// Takes over a group without its versions.
    pub fn import_group(&mut self, heading: Heading) -> Result<(), ImportError> {
        self.check_identity(&heading.id, &heading.arn, &arns::group(&heading.id))?;
        let id = Arc::clone(&heading.id);
        added(self.groups.add(Lineage::new(heading)), &id)
    }

    /// Takes over a version of a group; the one taken over last is the latest until told otherwise.
    pub fn import_group_version(
        &mut self,
        group: &str,
        version: Version<GroupSlots>,
    ) -> Result<(), ImportError> {
        let path = arns::group_version(group, &version.id);
        self.check_identity(&version.id, &version.arn, &path)?;
        let lineage = self.groups.get_mut(group).ok_or_else(|| no(group))?;
        let id = Arc::clone(&version.id);
        added(lineage.add(version), &id)
    }

    /// Says which version of a group is its latest; `false` where there is no such group or version.
    pub fn set_latest_group_version(&mut self, group: &str, version: &str) -> bool {
        self.groups
            .get_mut(group)
            .is_some_and(|lineage| lineage.set_latest(version))
    }

    /// Takes over a definition without its versions.
    pub fn import_definition(
        &mut self,
        kind: DefinitionKind,
        heading: Heading,
    ) -> Result<(), ImportError> {
        let path = arns::definition(kind, &heading.id);
        self.check_identity(&heading.id, &heading.arn, &path)?;
        let id = Arc::clone(&heading.id);
        added(self.definitions[kind].add(Lineage::new(heading)), &id)
    }

    /// Takes over a version of a definition; the one taken over last is the latest until told otherwise.
    pub fn import_definition_version(
        &mut self,
        kind: DefinitionKind,
        definition: &str,
        version: Version<ContentJson>,
    ) -> Result<(), ImportError> {
        let path = arns::definition_version(kind, definition, &version.id);
        self.check_identity(&version.id, &version.arn, &path)?;
        if !is_content(kind, &version.holds) {
            let member = wire::items_member(kind);
            return Err(ImportError::NotAContent { kind, member });
        }
        let lineage = self.definitions[kind].get_mut(definition);
        let id = Arc::clone(&version.id);
        added(lineage.ok_or_else(|| no(definition))?.add(version), &id)
    }

    /// Says which version of a definition is its latest; `false` where there is no such definition or version.
    pub fn set_latest_definition_version(
        &mut self,
        kind: DefinitionKind,
        definition: &str,
        version: &str,
    ) -> bool {
        self.definitions[kind]
            .get_mut(definition)
            .is_some_and(|lineage| lineage.set_latest(version))
    }

    /// Takes over a deployment of a group, after those that it already has; the version may be gone.
    pub fn import_deployment(
        &mut self,
        group: &str,
        deployment: Deployment,
    ) -> Result<(), ImportError> {
        let path = arns::deployment(group, &deployment.id);
        self.check_identity(&deployment.id, &deployment.arn, &path)?;
        let group = Arc::clone(&self.group(group).ok_or_else(|| no(group))?.heading().id);
        let of_group = Arc::make_mut(self.deployments.entry(group).or_default());
        let is_new = of_group.iter().all(|other| other.id != deployment.id);
        let id = Arc::clone(&deployment.id);
        if is_new {
            of_group.push(deployment);
        }
        added(is_new, &id)
    }

    /// An ARN must be the one that its ids make; moto writes it without the slash, and it stays as it was.
    fn check_identity(&self, id: &str, arn: &Arc<str>, path: &str) -> Result<(), ImportError> {
        if id.is_empty() || id.contains('/') {
            return Err(ImportError::NotAnId);
        }
        let due = self.arn(path);
        let has_slash_left_out = || arn.replacen(":greengrass/", ":/greengrass/", 1) == *due;
        if *arn == due || has_slash_left_out() {
            return Ok(());
        }
        let found = Arc::clone(arn);
        Err(ImportError::OtherArn { found, due })
    }
}

fn added(is_new: bool, id: &Arc<str>) -> Result<(), ImportError> {
    is_new
        .then_some(())
        .ok_or_else(|| ImportError::DuplicateId(Arc::clone(id)))
}

fn no(parent: &str) -> ImportError {
    ImportError::NoParent(parent.to_owned())
}

/// Only the outermost shape: what the service once accepted is never refused.
fn is_content(kind: DefinitionKind, content: &Value) -> bool {
    let Some(members) = content.as_object() else {
        return false;
    };
    match members.get(wire::items_member(kind)) {
        None | Some(Value::Null) => true,
        Some(items) => items
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_object)),
    }
}
