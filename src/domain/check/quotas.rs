//! Rules on the quotas of a group.

use super::group::CheckedGroup;
use super::rule::{Rule, RuleReport};
use crate::domain::kind::DefinitionKind::{Device, Function, Resource, Subscription};

pub(super) const RULES: &[Rule] = &[
    Rule::blocks("quota-devices", |group, report| {
        limit(report, group.devices().len(), 2_500, "device");
    })
    .needing(&[Device])
    .source("QR"),
    Rule::blocks("quota-functions", |group, report| {
        limit(report, group.functions().len(), 200, "function");
    })
    .needing(&[Function])
    .source("QR"),
    Rule::blocks("quota-resources", |group, report| {
        limit(report, group.resources().len(), 200, "resource");
    })
    .needing(&[Resource])
    .source("QR"),
    Rule::blocks("quota-subscriptions", |group, report| {
        limit(report, group.subscriptions().len(), 10_000, "subscription");
    })
    .needing(&[Subscription])
    .source("QR"),
    Rule::blocks("quota-cloud-subscriptions", cloud)
        .needing(&[Subscription])
        .source("QR"),
    Rule::blocks("quota-function-resources", |group, report| {
        attached(group, report, 20, usize::MAX);
    })
    .needing(&[Function])
    .source("QR; DG lra-cli:58"),
    Rule::note("strict-resources", strict_resources)
        .needing(&[Resource])
        .source("DG lra-cli:58; QR says 200"),
    Rule::note("strict-function-resources", |group, report| {
        attached(group, report, 10, 20);
    })
    .needing(&[Function])
    .source("DG lambda-group-config:65; BC; CFN; QR says 20"),
];

const MAX_CLOUD_SUBSCRIPTIONS: usize = 50;

fn limit(report: &mut RuleReport<'_>, count: usize, limit: usize, what: &str) {
    if count > limit {
        report.add(
            [],
            format!("the group has {count} {what}s; the limit is {limit}"),
            format!("pick a {what} version with fewer {what}s"),
        );
    }
}

fn cloud(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let subscriptions = group.subscriptions().iter();
    let from_cloud = subscriptions.filter(|one| one.source.as_deref() == Some("cloud"));
    let ids: Vec<&str> = from_cloud.map(|one| &*one.id).collect();
    let count = ids.len();
    if count > MAX_CLOUD_SUBSCRIPTIONS {
        let message = format!(
            "{count} subscriptions have the source cloud; the limit is {MAX_CLOUD_SUBSCRIPTIONS}"
        );
        let fix = "pick a subscription version with wider topic filters from cloud";
        report.add(ids, message, fix);
    }
}

fn strict_resources(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let count = group.resources().len();
    if (51..=200).contains(&count) {
        let message = format!(
            "the group has {count} resources; the quotas page allows 200, the developer guide 50"
        );
        report.add([], message, "none is needed: AWS's pages disagree");
    }
}

/// Reports functions with more than `limit` and at most `refused` resources.
fn attached(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>, limit: usize, refused: usize) {
    for function in group.functions() {
        let count = function.resource_access_policies().len();
        if count > limit && count <= refused {
            let (limits, fix) = if refused == usize::MAX {
                (
                    format!("the limit is {limit}"),
                    "pick a function version with fewer attachments",
                )
            } else {
                (
                    format!("the quotas page allows {refused}, others {limit}"),
                    "none is needed: AWS's pages disagree",
                )
            };
            let problem = format!("is attached to {count} resources; {limits}");
            report.add_on(function, problem, fix);
        }
    }
}
