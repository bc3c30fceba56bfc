//! Definitions and their immutable versions, as they are listed and read.

use super::arn::DefinitionVersionArn;
use super::content::Content;
use super::id::DefinitionId;
use super::kind::DefinitionKind;
use super::timestamp::Timestamp;

/// A definition as List…Definitions gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub kind: DefinitionKind,
    pub id: DefinitionId,
    /// Not unique, and may be absent.
    pub name: Option<String>,
    pub created: Option<Timestamp>,
    /// When the latest version was made or the definition renamed.
    pub updated: Option<Timestamp>,
    /// Absent for a definition that has no version.
    pub latest: Option<DefinitionVersionArn>,
}

/// One version of a definition as List…DefinitionVersions gives it: its ARN and its age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionVersion {
    pub arn: DefinitionVersionArn,
    pub created: Option<Timestamp>,
}

/// One version of a definition as Get…DefinitionVersion gives it: its content and its age.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadVersion {
    pub content: Content,
    pub created: Option<Timestamp>,
}
