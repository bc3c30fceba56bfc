//! Rules on the source and target of subscriptions: both must be members of the group.

use super::endpoint::{ConnectorArn, FunctionArn, MessageEndpoint, thing_name};
use super::group::CheckedGroup;
use super::grouped::{FastMap, grouped, listed, repeated};
use super::rule::{Rule, RuleReport, needing};
use crate::domain::content::{self, Thing, endpoint_name};
use crate::domain::kind::DefinitionKind::{self, Connector, Core, Device, Function, Subscription};
use crate::domain::plural::counted;

pub(super) const RULES: &[Rule] = &needing(
    &[Subscription],
    [
        Rule::blocks("subscription-end", end).source("BC Subscription"),
        Rule::blocks("subscription-function", function)
            .needing(&[Subscription, Function])
            .source("DG deployments:187; AR Subscription"),
        Rule::blocks("subscription-device", device)
            .needing(&[Subscription, Device])
            .source("DG deployments:187; AR Subscription"),
        Rule::blocks("subscription-connector", connector)
            .needing(&[Subscription, Connector])
            .source("DG deployments:187; AR Subscription"),
        Rule::note("subscription-twice", twice).source("no source: the second routes nothing more"),
        Rule::note("subscription-cloud-cloud", cloud_to_cloud)
            .source("no source: AWS IoT routes its own messages"),
    ],
);

fn end(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let fix = "pick a subscription version that names a thing, a function, a connector, \
         cloud or GGShadowService there";
    for subscription in group.subscriptions() {
        for (member, end) in [
            ("Source", &subscription.source),
            ("Target", &subscription.target),
        ] {
            if end.as_deref().is_none_or(str::is_empty) {
                report.add(
                    [&*subscription.id],
                    format!("subscription {} has no {member}", subscription.id),
                    fix,
                );
            }
        }
    }
    for (text, ids) in group.endpoints() {
        let problem = match MessageEndpoint::read(text) {
            MessageEndpoint::Other if text.is_empty() => continue,
            MessageEndpoint::Other if FunctionArn::has_many_qualifiers(text) => {
                "is the ARN of a function with more than one qualifier"
            }
            MessageEndpoint::Other => "is not the ARN of a thing, function or connector",
            MessageEndpoint::Function(arn) if is_shadow_service(arn) => {
                "is an ARN; subscriptions name the shadow service by the word GGShadowService"
            }
            MessageEndpoint::Function(_)
            | MessageEndpoint::Thing
            | MessageEndpoint::Connector
            | MessageEndpoint::Cloud
            | MessageEndpoint::ShadowService => continue,
        };
        let named = counted(ids.len(), "subscription");
        report.add(
            ids.iter().copied(),
            format!("{text:?}, named by {named}, {problem}"),
            fix,
        );
    }
}

fn is_shadow_service(arn: FunctionArn<'_>) -> bool {
    arn.is_system && arn.name == "GGShadowService"
}

/// Names for an ARN and similar ones: short names if they differ, else the full ARNs.
fn distinct_names(text: &str, others: &[&str]) -> (String, Vec<String>) {
    let short = |arn: &str| endpoint_name(Some(arn), arn);
    let name = short(text);
    let names: Vec<String> = others.iter().map(|other| short(other)).collect();
    if names.contains(&name) {
        let full = others.iter().map(|other| (*other).to_owned()).collect();
        (text.to_owned(), full)
    } else {
        (name, names)
    }
}

/// Reports an ARN that its slot does not have, with the ARNs of the same name in that slot.
fn report_missing(
    report: &mut RuleReport<'_>,
    slot: DefinitionKind,
    (text, ids): &(&str, Vec<&str>),
    others: &[&str],
) {
    let (name, others) = distinct_names(text, others);
    let named = counted(ids.len(), "subscription");
    let (there, fix) = if others.is_empty() {
        (
            String::new(),
            format!(
                "pick a {slot} version that has {name}, or a subscription version \
                 that does not name it"
            ),
        )
    } else {
        let others = listed(&others);
        let fix = format!(
            "pick a subscription version that names {others}, or a {slot} version that has {name}"
        );
        (format!(", which has {others}"), fix)
    };
    report.add(
        ids.iter().copied(),
        format!("{name}, named by {named}, is not in the {slot} slot{there}"),
        fix,
    );
}

/// The service compares texts: an alias does not match the version that it points to.
fn function(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for end in group.endpoints() {
        if let MessageEndpoint::Function(arn) = MessageEndpoint::read(end.0)
            && !is_shadow_service(arn)
            && !group.has_function(end.0)
        {
            report_missing(report, Function, end, group.same_function(arn));
        }
    }
}

fn device(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let things = group.devices().iter();
    let members = by_name(
        things.filter_map(|thing| thing.thing_arn.as_deref()),
        thing_name,
    );
    for end in group.endpoints() {
        let (text, ids) = end;
        let Some(name) = thing_name(text) else {
            continue;
        };
        let same = members.get(name).map_or(&[][..], Vec::as_slice);
        let is_it = |core: &Thing| core.thing_arn.as_deref() == Some(*text);
        if same.contains(text) {
            continue;
        }
        if group.cores().iter().any(is_it) {
            report.add_to(
                &[Subscription, Device, Core],
                ids.iter().copied(),
                format!(
                    "{name}, named by {}, is the group's core and no device of it",
                    counted(ids.len(), "subscription")
                ),
                "pick a subscription version that names a device there",
            );
        } else {
            report_missing(report, Device, end, same);
        }
    }
}

fn connector(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let connectors = group.connectors().iter();
    let arns = connectors.filter_map(|connector| connector.connector_arn.as_deref());
    let members = by_name(arns, connector_name);
    for end in group.endpoints() {
        let Some(name) = connector_name(end.0) else {
            continue;
        };
        let same = members.get(name).map_or(&[][..], Vec::as_slice);
        if !same.contains(&end.0) {
            report_missing(report, Connector, end, same);
        }
    }
}

fn connector_name(text: &str) -> Option<&str> {
    Some(ConnectorArn::read(text)?.name)
}

fn by_name<'a>(
    arns: impl Iterator<Item = &'a str>,
    name: impl Fn(&'a str) -> Option<&'a str>,
) -> FastMap<&'a str, Vec<&'a str>> {
    grouped(arns.filter_map(|arn| Some((name(arn)?, arn))))
        .into_iter()
        .collect()
}

fn twice(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let routes = group.subscriptions().iter().map(|subscription| {
        let content::Subscription {
            id,
            source,
            subject,
            target,
        } = subscription;
        ((source, subject, target), &**id)
    });
    for ((source, subject, target), ids) in repeated(routes) {
        let shown = |end: &Option<String>| endpoint_name(end.as_deref(), "?");
        let message = format!(
            "{} subscriptions route {} from {} to {}",
            ids.len(),
            subject.as_deref().unwrap_or("?"),
            shown(source),
            shown(target)
        );
        report.add(
            ids,
            message,
            "pick a subscription version that has the route once",
        );
    }
}

fn cloud_to_cloud(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    const CLOUD: Option<&str> = Some("cloud");
    for subscription in group.subscriptions() {
        if subscription.source.as_deref() == CLOUD && subscription.target.as_deref() == CLOUD {
            report.add(
                [&*subscription.id],
                format!("subscription {} goes from cloud to cloud", subscription.id),
                "pick a subscription version without it",
            );
        }
    }
}
