//! Rules on what subscriptions connect: both ends must be members of the group.

use std::collections::HashSet;

use super::endpoint::{Endpoint, FunctionArn};
use super::group::Group;
use super::grouped::{counted, repeated};
use super::rule::{Report, Rule};
use crate::domain::content::{self, endpoint_name};
use crate::domain::kind::DefinitionKind::{Connector, Core, Device, Function, Subscription};

pub(super) const RULES: &[Rule] = &[
    Rule::blocks("subscription-end", "BC Subscription", &[Subscription], end),
    Rule::blocks(
        "subscription-function",
        "DG deployments:187; AR Subscription",
        &[Subscription, Function],
        function,
    ),
    Rule::blocks(
        "subscription-device",
        "DG deployments:187; AR Subscription",
        &[Subscription, Device],
        device,
    ),
    Rule::blocks(
        "subscription-connector",
        "DG deployments:187; AR Subscription",
        &[Subscription, Connector],
        connector,
    ),
    Rule::note(
        "subscription-twice",
        "no source: the second routes nothing more",
        &[Subscription],
        twice,
    ),
];

fn end(group: &Group<'_>, report: &mut Report<'_>) {
    let mend = "pick a subscription version that names a thing, a function, a connector, \
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
                    mend,
                );
            }
        }
    }
    for (text, ids) in group.endpoints() {
        if !text.is_empty() && Endpoint::read(text) == Endpoint::Other {
            report.add(
                ids.iter().copied(),
                format!(
                    "{text:?}, named by {}, is nothing that a subscription can connect",
                    counted(ids.len(), "subscription")
                ),
                mend,
            );
        }
    }
}

fn function(group: &Group<'_>, report: &mut Report<'_>) {
    for (text, ids) in group.endpoints() {
        let Endpoint::Function(arn) = Endpoint::read(text) else {
            continue;
        };
        if group.has_function(text) {
            continue;
        }
        let named = counted(ids.len(), "subscription");
        let (there, mend) = other_qualifiers(group, arn, text);
        report.add(
            ids.iter().copied(),
            format!(
                "{}, named by {named}, is not in the function slot{there}",
                endpoint_name(Some(text), text)
            ),
            mend,
        );
    }
}

/// An alias and the version behind it are two texts, and the service compares texts.
fn other_qualifiers(group: &Group<'_>, arn: FunctionArn<'_>, text: &str) -> (String, String) {
    let same = group.same_function(arn);
    if same.is_empty() {
        let name = endpoint_name(Some(text), text);
        let mend = format!(
            "pick a function version that has {name}, or a subscription version \
                 that does not name it"
        );
        return (String::new(), mend);
    }
    let names: Vec<String> = same
        .iter()
        .map(|other| endpoint_name(Some(other), other))
        .collect();
    let names = names.join(" and ");
    (
        format!(", which has {names}"),
        format!(
            "pick a subscription version that names {names}, or a function version that has {}",
            endpoint_name(Some(text), text)
        ),
    )
}

fn device(group: &Group<'_>, report: &mut Report<'_>) {
    let things = group.devices().iter();
    let members: HashSet<&str> = things
        .filter_map(|thing| thing.thing_arn.as_deref())
        .collect();
    for (text, ids) in group.endpoints() {
        if Endpoint::read(text) != Endpoint::Thing || members.contains(text) {
            continue;
        }
        let is_core = group
            .cores()
            .iter()
            .any(|core| core.thing_arn.as_deref() == Some(*text));
        let name = endpoint_name(Some(text), text);
        let named = counted(ids.len(), "subscription");
        if is_core {
            report.add_to(
                &[Subscription, Device, Core],
                ids.iter().copied(),
                format!("{name}, named by {named}, is the group's core and no device of it"),
                "pick a subscription version that names a device there",
            );
        } else {
            report.add(
                ids.iter().copied(),
                format!("thing {name}, named by {named}, is not in the device slot"),
                format!(
                    "pick a device version that has {name}, or a subscription \
                     version that does not name it"
                ),
            );
        }
    }
}

fn connector(group: &Group<'_>, report: &mut Report<'_>) {
    for (text, ids) in group.endpoints() {
        let Endpoint::Connector(name) = Endpoint::read(text) else {
            continue;
        };
        let arns = || {
            let connectors = group.connectors().iter();
            connectors.filter_map(|connector| connector.connector_arn.as_deref())
        };
        if arns().any(|arn| arn == *text) {
            continue;
        }
        let there: Vec<String> = arns()
            .filter(|arn| Endpoint::read(arn) == Endpoint::Connector(name))
            .map(|arn| endpoint_name(Some(arn), arn))
            .collect();
        let which = match there.as_slice() {
            [] => String::new(),
            others => format!(", which has {}", others.join(" and ")),
        };
        let short = endpoint_name(Some(text), text);
        report.add(
            ids.iter().copied(),
            format!(
                "connector {short}, named by {}, is not in the connector slot{which}",
                counted(ids.len(), "subscription")
            ),
            format!(
                "pick a connector version that has {short}, or a subscription \
                 version that does not name it"
            ),
        );
    }
}

fn twice(group: &Group<'_>, report: &mut Report<'_>) {
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
