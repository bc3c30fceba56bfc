//! The common trait of items of all seven kinds: an id and a short name.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Connector, Function, Logger, Resource, Subscription, Thing};
use crate::domain::arn::Arn;

/// An item of any kind of content.
pub trait Item: Serialize + DeserializeOwned + Clone + PartialEq {
    /// Unique in a valid content.
    fn id(&self) -> &str;

    /// The name shown to users: `cam:13`; not made printable.
    fn name(&self) -> String;

    /// The item with the API's member names.
    fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

macro_rules! item {
    ($type:ty, $item:ident => $name:expr) => {
        impl Item for $type {
            fn id(&self) -> &str {
                &self.id
            }

            fn name(&self) -> String {
                let $item = self;
                $name
            }
        }
    };
}

item!(Thing, thing => endpoint_name(thing.thing_arn.as_deref(), &thing.id));
item!(Function, function => endpoint_name(function.function_arn.as_deref(), &function.id));
item!(Connector, connector => endpoint_name(connector.connector_arn.as_deref(), &connector.id));
item!(Resource, resource => resource.name.clone().unwrap_or_else(|| resource.id.clone()));
item!(Subscription, subscription => {
    let end = |arn: &Option<String>| endpoint_name(arn.as_deref(), "?");
    format!("{}->{}", end(&subscription.source), end(&subscription.target))
});
item!(Logger, logger => {
    let parts = [&logger.component, &logger.level, &logger.logger_type];
    parts.map(|part| part.as_deref().unwrap_or("?")).join(" ")
});

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
