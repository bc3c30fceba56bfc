//! Rules on the paths of resources, with the service's texts.

use serde_json::Value;

use super::{items, text};
use crate::domain::DefinitionKind;

/// The five forms of a resource; each resource has exactly one (API reference, ResourceDataContainer).
const FORMS: [&str; 5] = [
    "LocalDeviceResourceData",
    "LocalVolumeResourceData",
    "S3MachineLearningModelResourceData",
    "SageMakerMachineLearningModelResourceData",
    "SecretsManagerSecretResourceData",
];

pub(super) fn check(content: &Value, problems: &mut Vec<String>) {
    for resource in items(DefinitionKind::Resource, content) {
        let form = |name: &str| {
            let data = resource.pointer(&format!("/ResourceDataContainer/{name}"));
            data.filter(|data| !data.is_null())
        };
        let forms = FORMS
            .into_iter()
            .filter(|name| form(name).is_some())
            .count();
        if forms != 1 {
            let id = text(resource, "Id");
            problems.push(format!(
                "Resource {id} must have exactly one form of data, but has {forms}"
            ));
        }
        let [device, volume, ..] = FORMS;
        let path = form(device).and_then(|data| data.get("SourcePath")?.as_str());
        if let Some(path) = path
            && !is_below(path, "/dev")
        {
            problems.push(format!(
                "Device resource path should begin with /dev, but got: {path}"
            ));
        }
        if let Some(data) = form(volume)
            && ["SourcePath", "DestinationPath"]
                .iter()
                .any(|member| is_below(text(data, member), "/sys"))
        {
            problems.push("Accessing /sys is prohibited".to_owned());
        }
    }
}

/// Whether `path` is `folder` or below it; `/devices` is not below `/dev`.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
