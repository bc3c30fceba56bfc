//! A definition version that a draft will create, with a temporary ARN.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::arn::{ArnError, DefinitionVersionArn};
use super::content::Content;
use super::definition_request::{CreateDefinitionVersion, DefinitionTarget};
use super::hash::sha256;
use super::id::NEW_ID_PREFIX;
use super::kind::DefinitionKind;

/// A definition version that does not exist in the service yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVersion {
    arn: DefinitionVersionArn,
    pub target: DefinitionTarget,
    pub content: Arc<Content>,
    /// The version from whose content the edit began.
    pub from: Option<DefinitionVersionArn>,
    /// The definition's latest version when the edit began.
    pub latest: Option<DefinitionVersionArn>,
}

impl NewVersion {
    /// A next version in the definition of `sibling`.
    ///
    /// Its ARN is temporary. The same content of the same definition has the same ARN.
    pub fn next_to(
        sibling: &DefinitionVersionArn,
        content: Content,
        from: Option<DefinitionVersionArn>,
        latest: Option<DefinitionVersionArn>,
    ) -> Result<Self, ArnError> {
        let id = new_id(sibling.definition(), &content);
        let arn = format!("{}{id}", sibling.up_to_version()).parse()?;
        Ok(Self {
            arn,
            target: DefinitionTarget::Existing(sibling.definition_id()),
            content: Arc::new(content),
            from,
            latest,
        })
    }

    /// The first version of a new definition. `scope` is the partition, region and account.
    pub fn first(
        scope: (&str, &str, &str),
        name: String,
        content: Content,
        from: Option<DefinitionVersionArn>,
    ) -> Result<Self, ArnError> {
        let (partition, region, account) = scope;
        let kind = content.kind();
        let definition = new_id(&name, &Content::empty(kind));
        let version = new_id(&name, &content);
        let arn = format!(
            "arn:{partition}:greengrass:{region}:{account}:/greengrass/definition/{}/{definition}/versions/{version}",
            kind.path_segment()
        );
        Ok(Self {
            arn: arn.parse()?,
            target: DefinitionTarget::New(name),
            content: Arc::new(content),
            from,
            latest: None,
        })
    }

    /// The same version with another content.
    pub fn with_content(&self, content: Content) -> Result<Self, ArnError> {
        let of_definition = match &self.target {
            DefinitionTarget::Existing(id) => id.as_str(),
            DefinitionTarget::New(name) => name,
        };
        let id = new_id(of_definition, &content);
        Ok(Self {
            arn: format!("{}{id}", self.arn.up_to_version()).parse()?,
            content: Arc::new(content),
            ..self.clone()
        })
    }

    /// The temporary ARN in the draft's slots.
    pub const fn arn(&self) -> &DefinitionVersionArn {
        &self.arn
    }

    pub const fn kind(&self) -> DefinitionKind {
        self.arn.kind()
    }

    /// The request that creates it.
    pub fn request(&self) -> CreateDefinitionVersion {
        CreateDefinitionVersion {
            target: self.target.clone(),
            content: Arc::clone(&self.content),
            after: self.latest.clone(),
        }
    }
}

/// The prefix and twelve digits of a hash.
fn new_id(of: &str, content: &Content) -> String {
    let hash = sha256(&format!("{of}\0{}", content.to_json()));
    NEW_ID_PREFIX.chars().chain(hash.chars().take(12)).collect()
}
