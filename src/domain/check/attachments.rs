//! Rules on the resources attached to functions: the resource must exist and allow the permission.

use super::functions::name;
use super::group::CheckedGroup;
use super::grouped::{grouped, repeated};
use super::path::{is_within, plain};
use super::rule::{Rule, RuleReport, needing};
use crate::domain::content::{self, LocalVolume, ResourceAccessPolicy};
use crate::domain::kind::DefinitionKind::{Function, Resource};
use crate::domain::plural::counted;

pub(super) const RULES: &[Rule] = &needing(
    &[Function, Resource],
    [
        Rule::blocks("resource-missing", resource_missing).source("DG deployments:187"),
        Rule::blocks("permission", permission)
            .needing(&[Function])
            .source("BC ResourceAccessPolicy"),
        Rule::blocks("uncontained-local", uncontained_local)
            .source("DG gg-troubleshooting:683; lambda-group-config:67"),
        Rule::blocks("secret-permission", secret_permission).source("DG secrets-using:158"),
        Rule::blocks("shm-permission", shm_permission).source("DG access-local-resources:36"),
        Rule::blocks("proc-permission", proc_permission).source("DG access-local-resources:54"),
        Rule::note("attached-twice", attached_twice)
            .needing(&[Function])
            .source("no source: the second adds nothing"),
        Rule::note("volumes-on-one-path", one_path).source("no source: one volume hides the other"),
    ],
);

/// One resource attached to one function.
pub(super) struct Attachment<'a> {
    pub(super) function: &'a content::Function,
    pub(super) policy: &'a ResourceAccessPolicy,
    pub(super) resource: &'a content::Resource,
}

/// The attachments of a function to existing resources.
pub(super) fn attachments<'a>(
    group: &CheckedGroup<'a>,
    function: &'a content::Function,
) -> impl Iterator<Item = Attachment<'a>> {
    function
        .resource_access_policies()
        .iter()
        .filter_map(|policy| {
            group
                .resource(&policy.resource_id)
                .map(|resource| Attachment {
                    function,
                    policy,
                    resource,
                })
        })
}

fn all<'a>(group: &CheckedGroup<'a>) -> impl Iterator<Item = Attachment<'a>> {
    group
        .functions()
        .iter()
        .flat_map(|function| attachments(group, function))
}

/// The name of a resource in messages.
pub(super) fn resource_name(resource: &content::Resource) -> String {
    match &resource.name {
        Some(name) if *name != resource.id => format!("{name} ({})", resource.id),
        Some(_) | None => resource.id.clone(),
    }
}

fn resource_missing(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let missing = group.functions().iter().flat_map(|function| {
        let policies = function.resource_access_policies().iter();
        policies
            .filter(|policy| group.resource(&policy.resource_id).is_none())
            .map(|policy| (&*policy.resource_id, &*function.id))
    });
    for (id, mut functions) in grouped(missing) {
        functions.dedup();
        let message = format!(
            "resource {id}, named by {}, is not in the resource slot",
            counted(functions.len(), "function")
        );
        report.add(
            functions,
            message,
            format!(
                "pick a resource version that has {id}, or a function version that does \
                 not name it"
            ),
        );
    }
}

fn permission(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        for policy in function.resource_access_policies() {
            let word = policy.permission.as_deref();
            let Some(word) = word.filter(|word| !matches!(*word, "ro" | "rw")) else {
                continue;
            };
            report.add(
                [&*function.id],
                format!(
                    "{} has permission {word:?} for resource {}; the permissions are ro and rw",
                    name(function),
                    policy.resource_id
                ),
                "pick a function version with ro or rw there",
            );
        }
    }
}

fn uncontained_local(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for attachment in group
        .uncontained()
        .flat_map(|function| attachments(group, function))
    {
        let data = &attachment.resource.data;
        let form = match (&data.local_device, &data.local_volume) {
            (Some(_), _) => "local device",
            (None, Some(_)) => "local volume",
            (None, None) => continue,
        };
        report.add(
            [&*attachment.function.id],
            format!(
                "{} runs without a container and is attached to the {form} {}",
                name(attachment.function),
                resource_name(attachment.resource)
            ),
            "pick a function version without that attachment, or with the \
                 function in a container",
        );
    }
}

fn secret_permission(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for attachment in all(group) {
        let is_written = attachment.policy.permission.as_deref() == Some("rw");
        if attachment.resource.data.secret.is_some() && is_written {
            report.add(
                [&*attachment.function.id],
                format!(
                    "{} has permission rw for the secret {}; the limit is ro",
                    name(attachment.function),
                    resource_name(attachment.resource)
                ),
                "pick a function version with permission ro there",
            );
        }
    }
}

/// The attachments to volumes with a source within `directory`.
fn volumes_within<'a>(
    group: &CheckedGroup<'a>,
    directory: &'static str,
) -> impl Iterator<Item = Attachment<'a>> {
    all(group).filter(move |attachment| {
        let volume = attachment.resource.data.local_volume.as_ref();
        volume
            .and_then(source_of)
            .is_some_and(|source| is_within(&source, directory))
    })
}

fn source_of(volume: &LocalVolume) -> Option<String> {
    plain(volume.source_path.as_deref()?)
}

fn shm_permission(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for attachment in volumes_within(group, "/dev/shm") {
        if attachment.policy.permission.as_deref() != Some("rw") {
            report.add(
                [&*attachment.function.id],
                format!(
                    "{} is attached to {} under /dev/shm without permission rw",
                    name(attachment.function),
                    resource_name(attachment.resource)
                ),
                "pick a function version with permission rw there",
            );
        }
    }
}

fn proc_permission(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for attachment in volumes_within(group, "/proc") {
        if attachment.policy.permission.as_deref() == Some("rw") {
            report.add(
                [&*attachment.function.id],
                format!(
                    "{} has permission rw for {} under /proc; the limit is ro",
                    name(attachment.function),
                    resource_name(attachment.resource)
                ),
                "pick a function version with permission ro there",
            );
        }
    }
}

fn attached_twice(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let policies = function.resource_access_policies().iter();
        for (id, all) in repeated(policies.map(|policy| (&*policy.resource_id, ()))) {
            report.add(
                [&*function.id],
                format!(
                    "{} is attached to resource {id} {} times",
                    name(function),
                    all.len()
                ),
                "pick a function version that is attached to it once",
            );
        }
    }
}

fn one_path(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let volumes = attachments(group, function).filter_map(|attachment| {
            let volume = attachment.resource.data.local_volume.as_ref()?;
            Some((
                plain(volume.destination_path.as_deref()?)?,
                attachment.resource,
            ))
        });
        for (path, resources) in repeated(volumes) {
            let names = grouped(
                resources
                    .iter()
                    .map(|resource| (resource_name(resource), ())),
            );
            if names.len() > 1 {
                let names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
                report.add(
                    [&*function.id],
                    format!("{} has {} on {path}", name(function), names.join(" and ")),
                    "pick a resource version with another DestinationPath for one of them",
                );
            }
        }
    }
}
