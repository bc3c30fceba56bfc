//! The content of a definition version: seven types that serialize to the member names of the API.

mod function;
mod item;
mod resource;
mod summary;
mod term;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use function::{
    DefaultConfig, Execution, Function, FunctionConfiguration, FunctionContent,
    FunctionEnvironment, IsolationMode, ResourceAccessPolicy, RunAs,
};
pub use item::Item;
pub use resource::{
    GroupOwnerSetting, LocalDevice, LocalVolume, OwnerSetting, Resource, ResourceData, S3Model,
    SageMakerModel, Secret,
};
pub use summary::{Summary, endpoint_name};
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

/// A core or a device: an IoT thing and its certificate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Thing {
    #[serde(default)]
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sync_shadow: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Connector {
    #[serde(default)]
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector_arn: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Subscription {
    #[serde(default)]
    pub id: String,
    /// A thing, function or connector ARN, `cloud` or `GGShadowService`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The MQTT topic or topic filter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Like `source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Logger {
    #[serde(default)]
    pub id: String,
    /// `FileSystem` or `AWSCloudWatch`.
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub logger_type: Option<String>,
    /// `DEBUG`, `INFO`, `WARN`, `ERROR` or `FATAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// `GreengrassSystem` or `Lambda`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// Kilobytes on disk; only for `FileSystem`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<i32>,
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
        Ok(match kind {
            DefinitionKind::Core => Self::Core(serde_json::from_value(json)?),
            DefinitionKind::Device => Self::Device(serde_json::from_value(json)?),
            DefinitionKind::Function => Self::Function(serde_json::from_value(json)?),
            DefinitionKind::Connector => Self::Connector(serde_json::from_value(json)?),
            DefinitionKind::Resource => Self::Resource(serde_json::from_value(json)?),
            DefinitionKind::Subscription => Self::Subscription(serde_json::from_value(json)?),
            DefinitionKind::Logger => Self::Logger(serde_json::from_value(json)?),
        })
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

    /// The number of items.
    pub fn len(&self) -> usize {
        match self {
            Self::Core(content) => content.cores.len(),
            Self::Device(content) => content.devices.len(),
            Self::Function(content) => content.functions.len(),
            Self::Connector(content) => content.connectors.len(),
            Self::Resource(content) => content.resources.len(),
            Self::Subscription(content) => content.subscriptions.len(),
            Self::Logger(content) => content.loggers.len(),
        }
    }

    /// The approximate size in memory, in bytes: of the items, and of their texts as in JSON.
    pub fn memory(&self) -> usize {
        let item = match self {
            Self::Core(_) | Self::Device(_) => size_of::<Thing>(),
            Self::Function(_) => size_of::<Function>(),
            Self::Connector(_) => size_of::<Connector>(),
            Self::Resource(_) => size_of::<Resource>(),
            Self::Subscription(_) => size_of::<Subscription>(),
            Self::Logger(_) => size_of::<Logger>(),
        };
        let texts = serde_json::to_string(self).map_or(0, |json| json.len());
        self.len() * item + texts
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
