//! The requests for the seven kinds; the SDK has separate operations and types for each.

use aws_sdk_greengrass::types::{DefinitionInformation, VersionInformation};

use crate::domain::{
    DefinitionId, DefinitionKind, DefinitionVersionArn, ErrorKind, PageToken, ReadVersion,
    ServiceError,
};
use crate::greengrass::client::{Client, present};
use crate::greengrass::convert::{IntoContent, timestamp};

/// The entries of one page, and the token of the next.
type SentPage<T> = Result<(T, Option<String>), ServiceError>;

macro_rules! send {
    ($client:ident, $operation:expr, $method:ident $(, $setter:ident: $value:expr)*) => {
        $client
            .call($operation, $client.sdk().$method()$(.$setter($value))*.send())
            .await?
    };
}

macro_rules! definitions {
    ($client:ident, $from:ident, $operation:literal, $method:ident) => {{
        let answer = send!($client, $operation, $method, set_next_token: $from);
        let definitions = present($operation, "Definitions", answer.definitions)?;
        (definitions, answer.next_token)
    }};
}

macro_rules! definition {
    ($client:ident, $operation:ident, $id:ident, $method:ident, $set_id:ident) => {{
        let answer = send!($client, $operation, $method, $set_id: $id);
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

macro_rules! versions {
    ($client:ident, $id:ident, $from:ident, $operation:literal, $method:ident, $set_id:ident) => {{
        let answer = send!($client, $operation, $method, $set_id: $id, set_next_token: $from);
        let versions = present($operation, "Versions", answer.versions)?;
        (versions, answer.next_token)
    }};
}

impl Client {
    pub(super) async fn list_definitions(
        &self,
        kind: DefinitionKind,
        from: Option<String>,
    ) -> SentPage<Vec<DefinitionInformation>> {
        Ok(match kind {
            DefinitionKind::Core => {
                definitions!(self, from, "ListCoreDefinitions", list_core_definitions)
            }
            DefinitionKind::Device => {
                definitions!(self, from, "ListDeviceDefinitions", list_device_definitions)
            }
            DefinitionKind::Function => definitions!(
                self,
                from,
                "ListFunctionDefinitions",
                list_function_definitions
            ),
            DefinitionKind::Connector => definitions!(
                self,
                from,
                "ListConnectorDefinitions",
                list_connector_definitions
            ),
            DefinitionKind::Resource => definitions!(
                self,
                from,
                "ListResourceDefinitions",
                list_resource_definitions
            ),
            DefinitionKind::Subscription => definitions!(
                self,
                from,
                "ListSubscriptionDefinitions",
                list_subscription_definitions
            ),
            DefinitionKind::Logger => {
                definitions!(self, from, "ListLoggerDefinitions", list_logger_definitions)
            }
        })
    }

    /// The response as an entry of the list: both have the same members.
    pub(super) async fn get_definition(
        &self,
        operation: &str,
        kind: DefinitionKind,
        definition: &DefinitionId,
    ) -> Result<DefinitionInformation, ServiceError> {
        let id = definition.as_str();
        Ok(match kind {
            DefinitionKind::Core => {
                definition!(self, operation, id, get_core_definition, core_definition_id)
            }
            DefinitionKind::Device => {
                definition!(
                    self,
                    operation,
                    id,
                    get_device_definition,
                    device_definition_id
                )
            }
            DefinitionKind::Function => {
                definition!(
                    self,
                    operation,
                    id,
                    get_function_definition,
                    function_definition_id
                )
            }
            DefinitionKind::Connector => {
                definition!(
                    self,
                    operation,
                    id,
                    get_connector_definition,
                    connector_definition_id
                )
            }
            DefinitionKind::Resource => {
                definition!(
                    self,
                    operation,
                    id,
                    get_resource_definition,
                    resource_definition_id
                )
            }
            DefinitionKind::Subscription => {
                definition!(
                    self,
                    operation,
                    id,
                    get_subscription_definition,
                    subscription_definition_id
                )
            }
            DefinitionKind::Logger => {
                definition!(
                    self,
                    operation,
                    id,
                    get_logger_definition,
                    logger_definition_id
                )
            }
        })
    }

    pub(super) async fn list_definition_versions(
        &self,
        kind: DefinitionKind,
        definition: &DefinitionId,
        from: Option<String>,
    ) -> SentPage<Vec<VersionInformation>> {
        let id = definition.as_str();
        Ok(match kind {
            DefinitionKind::Core => versions!(
                self,
                id,
                from,
                "ListCoreDefinitionVersions",
                list_core_definition_versions,
                core_definition_id
            ),
            DefinitionKind::Device => versions!(
                self,
                id,
                from,
                "ListDeviceDefinitionVersions",
                list_device_definition_versions,
                device_definition_id
            ),
            DefinitionKind::Function => versions!(
                self,
                id,
                from,
                "ListFunctionDefinitionVersions",
                list_function_definition_versions,
                function_definition_id
            ),
            DefinitionKind::Connector => versions!(
                self,
                id,
                from,
                "ListConnectorDefinitionVersions",
                list_connector_definition_versions,
                connector_definition_id
            ),
            DefinitionKind::Resource => versions!(
                self,
                id,
                from,
                "ListResourceDefinitionVersions",
                list_resource_definition_versions,
                resource_definition_id
            ),
            DefinitionKind::Subscription => versions!(
                self,
                id,
                from,
                "ListSubscriptionDefinitionVersions",
                list_subscription_definition_versions,
                subscription_definition_id
            ),
            DefinitionKind::Logger => versions!(
                self,
                id,
                from,
                "ListLoggerDefinitionVersions",
                list_logger_definition_versions,
                logger_definition_id
            ),
        })
    }

    /// Only five of the kinds accept a token, and a different five return one.
    pub(super) async fn get_definition_version(
        &self,
        arn: &DefinitionVersionArn,
        from: Option<String>,
    ) -> Result<ReadVersion, ServiceError> {
        let (id, version) = (arn.definition(), arn.version());
        let operation = content_operation(arn.kind());
        let (content, created, next) = match arn.kind() {
            DefinitionKind::Core => {
                let answer = send!(self, operation, get_core_definition_version, core_definition_id: id, core_definition_version_id: version);
                let content = answer.definition.map(IntoContent::into_content);
                (content, answer.creation_timestamp, None)
            }
            DefinitionKind::Device => {
                let answer = send!(self, operation, get_device_definition_version, device_definition_id: id, device_definition_version_id: version, set_next_token: from);
                let content = answer.definition.map(IntoContent::into_content);
                (content, answer.creation_timestamp, answer.next_token)
            }
            DefinitionKind::Function => {
                let answer = send!(self, operation, get_function_definition_version, function_definition_id: id, function_definition_version_id: version, set_next_token: from);
                let content = answer.definition.map(IntoContent::into_content);
                (content, answer.creation_timestamp, answer.next_token)
            }
            DefinitionKind::Connector => {
                let answer = send!(self, operation, get_connector_definition_version, connector_definition_id: id, connector_definition_version_id: version, set_next_token: from);
                let content = answer.definition.map(IntoContent::into_content);
                (content, answer.creation_timestamp, answer.next_token)
            }
            DefinitionKind::Resource => {
                let answer = send!(self, operation, get_resource_definition_version, resource_definition_id: id, resource_definition_version_id: version);
                let content = answer.definition.map(IntoContent::into_content);
                (content, answer.creation_timestamp, None)
            }
            DefinitionKind::Subscription => {
                let answer = send!(self, operation, get_subscription_definition_version, subscription_definition_id: id, subscription_definition_version_id: version, set_next_token: from);
                let content = answer.definition.map(IntoContent::into_content);
                (content, answer.creation_timestamp, answer.next_token)
            }
            DefinitionKind::Logger => {
                let answer = send!(self, operation, get_logger_definition_version, logger_definition_id: id, logger_definition_version_id: version, set_next_token: from);
                let content = answer.definition.map(IntoContent::into_content);
                (content, answer.creation_timestamp, None)
            }
        };
        let content = content.ok_or_else(|| {
            let message = "the answer has no Definition";
            ServiceError::local(operation, ErrorKind::Unreadable, message)
        })?;
        Ok(ReadVersion {
            content,
            created: timestamp(created),
            next: PageToken::read(next),
        })
    }
}

/// The API's name for the call that reads a content of `kind`.
pub(super) const fn content_operation(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => "GetCoreDefinitionVersion",
        DefinitionKind::Device => "GetDeviceDefinitionVersion",
        DefinitionKind::Function => "GetFunctionDefinitionVersion",
        DefinitionKind::Connector => "GetConnectorDefinitionVersion",
        DefinitionKind::Resource => "GetResourceDefinitionVersion",
        DefinitionKind::Subscription => "GetSubscriptionDefinitionVersion",
        DefinitionKind::Logger => "GetLoggerDefinitionVersion",
    }
}
