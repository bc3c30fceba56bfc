//! The contents of the seven kinds of definition version.

mod function;
mod resource;

use aws_sdk_greengrass::types as sdk;

use crate::domain::Content;
use crate::domain::content::{
    Connector, ConnectorContent, CoreContent, DeviceContent, FunctionContent, Logger,
    LoggerContent, ResourceContent, Subscription, SubscriptionContent, Thing,
};

/// One page of a content.
pub(in crate::greengrass) trait IntoContent {
    fn into_content(self) -> Content;
}

/// The SDK's placeholder for a required member that the response lacks.
const NO_WORD: &str = "no value was set";

/// A required member that the response may still lack.
fn said(member: Option<String>) -> Option<String> {
    member.filter(|text| !text.is_empty())
}

/// A word of one of the API's enumerations, known or not.
fn word(member: Option<impl AsRef<str>>) -> Option<String> {
    member
        .map(|word| word.as_ref().to_owned())
        .filter(|word| word != NO_WORD)
}

fn all<S, T>(entries: Option<Vec<S>>, convert: impl FnMut(S) -> T) -> Vec<T> {
    entries
        .unwrap_or_default()
        .into_iter()
        .map(convert)
        .collect()
}

impl IntoContent for sdk::CoreDefinitionVersion {
    fn into_content(self) -> Content {
        Content::Core(CoreContent {
            cores: all(self.cores, |core| Thing {
                id: core.id.unwrap_or_default(),
                thing_arn: said(core.thing_arn),
                certificate_arn: said(core.certificate_arn),
                sync_shadow: core.sync_shadow,
            }),
        })
    }
}

impl IntoContent for sdk::DeviceDefinitionVersion {
    fn into_content(self) -> Content {
        Content::Device(DeviceContent {
            devices: all(self.devices, |device| Thing {
                id: device.id.unwrap_or_default(),
                thing_arn: said(device.thing_arn),
                certificate_arn: said(device.certificate_arn),
                sync_shadow: device.sync_shadow,
            }),
        })
    }
}

impl IntoContent for sdk::FunctionDefinitionVersion {
    fn into_content(self) -> Content {
        Content::Function(FunctionContent {
            default_config: self.default_config.map(function::default_config),
            functions: all(self.functions, function::function),
        })
    }
}

impl IntoContent for sdk::ConnectorDefinitionVersion {
    fn into_content(self) -> Content {
        Content::Connector(ConnectorContent {
            connectors: all(self.connectors, |connector| Connector {
                id: connector.id.unwrap_or_default(),
                connector_arn: said(connector.connector_arn),
                parameters: connector
                    .parameters
                    .unwrap_or_default()
                    .into_iter()
                    .collect(),
            }),
        })
    }
}

impl IntoContent for sdk::ResourceDefinitionVersion {
    fn into_content(self) -> Content {
        Content::Resource(ResourceContent {
            resources: all(self.resources, resource::resource),
        })
    }
}

impl IntoContent for sdk::SubscriptionDefinitionVersion {
    fn into_content(self) -> Content {
        Content::Subscription(SubscriptionContent {
            subscriptions: all(self.subscriptions, |subscription| Subscription {
                id: subscription.id.unwrap_or_default(),
                source: said(subscription.source),
                subject: said(subscription.subject),
                target: said(subscription.target),
            }),
        })
    }
}

impl IntoContent for sdk::LoggerDefinitionVersion {
    fn into_content(self) -> Content {
        Content::Logger(LoggerContent {
            loggers: all(self.loggers, |logger| Logger {
                id: logger.id.unwrap_or_default(),
                logger_type: word(logger.r#type),
                level: word(logger.level),
                component: word(logger.component),
                space: logger.space,
            }),
        })
    }
}
