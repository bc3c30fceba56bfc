//! The resource parts of ARNs (Service Authorization Reference, Greengrass V1), without the leading slash that
//! the service writes.

use crate::domain::DefinitionKind;
use crate::sandbox::wire;

pub(super) fn group(group: &str) -> String {
    format!("greengrass/groups/{group}")
}

pub(super) fn group_version(group: &str, version: &str) -> String {
    format!("greengrass/groups/{group}/versions/{version}")
}

pub(super) fn deployment(group: &str, deployment: &str) -> String {
    format!("greengrass/groups/{group}/deployments/{deployment}")
}

pub(super) fn definition(kind: DefinitionKind, definition: &str) -> String {
    let segment = wire::path_segment(kind);
    format!("greengrass/definition/{segment}/{definition}")
}

pub(super) fn definition_version(kind: DefinitionKind, parent: &str, version: &str) -> String {
    format!("{}/versions/{version}", definition(kind, parent))
}
