//! Adds existing groups, definitions and deployments, with their ids, ARNs and times verbatim.

use std::sync::Arc;

use serde_json::Value;

use super::{
    Account, AccountDeployment, ContentJson, GroupSlots, Metadata, Version, Versioned, arns,
};
use crate::domain::DefinitionKind;
use crate::sandbox::wire;

/// The reason why an import into the account was refused.
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
    /// Adds a group without its versions.
    pub fn import_group(&mut self, metadata: Metadata) -> Result<(), ImportError> {
        self.check_identity(&metadata.id, &metadata.arn, &arns::group(&metadata.id))?;
        self.groups.add(Versioned::new(metadata))
    }

    /// Adds a version to a group. The last one added is the latest, see [`Self::set_latest_group_version`].
    pub fn import_group_version(
        &mut self,
        group: &str,
        version: Version<GroupSlots>,
    ) -> Result<(), ImportError> {
        let path = arns::group_version(group, &version.id);
        self.check_identity(&version.id, &version.arn, &path)?;
        let versioned = self.groups.get_mut(group);
        versioned.ok_or_else(|| no(group))?.add(version)
    }

    /// Sets the latest version of a group; `false` if there is no such group or version.
    pub fn set_latest_group_version(&mut self, group: &str, version: &str) -> bool {
        self.groups
            .get_mut(group)
            .is_some_and(|versioned| versioned.set_latest(version))
    }

    /// Adds a definition without its versions.
    pub fn import_definition(
        &mut self,
        kind: DefinitionKind,
        metadata: Metadata,
    ) -> Result<(), ImportError> {
        let path = arns::definition(kind, &metadata.id);
        self.check_identity(&metadata.id, &metadata.arn, &path)?;
        self.definitions[kind].add(Versioned::new(metadata))
    }

    /// Adds a version to a definition. The last one added is the latest, see
    /// [`Self::set_latest_definition_version`].
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
        let versioned = self.definitions[kind].get_mut(definition);
        versioned.ok_or_else(|| no(definition))?.add(version)
    }

    /// Sets the latest version of a definition; `false` if there is no such definition or version.
    pub fn set_latest_definition_version(
        &mut self,
        kind: DefinitionKind,
        definition: &str,
        version: &str,
    ) -> bool {
        self.definitions[kind]
            .get_mut(definition)
            .is_some_and(|versioned| versioned.set_latest(version))
    }

    /// Adds a deployment after the group's existing ones. The group version need not exist.
    pub fn import_deployment(
        &mut self,
        group: &str,
        deployment: AccountDeployment,
    ) -> Result<(), ImportError> {
        let path = arns::deployment(group, &deployment.id);
        self.check_identity(&deployment.id, &deployment.arn, &path)?;
        let group = Arc::clone(&self.group(group).ok_or_else(|| no(group))?.metadata().id);
        let of_group = Arc::make_mut(self.deployments.entry(group).or_default());
        if of_group.iter().any(|other| other.id == deployment.id) {
            return Err(ImportError::DuplicateId(deployment.id));
        }
        of_group.push(deployment);
        Ok(())
    }

    /// Checks that an ARN is made of its ids, with or without the slash that moto leaves out.
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

fn no(parent: &str) -> ImportError {
    ImportError::NoParent(parent.to_owned())
}

/// Checks the outermost shape only, because the service has already accepted the content.
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
