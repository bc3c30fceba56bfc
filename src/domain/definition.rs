//! Definitions and their immutable versions.

use std::collections::BTreeMap;

use super::arn::DefinitionVersionArn;
use super::content::Content;
use super::id::DefinitionId;
use super::kind::DefinitionKind;
use super::timestamp::Timestamp;

/// A definition as List…Definitions returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub kind: DefinitionKind,
    pub id: DefinitionId,
    /// Optional and not unique.
    pub name: Option<String>,
    pub created: Option<Timestamp>,
    /// When the definition was created or renamed.
    pub updated: Option<Timestamp>,
    /// `None` for a definition without versions.
    pub latest: Option<DefinitionVersionArn>,
    pub tags: BTreeMap<String, String>,
}

/// A definition version as List…DefinitionVersions returns it: ARN and creation time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionVersion {
    pub arn: DefinitionVersionArn,
    pub created: Option<Timestamp>,
}

/// A definition version as Get…DefinitionVersion returns it: content and creation time.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadVersion {
    pub content: Content,
    pub created: Option<Timestamp>,
}
