//! The seven kinds of definition, in the order in which the seven slots are shown.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the seven slots of a group version, and the kind of definition that fills it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DefinitionKind {
    Core,
    Device,
    Function,
    Connector,
    Resource,
    Subscription,
    Logger,
}

impl DefinitionKind {
    /// Every kind, in pane order.
    pub const ALL: [Self; 7] = [
        Self::Core,
        Self::Device,
        Self::Function,
        Self::Connector,
        Self::Resource,
        Self::Subscription,
        Self::Logger,
    ];

    /// The kind's index in [`Self::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The word used on the command line and on the screen: `function`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Device => "device",
            Self::Function => "function",
            Self::Connector => "connector",
            Self::Resource => "resource",
            Self::Subscription => "subscription",
            Self::Logger => "logger",
        }
    }

    /// The plural in ARNs and request paths: `functions`.
    pub const fn path_segment(self) -> &'static str {
        match self {
            Self::Core => "cores",
            Self::Device => "devices",
            Self::Function => "functions",
            Self::Connector => "connectors",
            Self::Resource => "resources",
            Self::Subscription => "subscriptions",
            Self::Logger => "loggers",
        }
    }

    /// The member of a content that lists its items: `Functions`.
    pub const fn items_member(self) -> &'static str {
        match self {
            Self::Core => "Cores",
            Self::Device => "Devices",
            Self::Function => "Functions",
            Self::Connector => "Connectors",
            Self::Resource => "Resources",
            Self::Subscription => "Subscriptions",
            Self::Logger => "Loggers",
        }
    }

    /// The kind whose plural is `segment`.
    pub fn from_path_segment(segment: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.path_segment() == segment)
    }

    /// The member of the API's `GroupVersion` that holds this slot: `FunctionDefinitionVersionArn`.
    pub const fn arn_member(self) -> &'static str {
        match self {
            Self::Core => "CoreDefinitionVersionArn",
            Self::Device => "DeviceDefinitionVersionArn",
            Self::Function => "FunctionDefinitionVersionArn",
            Self::Connector => "ConnectorDefinitionVersionArn",
            Self::Resource => "ResourceDefinitionVersionArn",
            Self::Subscription => "SubscriptionDefinitionVersionArn",
            Self::Logger => "LoggerDefinitionVersionArn",
        }
    }

    /// The word for a definition of this kind in the API's operations: `FunctionDefinition`.
    pub fn definition_word(self) -> &'static str {
        self.arn_member().trim_end_matches("VersionArn")
    }

    /// The flag of `aws greengrass create-group-version` that fills this slot.
    pub fn cli_flag(self) -> String {
        format!("--{self}-definition-version-arn")
    }
}

impl fmt::Display for DefinitionKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// An unknown kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no slot is called {0:?}; the slots are core, device, function, connector, resource, subscription, logger"
)]
pub struct UnknownKind(pub String);

impl FromStr for DefinitionKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// One value for each of the seven kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PerKind<T>([T; DefinitionKind::ALL.len()]);

impl<T> PerKind<T> {
    /// Computes a value for each kind.
    pub fn from_fn(mut value: impl FnMut(DefinitionKind) -> T) -> Self {
        Self(DefinitionKind::ALL.map(&mut value))
    }

    /// Every kind with its value, in pane order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (DefinitionKind, &T)> {
        DefinitionKind::ALL.into_iter().zip(self.0.iter())
    }

    /// Every kind with its mutable value.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (DefinitionKind, &mut T)> {
        DefinitionKind::ALL.into_iter().zip(self.0.iter_mut())
    }
}

impl<T> std::ops::Index<DefinitionKind> for PerKind<T> {
    type Output = T;

    #[expect(
        clippy::indexing_slicing,
        reason = "a kind's index is always below the count of kinds"
    )]
    fn index(&self, kind: DefinitionKind) -> &T {
        &self.0[kind.index()]
    }
}

impl<T> std::ops::IndexMut<DefinitionKind> for PerKind<T> {
    #[expect(
        clippy::indexing_slicing,
        reason = "a kind's index is always below the count of kinds"
    )]
    fn index_mut(&mut self, kind: DefinitionKind) -> &mut T {
        &mut self.0[kind.index()]
    }
}
