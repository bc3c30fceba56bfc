//! The contents of the seven kinds of definition version.

mod function;
mod resource;

use aws_sdk_greengrass::types as sdk;

use super::{sorted, text};
use crate::domain::Content;
use crate::domain::content::{
    Connector, ConnectorContent, CoreContent, DeviceContent, FunctionContent, Logger,
    LoggerContent, ResourceContent, Subscription, SubscriptionContent, Thing,
};

/// The SDK's placeholder for a required member that the response lacks.
const NO_WORD: &str = "no value was set";

/// A word of one of the API's enumerations, known or not.
fn word(member: Option<impl AsRef<str>>) -> Option<String> {
    member
        .map(|word| word.as_ref().to_owned())
        .filter(|word| word != NO_WORD)
}

fn all<S, T>(entries: Option<Vec<S>>, convert: impl FnMut(S) -> T) -> Vec<T> {
    entries.into_iter().flatten().map(convert).collect()
}

impl From<sdk::CoreDefinitionVersion> for Content {
    fn from(version: sdk::CoreDefinitionVersion) -> Self {
        Self::Core(CoreContent {
            cores: all(version.cores, |core| Thing {
                id: core.id.unwrap_or_default(),
                thing_arn: text(core.thing_arn),
                certificate_arn: text(core.certificate_arn),
                sync_shadow: core.sync_shadow,
            }),
        })
    }
}

impl From<sdk::DeviceDefinitionVersion> for Content {
    fn from(version: sdk::DeviceDefinitionVersion) -> Self {
        Self::Device(DeviceContent {
            devices: all(version.devices, |device| Thing {
                id: device.id.unwrap_or_default(),
                thing_arn: text(device.thing_arn),
                certificate_arn: text(device.certificate_arn),
                sync_shadow: device.sync_shadow,
            }),
        })
    }
}

impl From<sdk::FunctionDefinitionVersion> for Content {
    fn from(version: sdk::FunctionDefinitionVersion) -> Self {
        Self::Function(FunctionContent {
            default_config: version.default_config.map(function::default_config),
            functions: all(version.functions, function::function),
        })
    }
}

impl From<sdk::ConnectorDefinitionVersion> for Content {
    fn from(version: sdk::ConnectorDefinitionVersion) -> Self {
        Self::Connector(ConnectorContent {
            connectors: all(version.connectors, |connector| Connector {
                id: connector.id.unwrap_or_default(),
                connector_arn: text(connector.connector_arn),
                parameters: sorted(connector.parameters),
            }),
        })
    }
}

impl From<sdk::ResourceDefinitionVersion> for Content {
    fn from(version: sdk::ResourceDefinitionVersion) -> Self {
        Self::Resource(ResourceContent {
            resources: all(version.resources, resource::resource),
        })
    }
}

impl From<sdk::SubscriptionDefinitionVersion> for Content {
    fn from(version: sdk::SubscriptionDefinitionVersion) -> Self {
        Self::Subscription(SubscriptionContent {
            subscriptions: all(version.subscriptions, |subscription| Subscription {
                id: subscription.id.unwrap_or_default(),
                source: text(subscription.source),
                subject: text(subscription.subject),
                target: text(subscription.target),
            }),
        })
    }
}

impl From<sdk::LoggerDefinitionVersion> for Content {
    fn from(version: sdk::LoggerDefinitionVersion) -> Self {
        Self::Logger(LoggerContent {
            loggers: all(version.loggers, |logger| Logger {
                id: logger.id.unwrap_or_default(),
                logger_type: word(logger.r#type),
                level: word(logger.level),
                component: word(logger.component),
                space: logger.space,
            }),
        })
    }
}
