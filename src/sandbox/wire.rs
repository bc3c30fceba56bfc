//! The API's words for the seven kinds, written a second time so that client and sandbox cannot share a
//! mistake.

use crate::domain::DefinitionKind;

/// The plural in paths and ARNs: `/greengrass/definition/cores` (API reference, all `…Definition`
/// operations).
pub(super) const fn path_segment(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => "cores",
        DefinitionKind::Device => "devices",
        DefinitionKind::Function => "functions",
        DefinitionKind::Connector => "connectors",
        DefinitionKind::Resource => "resources",
        DefinitionKind::Subscription => "subscriptions",
        DefinitionKind::Logger => "loggers",
    }
}

/// The kind with this plural in a path.
pub(super) fn kind_of_segment(segment: &str) -> Option<DefinitionKind> {
    DefinitionKind::ALL
        .into_iter()
        .find(|kind| path_segment(*kind) == segment)
}

/// The word inside operation names: `CreateCoreDefinition`.
pub(super) const fn operation_word(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => "Core",
        DefinitionKind::Device => "Device",
        DefinitionKind::Function => "Function",
        DefinitionKind::Connector => "Connector",
        DefinitionKind::Resource => "Resource",
        DefinitionKind::Subscription => "Subscription",
        DefinitionKind::Logger => "Logger",
    }
}

/// The member of `GroupVersion` that holds the slot (API reference, CreateGroupVersion).
pub(super) const fn slot_member(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => "CoreDefinitionVersionArn",
        DefinitionKind::Device => "DeviceDefinitionVersionArn",
        DefinitionKind::Function => "FunctionDefinitionVersionArn",
        DefinitionKind::Connector => "ConnectorDefinitionVersionArn",
        DefinitionKind::Resource => "ResourceDefinitionVersionArn",
        DefinitionKind::Subscription => "SubscriptionDefinitionVersionArn",
        DefinitionKind::Logger => "LoggerDefinitionVersionArn",
    }
}

/// The member of a content that lists its items.
pub(super) const fn items_member(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => "Cores",
        DefinitionKind::Device => "Devices",
        DefinitionKind::Function => "Functions",
        DefinitionKind::Connector => "Connectors",
        DefinitionKind::Resource => "Resources",
        DefinitionKind::Subscription => "Subscriptions",
        DefinitionKind::Logger => "Loggers",
    }
}

/// The word in "… definition reference does not exist"; the service writes `Lambda` for functions.
///
/// Connector and logger are by analogy, because no source shows their text.
pub(super) const fn reference_word(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Function => "Lambda",
        DefinitionKind::Resource | DefinitionKind::Subscription => operation_word(kind),
        DefinitionKind::Core
        | DefinitionKind::Device
        | DefinitionKind::Connector
        | DefinitionKind::Logger => items_member(kind),
    }
}

/// The text if a definition does not exist, except in Get…Definition and Create…DefinitionVersion.
pub(super) const fn no_definition(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => "That cores definition does not exist.",
        DefinitionKind::Device => "That devices definition does not exist.",
        DefinitionKind::Function => "That lambdas definition does not exist.",
        DefinitionKind::Connector => "That connectors definition does not exist.",
        DefinitionKind::Resource => "That resources definition does not exist.",
        DefinitionKind::Subscription => "That subscriptions definition does not exist.",
        DefinitionKind::Logger => "That loggers definition does not exist.",
    }
}

/// The text of Create…DefinitionVersion if the definition does not exist. Three kinds have their own (moto,
/// which copied it from the service).
pub(super) const fn no_definition_for_version(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Function => "That lambdas does not exist.",
        DefinitionKind::Resource => "That resource definition does not exist.",
        DefinitionKind::Subscription => "That subscriptions does not exist.",
        DefinitionKind::Core
        | DefinitionKind::Device
        | DefinitionKind::Connector
        | DefinitionKind::Logger => no_definition(kind),
    }
}

/// The word in "That … List Definition does not exist." and "Version … of … List Definition … does not
/// exist."
pub(super) fn definition_list_word(kind: DefinitionKind) -> &'static str {
    if kind == DefinitionKind::Function {
        "Lambda"
    } else {
        operation_word(kind)
    }
}

/// Whether Get…DefinitionVersion both accepts and returns `NextToken` (botocore 1.44.5, greengrass
/// 2017-06-07).
///
/// Cores only return one, loggers only accept one, resources do neither.
pub(super) const fn content_is_paged(kind: DefinitionKind) -> bool {
    use DefinitionKind::{Connector, Device, Function, Subscription};
    matches!(kind, Connector | Device | Function | Subscription)
}
