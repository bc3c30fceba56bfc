//! Rules on ARNs in contents that name another partition, region or account.

use super::contents::Scope;
use super::endpoint::FunctionArn;
use super::group::CheckedGroup;
use super::grouped::grouped;
use super::rule::{Rule, RuleReport};
use crate::domain::arn::Arn;
use crate::domain::content::Thing;
use crate::domain::kind::DefinitionKind::{Connector, Core, Device, Function, Resource};
use crate::domain::plural::counted;

/// AWS does not document that these fail, so none of them blocks.
pub(super) const RULES: &[Rule] = &[
    Rule::likely("core-elsewhere", cores)
        .needing(&[Core])
        .source("DG service-role:13 (inferred)"),
    Rule::likely("device-elsewhere", devices)
        .needing(&[Device])
        .source("DG service-role:13 (inferred)"),
    Rule::likely("function-elsewhere", functions)
        .needing(&[Function])
        .source("DG service-role:13 (inferred)"),
    Rule::likely("connector-elsewhere", connectors)
        .needing(&[Connector])
        .source("DG connectors-cli:155 (inferred)"),
    Rule::likely("resource-elsewhere", resources)
        .needing(&[Resource])
        .source("DG ml-console:354 (inferred)"),
];

/// The parts of an ARN that differ from the session's; empty parts never differ.
pub(super) fn elsewhere(arn: Arn<'_>, scope: &Scope) -> Option<String> {
    let parts = [
        ("partition", arn.partition, &scope.partition),
        ("region", arn.region, &scope.region),
        ("account", arn.account, &scope.account),
    ];
    let other: Vec<String> = parts
        .into_iter()
        .filter_map(|(part, there, here)| {
            let here = here.as_deref().filter(|here| *here != there)?;
            (!there.is_empty()).then(|| format!("{part} {there} (the session's is {here})"))
        })
        .collect();
    (!other.is_empty()).then(|| other.join(" and "))
}

/// Adds one finding for each partition, region and account that is not the session's.
fn report_places<'i>(
    group: &CheckedGroup<'_>,
    report: &mut RuleReport<'_>,
    what: &str,
    arns: impl Iterator<Item = (&'i str, &'i str)>,
) {
    let there = arns.filter_map(|(id, arn)| Some((elsewhere(Arn::split(arn)?, group.scope)?, id)));
    for (place, mut ids) in grouped(there) {
        ids.dedup();
        let message = format!("ARNs named by {} are of {place}", counted(ids.len(), what));
        report.add(
            ids,
            message,
            "pick a version whose ARNs are of the account and region in use",
        );
    }
}

fn thing_arns(things: &[Thing]) -> impl Iterator<Item = (&str, &str)> {
    things.iter().flat_map(|thing| {
        let arns = [&thing.thing_arn, &thing.certificate_arn];
        arns.into_iter().flatten().map(|arn| (&*thing.id, &**arn))
    })
}

fn cores(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    report_places(group, report, "core", thing_arns(group.cores()));
}

fn devices(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    report_places(group, report, "device", thing_arns(group.devices()));
}

fn functions(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let arns = group.functions().iter().filter_map(|function| {
        let arn = function.function_arn.as_deref()?;
        let is_system = FunctionArn::read(arn).is_some_and(|arn| arn.is_system);
        (!is_system).then_some((&*function.id, arn))
    });
    report_places(group, report, "function", arns);
}

fn connectors(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let arns = group
        .connectors()
        .iter()
        .filter_map(|connector| Some((&*connector.id, connector.connector_arn.as_deref()?)));
    report_places(group, report, "connector", arns);
}

fn resources(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let arns = group.resources().iter().flat_map(|resource| {
        let secret = resource.data.secret.as_ref().map(|secret| &secret.arn);
        let model = &resource.data.sage_maker_model;
        let job = model.as_ref().map(|model| &model.sage_maker_job_arn);
        let arns = [secret, job].into_iter().flatten().flatten();
        arns.map(|arn| (&*resource.id, &**arn))
    });
    report_places(group, report, "resource", arns);
}
