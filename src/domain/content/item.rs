//! The common trait of items of all seven kinds: an id and a short name.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::summary::{function_name, logger_name, resource_name, route, thing_name};
use super::{Connector, Function, Logger, Resource, Subscription, Thing, endpoint_name};

/// An item of any kind of content.
pub trait Item: Serialize + DeserializeOwned + Clone + PartialEq {
    /// Unique in a valid content.
    fn id(&self) -> &str;

    /// The name shown to users: `cam:13`; not made printable.
    fn name(&self) -> String;
}

macro_rules! item {
    ($item:ty, $name:expr) => {
        impl Item for $item {
            fn id(&self) -> &str {
                &self.id
            }

            fn name(&self) -> String {
                $name(self)
            }
        }
    };
}

item!(Thing, thing_name);
item!(Function, function_name);
item!(Connector, |connector: &Connector| endpoint_name(
    connector.connector_arn.as_deref(),
    &connector.id
));
item!(Resource, resource_name);
item!(Subscription, route);
item!(Logger, logger_name);
