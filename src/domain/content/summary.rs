//! One-line summaries of contents: `3 functions: cam:13, agg:7, mix:2`.

use std::fmt;

use super::{Content, Function, Logger, Resource, Subscription, Thing};
use crate::domain::DefinitionKind;
use crate::domain::arn::Arn;

/// The number of items of a content, and their names as the service returned them (not made printable).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    kind: DefinitionKind,
    count: usize,
    names: String,
}

impl Summary {
    /// The summary without the kind, for a row that names it: `3: cam:13, agg:7, mix:2`.
    pub fn short(&self) -> String {
        format!("{}{}", self.short_count(), self.names)
    }

    /// The text before the names, short and full: `3: ` and `3 functions: `.
    pub(super) fn counts(&self) -> [String; 2] {
        [self.short_count(), self.full_count()]
    }

    fn short_count(&self) -> String {
        match self.count {
            0 => "none".to_owned(),
            count => format!("{count}: "),
        }
    }

    fn full_count(&self) -> String {
        let kind = self.kind.name();
        match self.count {
            0 => format!("no {kind}s"),
            1 => format!("1 {kind}: "),
            count => format!("{count} {kind}s: "),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.full_count(), self.names)
    }
}

impl Content {
    /// At most this many characters of the names are kept.
    pub fn summary(&self, characters: usize) -> Summary {
        let names: Vec<String> = match self {
            Self::Core(content) => content.cores.iter().map(thing_name).collect(),
            Self::Device(content) => content.devices.iter().map(thing_name).collect(),
            Self::Function(content) => content.functions.iter().map(function_name).collect(),
            Self::Connector(content) => {
                let items = content.connectors.iter();
                items
                    .map(|item| endpoint_name(item.connector_arn.as_deref(), &item.id))
                    .collect()
            }
            Self::Resource(content) => content.resources.iter().map(resource_name).collect(),
            Self::Subscription(content) => content.subscriptions.iter().map(route).collect(),
            Self::Logger(content) => content.loggers.iter().map(logger_name).collect(),
        };
        Summary {
            kind: self.kind(),
            count: names.len(),
            names: names.join(", ").chars().take(characters).collect(),
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

/// The short name of a referenced ARN: `cam:13` for a function, the name of a thing,
/// `ModbusRTUProtocolAdapter/2` for a connector. A text that is not an ARN is returned unchanged.
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
