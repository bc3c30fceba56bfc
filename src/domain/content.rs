//! The content of a definition version: seven types that serialize to the member names of the API.

/// Types of the API, with their members in Pascal case. Absent members stay absent.
macro_rules! api_types {
    ($(
        $(#[$doc:meta])*
        pub struct $name:ident {
            $($(#[$attribute:meta])* pub $member:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name {
            $(
                $(#[$attribute])*
                #[serde(skip_serializing_if = "crate::domain::content::ApiMember::is_absent")]
                pub $member: $type,
            )*
        }
    )*};
}

mod function;
mod item;
mod resource;
mod summary;
mod term;

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

pub use function::{
    DefaultConfig, Execution, Function, FunctionConfiguration, FunctionContent,
    FunctionEnvironment, IsolationMode, ResourceAccessPolicy, RunAs,
};
pub use item::{Item, endpoint_name};
pub use resource::{
    GroupOwnerSetting, LocalDevice, LocalVolume, OwnerSetting, Resource, ResourceData, S3Model,
    SageMakerModel, Secret,
};
pub use summary::Summary;
pub use term::{NumberInField, Term, TermField};

use super::kind::DefinitionKind;

/// The content of one definition version.
///
/// Serializes to the API's `Definition` member: `{"Cores": […]}`. Absent members stay absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Content {
    Core(CoreContent),
    Device(DeviceContent),
    Function(FunctionContent),
    Connector(ConnectorContent),
    Resource(ResourceContent),
    Subscription(SubscriptionContent),
    Logger(LoggerContent),
}

macro_rules! list_content {
    ($(#[$doc:meta])* $name:ident { $member:literal $field:ident: $item:ty }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            #[serde(rename = $member)]
            pub $field: Vec<$item>,
        }
    };
}

list_content!(
    /// A valid group has exactly one core.
    CoreContent { "Cores" cores: Thing }
);
list_content!(DeviceContent { "Devices" devices: Thing });
list_content!(ConnectorContent { "Connectors" connectors: Connector });
list_content!(ResourceContent { "Resources" resources: Resource });
list_content!(SubscriptionContent { "Subscriptions" subscriptions: Subscription });
list_content!(LoggerContent { "Loggers" loggers: Logger });

api_types! {
    /// A core or a device: an IoT thing and its certificate.
    pub struct Thing {
        #[serde(default)]
        pub id: String,
        pub thing_arn: Option<String>,
        pub certificate_arn: Option<String>,
        pub sync_shadow: Option<bool>,
    }

    pub struct Connector {
        #[serde(default)]
        pub id: String,
        pub connector_arn: Option<String>,
        #[serde(default)]
        pub parameters: BTreeMap<String, String>,
    }

    pub struct Subscription {
        #[serde(default)]
        pub id: String,
        /// A thing, function or connector ARN, `cloud` or `GGShadowService`.
        pub source: Option<String>,
        /// The MQTT topic or topic filter.
        pub subject: Option<String>,
        /// Like `source`.
        pub target: Option<String>,
    }

    pub struct Logger {
        #[serde(default)]
        pub id: String,
        /// `FileSystem` or `AWSCloudWatch`.
        #[serde(rename = "Type")]
        pub logger_type: Option<String>,
        /// `DEBUG`, `INFO`, `WARN`, `ERROR` or `FATAL`.
        pub level: Option<String>,
        /// `GreengrassSystem` or `Lambda`.
        pub component: Option<String>,
        /// Kilobytes on disk; only for `FileSystem`.
        pub space: Option<i32>,
    }
}

/// A member of a type of the API.
trait ApiMember {
    /// Returns whether the member is left out of the JSON.
    fn is_absent(&self) -> bool {
        false
    }
}

impl ApiMember for String {}

impl ApiMember for ResourceData {}

impl<T> ApiMember for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> ApiMember for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> ApiMember for BTreeMap<K, V> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Evaluates an expression with the items of a content, whatever its kind.
macro_rules! with_items {
    ($content:expr, $items:ident => $result:expr) => {
        match $content {
            Content::Core(CoreContent { cores: $items }) => $result,
            Content::Device(DeviceContent { devices: $items }) => $result,
            Content::Function(FunctionContent {
                functions: $items, ..
            }) => $result,
            Content::Connector(ConnectorContent { connectors: $items }) => $result,
            Content::Resource(ResourceContent { resources: $items }) => $result,
            Content::Subscription(SubscriptionContent {
                subscriptions: $items,
            }) => $result,
            Content::Logger(LoggerContent { loggers: $items }) => $result,
        }
    };
}

impl Content {
    pub const fn kind(&self) -> DefinitionKind {
        match self {
            Self::Core(_) => DefinitionKind::Core,
            Self::Device(_) => DefinitionKind::Device,
            Self::Function(_) => DefinitionKind::Function,
            Self::Connector(_) => DefinitionKind::Connector,
            Self::Resource(_) => DefinitionKind::Resource,
            Self::Subscription(_) => DefinitionKind::Subscription,
            Self::Logger(_) => DefinitionKind::Logger,
        }
    }

    /// An empty content of `kind`.
    pub fn empty(kind: DefinitionKind) -> Self {
        match kind {
            DefinitionKind::Core => Self::Core(CoreContent::default()),
            DefinitionKind::Device => Self::Device(DeviceContent::default()),
            DefinitionKind::Function => Self::Function(FunctionContent::default()),
            DefinitionKind::Connector => Self::Connector(ConnectorContent::default()),
            DefinitionKind::Resource => Self::Resource(ResourceContent::default()),
            DefinitionKind::Subscription => Self::Subscription(SubscriptionContent::default()),
            DefinitionKind::Logger => Self::Logger(LoggerContent::default()),
        }
    }

    /// Parses the API's JSON of a content of `kind`.
    pub fn from_json(
        kind: DefinitionKind,
        json: serde_json::Value,
    ) -> Result<Self, serde_json::Error> {
        Self::deserialize_as(kind, json)
    }

    /// Reads a content of `kind`, with the errors of its own type.
    pub(super) fn deserialize_as<'de, D: Deserializer<'de>>(
        kind: DefinitionKind,
        json: D,
    ) -> Result<Self, D::Error> {
        match kind {
            DefinitionKind::Core => Deserialize::deserialize(json).map(Self::Core),
            DefinitionKind::Device => Deserialize::deserialize(json).map(Self::Device),
            DefinitionKind::Function => Deserialize::deserialize(json).map(Self::Function),
            DefinitionKind::Connector => Deserialize::deserialize(json).map(Self::Connector),
            DefinitionKind::Resource => Deserialize::deserialize(json).map(Self::Resource),
            DefinitionKind::Subscription => Deserialize::deserialize(json).map(Self::Subscription),
            DefinitionKind::Logger => Deserialize::deserialize(json).map(Self::Logger),
        }
    }

    /// The content as JSON with the API's member names.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Appends the next page of the same content; a page of another kind is ignored.
    pub fn append(&mut self, part: Self) {
        match (self, part) {
            (Self::Core(content), Self::Core(part)) => content.cores.extend(part.cores),
            (Self::Device(content), Self::Device(part)) => content.devices.extend(part.devices),
            (Self::Function(content), Self::Function(part)) => {
                content.functions.extend(part.functions);
                content.default_config = content.default_config.take().or(part.default_config);
            }
            (Self::Connector(content), Self::Connector(part)) => {
                content.connectors.extend(part.connectors);
            }
            (Self::Resource(content), Self::Resource(part)) => {
                content.resources.extend(part.resources);
            }
            (Self::Subscription(content), Self::Subscription(part)) => {
                content.subscriptions.extend(part.subscriptions);
            }
            (Self::Logger(content), Self::Logger(part)) => content.loggers.extend(part.loggers),
            (_, _) => {}
        }
    }

    /// The items as JSON with the API's member names.
    pub fn items_json(&self) -> Vec<serde_json::Value> {
        with_items!(self, items => items.iter().map(Item::json).collect())
    }

    /// The ids of the items.
    pub fn ids(&self) -> Vec<&str> {
        with_items!(self, items => items.iter().map(Item::id).collect())
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        with_items!(self, items => items.len())
    }

    /// The approximate size in memory, in bytes: of the items, and of their texts as in JSON.
    pub fn memory(&self) -> usize {
        let items = with_items!(self, items => size_of_val(items.as_slice()));
        let texts = serde_json::to_string(self).map_or(0, |json| json.len());
        items + texts
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// At most this many characters of the names are kept.
    pub fn summary(&self, characters: usize) -> Summary {
        let names: Vec<String> = with_items!(self, items => items.iter().map(Item::name).collect());
        let names = names.join(", ").chars().take(characters).collect();
        Summary::new(self.kind(), self.len(), names)
    }

    /// The path to item `number`: `Functions/cam`.
    pub fn item_path(&self, number: u32) -> Option<String> {
        let id = with_items!(self, items => items.get(number as usize)?.id());
        Some(format!("{}/{id}", self.kind().items_member()))
    }
}
