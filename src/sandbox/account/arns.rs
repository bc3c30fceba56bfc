//! ARNs as the service writes them, with the slash before `greengrass` (Service Authorization Reference,
//! Greengrass V1).

use crate::domain::DefinitionKind;
use crate::sandbox::wire;

/// The resource part of a group's ARN, without its leading slash.
pub(super) fn group(group: &str) -> String {
    format!("greengrass/groups/{group}")
}

/// The resource part of a group version's ARN, without its leading slash.
pub(super) fn group_version(group: &str, version: &str) -> String {
    format!("greengrass/groups/{group}/versions/{version}")
}

/// The resource part of a deployment's ARN, without its leading slash.
pub(super) fn deployment(group: &str, deployment: &str) -> String {
    format!("greengrass/groups/{group}/deployments/{deployment}")
}

/// The resource part of a definition's ARN, without its leading slash.
pub(super) fn definition(kind: DefinitionKind, definition: &str) -> String {
    let segment = wire::path_segment(kind);
    format!("greengrass/definition/{segment}/{definition}")
}

/// The resource part of a definition version's ARN, without its leading slash.
pub(super) fn definition_version(kind: DefinitionKind, parent: &str, version: &str) -> String {
    format!("{}/versions/{version}", definition(kind, parent))
}
