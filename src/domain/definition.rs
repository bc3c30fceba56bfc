//! Definitions and their immutable versions.

use std::collections::BTreeMap;

use super::arn::DefinitionVersionArn;
use super::content::Content;
use super::id::DefinitionId;
use super::kind::DefinitionKind;
use super::page::{PageToken, PageWalk};
use super::service_error::ServiceError;
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
    /// The token of the next page of a long content.
    pub next: Option<PageToken>,
}

/// A version with only some of its pages loaded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PartlyRead {
    version: Option<Box<ReadVersion>>,
    walk: PageWalk,
}

impl PartlyRead {
    /// The token of the page to load next; `None` for the first page.
    pub fn next(&self) -> Option<&PageToken> {
        self.version.as_ref()?.next.as_ref()
    }

    /// Adds the next page and returns the version after the last one. It is an error if the pages do not end.
    pub fn add(&mut self, mut part: ReadVersion) -> Result<Option<ReadVersion>, ServiceError> {
        let next = part.next.take();
        let member = part.content.kind().arn_member();
        let operation = format!("Get{}", member.trim_end_matches("Arn"));
        let next = self.walk.step(&operation, next, part.content.len())?;
        let mut version = match self.version.take() {
            Some(mut version) => {
                version.content.append(part.content);
                version
            }
            None => Box::new(part),
        };
        version.next = next;
        if version.next.is_none() {
            return Ok(Some(*version));
        }
        self.version = Some(version);
        Ok(None)
    }
}
