//! Rules on the resources attached to functions: the resource must exist and allow the permission.

use super::group::CheckedGroup;
use super::grouped::{grouped, repeated};
use super::path::{is_within, plain};
use super::resources::resource_name;
use super::rule::{Rule, RuleReport, needing};
use crate::domain::content;
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
    pub(super) permission: Option<&'a str>,
    pub(super) resource: &'a content::Resource,
}

/// The attachments of functions to existing resources.
pub(super) fn attachments<'a>(
    group: &CheckedGroup<'a>,
    functions: impl IntoIterator<Item = &'a content::Function>,
) -> impl Iterator<Item = Attachment<'a>> {
    functions.into_iter().flat_map(move |function| {
        let policies = function.resource_access_policies().iter();
        policies.filter_map(move |policy| {
            Some(Attachment {
                function,
                permission: policy.permission.as_deref(),
                resource: group.resource(&policy.resource_id)?,
            })
        })
    })
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
        let named = counted(functions.len(), "function");
        report.add(
            functions,
            format!("resource {id}, named by {named}, is not in the resource slot"),
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
            let word = match policy.permission.as_deref() {
                None | Some("ro" | "rw") => continue,
                Some(word) => word,
            };
            let problem = format!(
                "has permission {word:?} for resource {}; the permissions are ro and rw",
                policy.resource_id
            );
            report.add_on(
                function,
                problem,
                "pick a function version with ro or rw there",
            );
        }
    }
}

fn uncontained_local(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for attachment in attachments(group, group.uncontained()) {
        let data = &attachment.resource.data;
        let form = match (&data.local_device, &data.local_volume) {
            (Some(_), _) => "local device",
            (None, Some(_)) => "local volume",
            (None, None) => continue,
        };
        let resource = resource_name(attachment.resource);
        report.add_on(
            attachment.function,
            format!("runs without a container and is attached to the {form} {resource}"),
            "pick a function version without that attachment, or with the \
             function in a container",
        );
    }
}

fn secret_permission(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for attachment in attachments(group, group.functions()) {
        if attachment.resource.data.secret.is_some() && attachment.permission == Some("rw") {
            let resource = resource_name(attachment.resource);
            report.add_on(
                attachment.function,
                format!("has permission rw for the secret {resource}; the limit is ro"),
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
    attachments(group, group.functions()).filter(move |attachment| {
        let volume = attachment.resource.data.local_volume.as_ref();
        let source = volume.and_then(|volume| plain(volume.source_path.as_deref()?));
        source.is_some_and(|source| is_within(&source, directory))
    })
}

fn shm_permission(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for attachment in volumes_within(group, "/dev/shm") {
        if attachment.permission != Some("rw") {
            let resource = resource_name(attachment.resource);
            report.add_on(
                attachment.function,
                format!("is attached to {resource} under /dev/shm without permission rw"),
                "pick a function version with permission rw there",
            );
        }
    }
}

fn proc_permission(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for attachment in volumes_within(group, "/proc") {
        if attachment.permission == Some("rw") {
            let resource = resource_name(attachment.resource);
            report.add_on(
                attachment.function,
                format!("has permission rw for {resource} under /proc; the limit is ro"),
                "pick a function version with permission ro there",
            );
        }
    }
}

fn attached_twice(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let policies = function.resource_access_policies().iter();
        for (id, all) in repeated(policies.map(|policy| (&*policy.resource_id, ()))) {
            report.add_on(
                function,
                format!("is attached to resource {id} {} times", all.len()),
                "pick a function version that is attached to it once",
            );
        }
    }
}

fn one_path(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let volumes = attachments(group, [function]).filter_map(|attachment| {
            let volume = attachment.resource.data.local_volume.as_ref()?;
            let destination = plain(volume.destination_path.as_deref()?)?;
            Some((destination, attachment.resource))
        });
        for (path, resources) in repeated(volumes) {
            let resources = resources
                .iter()
                .map(|resource| (resource_name(resource), ()));
            let names: Vec<String> = grouped(resources)
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            if names.len() > 1 {
                report.add_on(
                    function,
                    format!("has {} on {path}", names.join(" and ")),
                    "pick a resource version with another DestinationPath for one of them",
                );
            }
        }
    }
}
