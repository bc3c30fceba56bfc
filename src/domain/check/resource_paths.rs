//! Rules on the paths of resources: allowed directories, and uniqueness.

use std::collections::BTreeSet;

use super::group::CheckedGroup;
use super::grouped::repeated;
use super::models::Model;
use super::path::{is_within, plain};
use super::resources::{add, ids, keyed};
use super::rule::{Rule, RuleReport, needing};
use crate::domain::kind::DefinitionKind::Resource;

pub(super) const RULES: &[Rule] = &needing(
    &[Resource],
    [
        Rule::blocks("device-path", device_path).source("DG access-local-resources:30; BC"),
        Rule::blocks("volume-path", volume_path)
            .source("service: Accessing /sys is prohibited; BC"),
        Rule::likely("volume-directory", volume_directory)
            .source("DG access-local-resources:22,26,36"),
        Rule::likely("volume-destination", volume_destination)
            .source("DG access-local-resources:56; BC"),
        Rule::blocks("device-path-unique", device_unique)
            .source("GGP BasicGreengrassResourceHelper"),
        Rule::blocks("volume-path-unique", volume_unique)
            .source("GGP BasicGreengrassResourceHelper"),
        Rule::blocks("model-path-unique", model_unique).source("GGP BasicGreengrassResourceHelper"),
    ],
);

fn device_path(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (device, resource) in keyed(group, |data| data.local_device.as_ref()) {
        let problem = match device.source_path.as_deref().map(plain) {
            Some(Some(path)) if is_within(&path, "/dev/shm") => {
                "has a SourcePath under /dev/shm, which can only be a volume"
            }
            Some(Some(path)) if is_within(&path, "/dev") && path != "/dev" => continue,
            Some(_) => "has a SourcePath that is not under /dev",
            None => "has no SourcePath",
        };
        let fix = "pick a resource version with a device under /dev there";
        add(report, "device", resource, problem, fix);
    }
}

fn volume_path(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (volume, resource) in keyed(group, |data| data.local_volume.as_ref()) {
        let problem = match volume.source_path.as_deref().map(plain) {
            Some(Some(path)) if is_within(&path, "/sys") => "has a SourcePath under /sys",
            Some(Some(_)) => continue,
            Some(None) => "has a SourcePath that is not absolute",
            None => "has no SourcePath",
        };
        let fix = "pick a resource version with another SourcePath there";
        add(report, "volume", resource, problem, fix);
    }
}

/// AWS does not document what happens to these, so they are likely mistakes.
fn volume_directory(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let paths = keyed(group, |data| {
        plain(data.local_volume.as_ref()?.source_path.as_deref()?)
    });
    for (path, resource) in paths {
        let (directory, fix) = if is_within(&path, "/dev/shm") {
            continue;
        } else if is_within(&path, "/dev") {
            let fix = "pick a resource version with a device resource for it";
            ("/dev", fix)
        } else if is_within(&path, "/var") {
            let fix = "mount the directory elsewhere on the core, then pick a resource version \
                       with that path";
            ("/var", fix)
        } else {
            continue;
        };
        let problem = format!("has a SourcePath under {directory}");
        add(report, "volume", resource, problem, fix);
    }
}

fn volume_destination(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (volume, resource) in keyed(group, |data| data.local_volume.as_ref()) {
        let problem = match volume.destination_path.as_deref().map(plain) {
            Some(Some(path)) if is_within(&path, "/proc") => {
                "has a DestinationPath in the container's own /proc"
            }
            Some(Some(_)) => continue,
            Some(None) => "has a DestinationPath that is not absolute",
            None => "has no DestinationPath",
        };
        let fix = "pick a resource version with another DestinationPath there";
        add(report, "volume", resource, problem, fix);
    }
}

/// `path` in a form that can be compared.
fn comparable(path: Option<&str>) -> Option<String> {
    path.map(|path| plain(path).unwrap_or_else(|| path.to_owned()))
}

fn device_unique(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let devices = keyed(group, |data| {
        comparable(data.local_device.as_ref()?.source_path.as_deref())
    });
    for (path, resources) in repeated(devices) {
        let message = format!("{} device resources are {path}", resources.len());
        let fix = "pick a resource version that has the device once";
        report.add(ids(&resources), message, fix);
    }
}

fn volume_unique(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let volumes = keyed(group, |data| {
        comparable(data.local_volume.as_ref()?.source_path.as_deref())
    });
    for (path, resources) in repeated(volumes) {
        let destinations: BTreeSet<Option<String>> = resources
            .iter()
            .filter_map(|resource| resource.data.local_volume.as_ref())
            .map(|volume| comparable(volume.destination_path.as_deref()))
            .collect();
        let count = destinations.len();
        if count > 1 {
            let message = format!("volume {path} has {count} destinations; the limit is 1");
            let fix = "pick a resource version with one destination for the volume";
            report.add(ids(&resources), message, fix);
        }
    }
}

fn model_unique(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let models = keyed(group, |data| comparable(Model::of(data)?.destination));
    for (path, resources) in repeated(models) {
        let message = format!("{} models have the destination {path}", resources.len());
        let fix = "pick a resource version with a destination for each model";
        report.add(ids(&resources), message, fix);
    }
}
