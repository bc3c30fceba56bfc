//! Rules on the paths of resources: where they may lie, and that no two claim the same.

use super::attachments::resource_name;
use super::group::Group;
use super::grouped::repeated;
use super::models::Model;
use super::path::{is_within, plain};
use super::resources::{ids, keyed};
use super::rule::{Report, Rule};
use crate::domain::kind::DefinitionKind::Resource;

pub(super) const RULES: &[Rule] = &[
    Rule::blocks(
        "device-path",
        "DG access-local-resources:30; BC",
        &[Resource],
        device_path,
    ),
    Rule::blocks(
        "volume-path",
        "DG access-local-resources:22; BC",
        &[Resource],
        volume_path,
    ),
    Rule::likely(
        "volume-destination",
        "DG access-local-resources:56; BC",
        &[Resource],
        volume_destination,
    ),
    Rule::blocks(
        "device-path-unique",
        "GGP BasicGreengrassResourceHelper",
        &[Resource],
        device_unique,
    ),
    Rule::blocks(
        "volume-path-unique",
        "GGP BasicGreengrassResourceHelper",
        &[Resource],
        volume_unique,
    ),
    Rule::blocks(
        "model-path-unique",
        "GGP BasicGreengrassResourceHelper",
        &[Resource],
        model_unique,
    ),
];

fn device_path(group: &Group<'_>, report: &mut Report<'_>) {
    for resource in group.resources() {
        let Some(device) = &resource.data.local_device else {
            continue;
        };
        let trouble = match device.source_path.as_deref().map(plain) {
            Some(Some(path)) if is_within(&path, "/dev/shm") => {
                "under /dev/shm, which can only be a volume"
            }
            Some(Some(path)) if is_within(&path, "/dev") && path != "/dev" => continue,
            Some(_) => "not under /dev",
            None => "nowhere: it has no SourcePath",
        };
        report.add(
            [&*resource.id],
            format!("device {} is {trouble}", resource_name(resource)),
            "pick a resource version with a device under /dev there",
        );
    }
}

fn volume_path(group: &Group<'_>, report: &mut Report<'_>) {
    for resource in group.resources() {
        let Some(volume) = &resource.data.local_volume else {
            continue;
        };
        let is_under = |path: &str, directory: &&str| is_within(path, directory);
        let trouble = match volume.source_path.as_deref().map(plain) {
            Some(Some(path)) if is_within(&path, "/dev/shm") => continue,
            Some(Some(path)) => {
                let closed = ["/sys", "/dev", "/var"];
                match closed.iter().find(|directory| is_under(&path, directory)) {
                    None => continue,
                    Some(directory) => {
                        format!("under {directory}, which the core does not give out")
                    }
                }
            }
            Some(None) => "at a path that is not absolute".to_owned(),
            None => "nowhere: it has no SourcePath".to_owned(),
        };
        report.add(
            [&*resource.id],
            format!("volume {} is {trouble}", resource_name(resource)),
            "pick a resource version with another SourcePath there",
        );
    }
}

fn volume_destination(group: &Group<'_>, report: &mut Report<'_>) {
    for resource in group.resources() {
        let Some(volume) = &resource.data.local_volume else {
            continue;
        };
        let trouble = match volume.destination_path.as_deref().map(plain) {
            Some(Some(path)) if is_within(&path, "/proc") => "inside the container's own /proc",
            Some(Some(_)) => continue,
            Some(None) => "at a path that is not absolute",
            None => "nowhere: it has no DestinationPath",
        };
        report.add(
            [&*resource.id],
            format!("volume {} appears {trouble}", resource_name(resource)),
            "pick a resource version with another DestinationPath there",
        );
    }
}

/// `path` as the core would take it, for comparing.
fn comparable(path: Option<&str>) -> Option<String> {
    path.map(|path| plain(path).unwrap_or_else(|| path.to_owned()))
}

fn device_unique(group: &Group<'_>, report: &mut Report<'_>) {
    let devices = keyed(group, |data| {
        comparable(data.local_device.as_ref()?.source_path.as_deref())
    });
    for (path, resources) in repeated(devices) {
        let message = format!("{} device resources are {path}", resources.len());
        report.add(
            ids(&resources),
            message,
            "pick a resource version that has the device once",
        );
    }
}

fn volume_unique(group: &Group<'_>, report: &mut Report<'_>) {
    let volumes = keyed(group, |data| {
        comparable(data.local_volume.as_ref()?.source_path.as_deref())
    });
    for (path, resources) in repeated(volumes) {
        let mut destinations: Vec<Option<String>> = resources
            .iter()
            .filter_map(|resource| resource.data.local_volume.as_ref())
            .map(|volume| comparable(volume.destination_path.as_deref()))
            .collect();
        destinations.sort();
        destinations.dedup();
        if destinations.len() > 1 {
            let message = format!(
                "volume {path} appears at {} destinations, one is the limit",
                destinations.len()
            );
            report.add(
                ids(&resources),
                message,
                "pick a resource version with one destination for the volume",
            );
        }
    }
}

fn model_unique(group: &Group<'_>, report: &mut Report<'_>) {
    let models = keyed(group, |data| comparable(Model::of(data)?.destination));
    for (path, resources) in repeated(models) {
        let message = format!("{} models have the destination {path}", resources.len());
        report.add(
            ids(&resources),
            message,
            "pick a resource version with a destination for each model",
        );
    }
}
