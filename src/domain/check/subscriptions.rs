//! Rules on the source and target of subscriptions: both must be members of the group.

use super::endpoint::{ConnectorArn, FunctionArn, thing_name};
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
        let id = &*subscription.id;
        let ends = [
            ("Source", &subscription.source),
            ("Target", &subscription.target),
        ];
        for (member, end) in ends {
            if end.as_deref().is_none_or(str::is_empty) {
                report.add([id], format!("subscription {id} has no {member}"), fix);
            }
        }
    }
    for (text, ids) in group.endpoints() {
        if let Some(problem) = problem_of(text) {
            let named = counted(ids.len(), "subscription");
            let message = format!("{text:?}, named by {named}, {problem}");
            report.add(ids.iter().copied(), message, fix);
        }
    }
}

/// The problem with a source or target in any group.
fn problem_of(text: &str) -> Option<&'static str> {
    match FunctionArn::read(text) {
        Some(arn) => is_shadow_service(arn).then_some(
            "is an ARN; subscriptions name the shadow service by the word GGShadowService",
        ),
        None if FunctionArn::has_many_qualifiers(text) => {
            Some("is the ARN of a function with more than one qualifier")
        }
        None => {
            let is_known = matches!(text, "" | "cloud" | "GGShadowService")
                || thing_name(text).is_some()
                || ConnectorArn::read(text).is_some();
            (!is_known).then_some("is not the ARN of a thing, function or connector")
        }
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

/// A source or target of subscriptions that its slot does not have.
struct MissingEnd<'a> {
    arn: &'a str,
    name: &'a str,
    subscriptions: &'a [&'a str],
    /// The ARNs of the same name in the slot.
    others: Vec<&'a str>,
}

/// The sources and targets with a name of one slot whose ARNs are not among the slot's `arns`.
///
/// The service compares texts: an alias does not match the version that it points to.
fn missing<'g>(
    group: &'g CheckedGroup<'_>,
    arns: impl Iterator<Item = &'g str>,
    name: impl Fn(&str) -> Option<&str>,
) -> Vec<MissingEnd<'g>> {
    let named = grouped(arns.filter_map(|arn| Some((name(arn)?, arn))));
    let members: FastMap<&str, Vec<&str>> = named.into_iter().collect();
    let ends = group.endpoints().iter().filter_map(|(arn, subscriptions)| {
        let name = name(arn)?;
        let others = members.get(name).map_or(&[][..], Vec::as_slice);
        (!others.contains(arn)).then(|| MissingEnd {
            arn,
            name,
            subscriptions,
            others: others.to_vec(),
        })
    });
    ends.collect()
}

impl MissingEnd<'_> {
    fn report(&self, report: &mut RuleReport<'_>, slot: DefinitionKind) {
        let (name, others) = distinct_names(self.arn, &self.others);
        let named = counted(self.subscriptions.len(), "subscription");
        let (there, fix) = if others.is_empty() {
            let fix = format!(
                "pick a {slot} version that has {name}, or a subscription version \
                 that does not name it"
            );
            (String::new(), fix)
        } else {
            let others = listed(&others);
            let fix = format!(
                "pick a subscription version that names {others}, or a {slot} version \
                 that has {name}"
            );
            (format!(", which has {others}"), fix)
        };
        report.add(
            self.subscriptions.iter().copied(),
            format!("{name}, named by {named}, is not in the {slot} slot{there}"),
            fix,
        );
    }
}

fn function(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let functions = group.functions().iter();
    let arns = functions.filter_map(|function| function.function_arn.as_deref());
    for end in missing(group, arns, |text| Some(FunctionArn::read(text)?.name)) {
        if !FunctionArn::read(end.arn).is_some_and(is_shadow_service) {
            end.report(report, Function);
        }
    }
}

fn device(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let things = group.devices().iter();
    let arns = things.filter_map(|thing| thing.thing_arn.as_deref());
    for end in missing(group, arns, thing_name) {
        let is_it = |core: &Thing| core.thing_arn.as_deref() == Some(end.arn);
        if group.cores().iter().any(is_it) {
            let named = counted(end.subscriptions.len(), "subscription");
            report.add_to(
                &[Subscription, Device, Core],
                end.subscriptions.iter().copied(),
                format!(
                    "{}, named by {named}, is the group's core and no device of it",
                    end.name
                ),
                "pick a subscription version that names a device there",
            );
        } else {
            end.report(report, Device);
        }
    }
}

fn connector(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let connectors = group.connectors().iter();
    let arns = connectors.filter_map(|connector| connector.connector_arn.as_deref());
    for end in missing(group, arns, |text| Some(ConnectorArn::read(text)?.name)) {
        end.report(report, Connector);
    }
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
        let (source, target) = (shown(source), shown(target));
        let subject = subject.as_deref().unwrap_or("?");
        let count = ids.len();
        report.add(
            ids,
            format!("{count} subscriptions route {subject} from {source} to {target}"),
            "pick a subscription version that has the route once",
        );
    }
}

fn cloud_to_cloud(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    const CLOUD: Option<&str> = Some("cloud");
    for subscription in group.subscriptions() {
        if subscription.source.as_deref() == CLOUD && subscription.target.as_deref() == CLOUD {
            let id = &*subscription.id;
            let message = format!("subscription {id} goes from cloud to cloud");
            report.add([id], message, "pick a subscription version without it");
        }
    }
}
