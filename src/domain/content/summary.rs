//! One line that says what a content holds: `3 functions: cam:13, agg:7, mix:2`.

use super::{Content, Function, Logger, Resource, Subscription, Thing};
use crate::domain::arn::Arn;

impl Content {
    /// One line on the content, its text as the service gave it (not made printable).
    pub fn summary(&self) -> String {
        let (one, many, names): (_, _, Vec<String>) = match self {
            Self::Core(content) => (
                "core",
                "cores",
                content.cores.iter().map(thing_name).collect(),
            ),
            Self::Device(content) => (
                "device",
                "devices",
                content.devices.iter().map(thing_name).collect(),
            ),
            Self::Function(content) => (
                "function",
                "functions",
                content.functions.iter().map(function_name).collect(),
            ),
            Self::Connector(content) => {
                let names = content
                    .connectors
                    .iter()
                    .map(|item| endpoint_name(item.connector_arn.as_deref(), &item.id));
                ("connector", "connectors", names.collect())
            }
            Self::Resource(content) => (
                "resource",
                "resources",
                content.resources.iter().map(resource_name).collect(),
            ),
            Self::Subscription(content) => (
                "subscription",
                "subscriptions",
                content.subscriptions.iter().map(route).collect(),
            ),
            Self::Logger(content) => (
                "logger",
                "loggers",
                content.loggers.iter().map(logger_name).collect(),
            ),
        };
        match names.len() {
            0 => format!("no {many}"),
            1 => format!("1 {one}: {}", names.join(", ")),
            count => format!("{count} {many}: {}", names.join(", ")),
        }
    }
}

pub(super) fn thing_name(thing: &Thing) -> String {
    endpoint_name(thing.thing_arn.as_deref(), &thing.id)
}

pub(super) fn function_name(function: &Function) -> String {
    endpoint_name(function.function_arn.as_deref(), &function.id)
}

pub(super) fn resource_name(resource: &Resource) -> String {
    resource.name.clone().unwrap_or_else(|| resource.id.clone())
}

pub(super) fn route(subscription: &Subscription) -> String {
    let end = |arn: &Option<String>| endpoint_name(arn.as_deref(), "?");
    format!(
        "{}->{}",
        end(&subscription.source),
        end(&subscription.target)
    )
}

pub(super) fn logger_name(logger: &Logger) -> String {
    let part = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".to_owned());
    format!(
        "{} {} {}",
        part(&logger.component),
        part(&logger.level),
        part(&logger.logger_type)
    )
}

/// The short name of what a content refers to: `cam:13` for a function, the thing's name,
/// `ModbusRTUProtocolAdapter/2` for a connector, the text itself where it is no ARN.
pub fn endpoint_name(arn: Option<&str>, otherwise: &str) -> String {
    let Some(text) = arn else {
        return otherwise.to_owned();
    };
    let Some(parts) = Arn::split(text) else {
        return text.to_owned();
    };
    let name = match parts.service {
        "lambda" => parts.resource.strip_prefix("function:"),
        "iot" => parts.resource.split_once('/').map(|(_, name)| name),
        "greengrass" => parts.resource.strip_prefix("/connectors/"),
        _ => None,
    };
    name.unwrap_or(parts.resource).replace("/versions/", "/")
}
