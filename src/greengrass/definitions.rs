//! Definitions, their versions and their contents: the same calls for each of the seven kinds.

mod sent;

use sent::content_operation;

use super::client::Client;
use super::{Page, PageToken, convert};
use crate::domain::{
    Content, Definition, DefinitionId, DefinitionKind, DefinitionVersion, DefinitionVersionArn,
    ErrorKind, PartlyRead, ReadVersion, ServiceError,
};

impl Client {
    /// List…Definitions of one kind.
    pub async fn definitions(
        &self,
        kind: DefinitionKind,
        from: Option<PageToken>,
    ) -> Result<Page<Definition>, ServiceError> {
        let token = from.as_ref().map(PageToken::as_str).unwrap_or_default();
        Self::check_length("List…Definitions", &[token])?;
        let (definitions, next) = self.list_definitions(kind, from.map(String::from)).await?;
        Ok(Page::reading(definitions, next, |entry| {
            convert::definition(kind, entry)
        }))
    }

    /// Get…Definition.
    pub async fn definition(
        &self,
        kind: DefinitionKind,
        definition: &DefinitionId,
    ) -> Result<Definition, ServiceError> {
        let operation = format!("Get{}", kind.definition_word());
        Self::check_length(&operation, &[definition.as_str()])?;
        let answer = self.get_definition(&operation, kind, definition).await?;
        let read = convert::definition(kind, answer).filter(|read| read.id == *definition);
        read.ok_or_else(|| {
            let message = "the answer is not about the definition that was asked for";
            ServiceError::local(&operation, ErrorKind::Unreadable, message)
        })
    }

    /// List…DefinitionVersions. An entry is unreadable if its ARN is not one of a version of this kind.
    pub async fn definition_versions(
        &self,
        kind: DefinitionKind,
        definition: &DefinitionId,
        from: Option<PageToken>,
    ) -> Result<Page<DefinitionVersion>, ServiceError> {
        let token = from.as_ref().map(PageToken::as_str).unwrap_or_default();
        Self::check_length("List…DefinitionVersions", &[definition.as_str(), token])?;
        let from = from.map(String::from);
        let (versions, next) = self
            .list_definition_versions(kind, definition, from)
            .await?;
        Ok(Page::reading(versions, next, |entry| {
            convert::definition_version(kind, entry)
        }))
    }

    /// Get…DefinitionVersion, one page: the API cuts long contents as it cuts lists.
    pub async fn part_of_version(
        &self,
        arn: &DefinitionVersionArn,
        from: Option<PageToken>,
    ) -> Result<ReadVersion, ServiceError> {
        let token = from.as_ref().map(PageToken::as_str).unwrap_or_default();
        Self::check_length(content_operation(arn.kind()), &[arn.as_str(), token])?;
        self.get_definition_version(arn, from.map(String::from))
            .await
    }

    /// Get…DefinitionVersion, with all its pages joined.
    pub async fn definition_version(
        &self,
        arn: &DefinitionVersionArn,
    ) -> Result<ReadVersion, ServiceError> {
        let mut read = PartlyRead::default();
        loop {
            let part = self.part_of_version(arn, read.next().cloned()).await?;
            if let Some(version) = read.add(part)? {
                return Ok(version);
            }
        }
    }

    /// The content alone from Get…DefinitionVersion.
    pub async fn content(&self, arn: &DefinitionVersionArn) -> Result<Content, ServiceError> {
        Ok(self.definition_version(arn).await?.content)
    }
}
