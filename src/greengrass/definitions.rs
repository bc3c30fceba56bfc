//! Definitions, their versions and their contents: the SDK has separate operations for each of the seven kinds.

use aws_sdk_greengrass::types::DefinitionInformation;

use super::client::{Client, present, unreadable};
use super::{Page, PageToken, convert};
use crate::domain::{
    Content, Definition, DefinitionId, DefinitionKind, DefinitionVersion, DefinitionVersionArn,
    PartlyRead, ReadVersion, ServiceError,
};

impl Client {
    /// List…Definitions of one kind.
    pub async fn definitions(
        &self,
        kind: DefinitionKind,
        from: Option<PageToken>,
    ) -> Result<Page<Definition>, ServiceError> {
        let operation = &format!("List{}s", kind.definition_word());
        let token = from.map(String::from);
        let ids = [token.as_deref().unwrap_or_default()];
        macro_rules! list {
            ($list:ident) => {{
                let call = self.sdk.$list().set_next_token(token.clone());
                let answer = self.call(operation, &ids, call.send()).await?;
                (answer.definitions, answer.next_token)
            }};
        }
        let (definitions, next) = match kind {
            DefinitionKind::Core => list!(list_core_definitions),
            DefinitionKind::Device => list!(list_device_definitions),
            DefinitionKind::Function => list!(list_function_definitions),
            DefinitionKind::Connector => list!(list_connector_definitions),
            DefinitionKind::Resource => list!(list_resource_definitions),
            DefinitionKind::Subscription => list!(list_subscription_definitions),
            DefinitionKind::Logger => list!(list_logger_definitions),
        };
        let definitions = present(operation, "Definitions", definitions)?;
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
        let operation = &format!("Get{}", kind.definition_word());
        let id = definition.as_str();
        // The response has the members of an entry of the list.
        macro_rules! get {
            ($get:ident, $set_id:ident) => {{
                let call = self.sdk.$get().$set_id(id);
                let answer = self.call(operation, &[id], call.send()).await?;
                DefinitionInformation::builder()
                    .set_id(answer.id)
                    .set_name(answer.name)
                    .set_creation_timestamp(answer.creation_timestamp)
                    .set_last_updated_timestamp(answer.last_updated_timestamp)
                    .set_latest_version_arn(answer.latest_version_arn)
                    .set_tags(answer.tags)
                    .build()
            }};
        }
        let answer = match kind {
            DefinitionKind::Core => get!(get_core_definition, core_definition_id),
            DefinitionKind::Device => get!(get_device_definition, device_definition_id),
            DefinitionKind::Function => get!(get_function_definition, function_definition_id),
            DefinitionKind::Connector => get!(get_connector_definition, connector_definition_id),
            DefinitionKind::Resource => get!(get_resource_definition, resource_definition_id),
            DefinitionKind::Subscription => {
                get!(get_subscription_definition, subscription_definition_id)
            }
            DefinitionKind::Logger => get!(get_logger_definition, logger_definition_id),
        };
        let read = convert::definition(kind, answer).filter(|read| read.id == *definition);
        read.ok_or_else(|| {
            let message = "the answer is not about the definition that was asked for";
            unreadable(operation, message)
        })
    }

    /// List…DefinitionVersions. An entry is unreadable if its ARN is not one of a version of this kind.
    pub async fn definition_versions(
        &self,
        kind: DefinitionKind,
        definition: &DefinitionId,
        from: Option<PageToken>,
    ) -> Result<Page<DefinitionVersion>, ServiceError> {
        let operation = &format!("List{}Versions", kind.definition_word());
        let (id, token) = (definition.as_str(), from.map(String::from));
        let ids = [id, token.as_deref().unwrap_or_default()];
        macro_rules! list {
            ($list:ident, $set_id:ident) => {{
                let call = self.sdk.$list().$set_id(id);
                let call = call.set_next_token(token.clone());
                let answer = self.call(operation, &ids, call.send()).await?;
                (answer.versions, answer.next_token)
            }};
        }
        let (versions, next) = match kind {
            DefinitionKind::Core => list!(list_core_definition_versions, core_definition_id),
            DefinitionKind::Device => list!(list_device_definition_versions, device_definition_id),
            DefinitionKind::Function => {
                list!(list_function_definition_versions, function_definition_id)
            }
            DefinitionKind::Connector => {
                list!(list_connector_definition_versions, connector_definition_id)
            }
            DefinitionKind::Resource => {
                list!(list_resource_definition_versions, resource_definition_id)
            }
            DefinitionKind::Subscription => list!(
                list_subscription_definition_versions,
                subscription_definition_id
            ),
            DefinitionKind::Logger => list!(list_logger_definition_versions, logger_definition_id),
        };
        let versions = present(operation, "Versions", versions)?;
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
        let operation = &format!("Get{}Version", arn.kind().definition_word());
        let (id, version, token) = (arn.definition(), arn.version(), from.map(String::from));
        let ids = [arn.as_str(), token.as_deref().unwrap_or_default()];
        macro_rules! get {
            ($get:ident, $set_id:ident, $set_version:ident) => {{
                let call = self.sdk.$get().$set_id(id).$set_version(version);
                let answer = self.call(operation, &ids, call.send()).await?;
                let content = answer.definition.map(Content::from);
                (content, answer.creation_timestamp, None)
            }};
        }
        // Only these kinds both accept a token and return one.
        macro_rules! get_page {
            ($get:ident, $set_id:ident, $set_version:ident) => {{
                let call = self.sdk.$get().$set_id(id).$set_version(version);
                let call = call.set_next_token(token.clone());
                let answer = self.call(operation, &ids, call.send()).await?;
                let content = answer.definition.map(Content::from);
                (content, answer.creation_timestamp, answer.next_token)
            }};
        }
        let (content, created, next) = match arn.kind() {
            DefinitionKind::Core => get!(
                get_core_definition_version,
                core_definition_id,
                core_definition_version_id
            ),
            DefinitionKind::Device => get_page!(
                get_device_definition_version,
                device_definition_id,
                device_definition_version_id
            ),
            DefinitionKind::Function => get_page!(
                get_function_definition_version,
                function_definition_id,
                function_definition_version_id
            ),
            DefinitionKind::Connector => get_page!(
                get_connector_definition_version,
                connector_definition_id,
                connector_definition_version_id
            ),
            DefinitionKind::Resource => get!(
                get_resource_definition_version,
                resource_definition_id,
                resource_definition_version_id
            ),
            DefinitionKind::Subscription => get_page!(
                get_subscription_definition_version,
                subscription_definition_id,
                subscription_definition_version_id
            ),
            DefinitionKind::Logger => get!(
                get_logger_definition_version,
                logger_definition_id,
                logger_definition_version_id
            ),
        };
        Ok(ReadVersion {
            content: content
                .ok_or_else(|| unreadable(operation, "the answer has no Definition"))?,
            created: convert::timestamp(created),
            next: PageToken::read(next),
        })
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
