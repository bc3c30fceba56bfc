//! Rules on what functions are attached to: the resource must be there and allow what is asked.

use super::functions::name;
use super::group::Group;
use super::grouped::grouped;
use super::path::{is_within, plain};
use super::rule::{Report, Rule};
use crate::domain::content::{self, LocalVolume, ResourceAccessPolicy};
use crate::domain::kind::DefinitionKind::{Function, Resource};
use crate::domain::plural::counted;

pub(super) const RULES: &[Rule] = &[
    Rule::blocks(
        "resource-missing",
        "DG deployments:187",
        &[Function, Resource],
        resource_missing,
    ),
    Rule::blocks(
        "permission",
        "BC ResourceAccessPolicy",
        &[Function],
        permission,
    ),
    Rule::blocks(
        "uncontained-local",
        "DG gg-troubleshooting:683; lambda-group-config:67",
        &[Function, Resource],
        uncontained_local,
    ),
    Rule::blocks(
        "secret-permission",
        "DG secrets-using:158",
        &[Function, Resource],
        secret_permission,
    ),
    Rule::blocks(
        "shm-permission",
        "DG access-local-resources:36",
        &[Function, Resource],
        shm_permission,
    ),
    Rule::blocks(
        "proc-permission",
        "DG access-local-resources:54",
        &[Function, Resource],
        proc_permission,
    ),
];

/// One function's attachment to one resource that is there.
pub(super) struct Attachment<'a> {
    pub(super) function: &'a content::Function,
    pub(super) policy: &'a ResourceAccessPolicy,
    pub(super) resource: &'a content::Resource,
}

/// The attachments of a function to resources that are there.
pub(super) fn attachments<'a>(
    group: &Group<'a>,
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

fn all<'a>(group: &Group<'a>) -> impl Iterator<Item = Attachment<'a>> {
    group
        .functions()
        .iter()
        .flat_map(|function| attachments(group, function))
}

/// How a finding names a resource.
pub(super) fn resource_name(resource: &content::Resource) -> String {
    match &resource.name {
        Some(name) if *name != resource.id => format!("{name} ({})", resource.id),
        Some(_) | None => resource.id.clone(),
    }
}

fn resource_missing(group: &Group<'_>, report: &mut Report<'_>) {
    let missing = group.functions().iter().flat_map(|function| {
        let policies = function.resource_access_policies().iter();
        policies
            .filter(|policy| group.resource(&policy.resource_id).is_none())
            .map(|policy| (&*policy.resource_id, &*function.id))
    });
    for (id, mut functions) in grouped(missing) {
        functions.dedup();
        let message = format!(
            "resource {id}, asked for by {}, is not in the resource slot",
            counted(functions.len(), "function")
        );
        report.add(
            functions,
            message,
            format!(
                "pick a resource version that has {id}, or a function version that does \
             not ask for it"
            ),
        );
    }
}

fn permission(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group.functions() {
        for policy in function.resource_access_policies() {
            let word = policy.permission.as_deref();
            let Some(word) = word.filter(|word| !matches!(*word, "ro" | "rw")) else {
                continue;
            };
            report.add(
                [&*function.id],
                format!(
                    "{} asks for resource {} with permission {word:?}, which does not exist",
                    name(function),
                    policy.resource_id
                ),
                "pick a function version with ro or rw there",
            );
        }
    }
}

fn uncontained_local(group: &Group<'_>, report: &mut Report<'_>) {
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

fn secret_permission(group: &Group<'_>, report: &mut Report<'_>) {
    for attachment in all(group) {
        let is_written = attachment.policy.permission.as_deref() == Some("rw");
        if attachment.resource.data.secret.is_some() && is_written {
            report.add(
                [&*attachment.function.id],
                format!(
                    "{} asks to write the secret {}, which can only be read",
                    name(attachment.function),
                    resource_name(attachment.resource)
                ),
                "pick a function version with permission ro there",
            );
        }
    }
}

/// The attachments to volumes whose source lies within `directory`.
fn volumes_within<'a>(
    group: &Group<'a>,
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

fn shm_permission(group: &Group<'_>, report: &mut Report<'_>) {
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

fn proc_permission(group: &Group<'_>, report: &mut Report<'_>) {
    for attachment in volumes_within(group, "/proc") {
        if attachment.policy.permission.as_deref() == Some("rw") {
            report.add(
                [&*attachment.function.id],
                format!(
                    "{} asks to write {} under /proc, which can only be read",
                    name(attachment.function),
                    resource_name(attachment.resource)
                ),
                "pick a function version with permission ro there",
            );
        }
    }
}
