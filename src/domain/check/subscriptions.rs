//! Rules on what subscriptions connect: both ends must be members of the group.

use super::endpoint::{Endpoint, connector_name, thing_name};
use super::group::Group;
use super::grouped::{FastMap, grouped, listed, repeated};
use super::rule::{Report, Rule};
use crate::domain::content::{self, Thing, endpoint_name};
use crate::domain::kind::DefinitionKind::{self, Connector, Core, Device, Function, Subscription};
use crate::domain::plural::counted;

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

/// The names of an ARN and of others that are easily taken for it: short where that tells them
/// apart, else whole.
fn told_apart(text: &str, others: &[&str]) -> (String, Vec<String>) {
    let short = |arn: &str| endpoint_name(Some(arn), arn);
    let name = short(text);
    let names: Vec<String> = others.iter().map(|other| short(other)).collect();
    if names.contains(&name) {
        let whole = others.iter().map(|other| (*other).to_owned()).collect();
        (text.to_owned(), whole)
    } else {
        (name, names)
    }
}

/// Says of an ARN that its slot does not have it, and what of the same name the slot does have.
fn report_stranger(
    report: &mut Report<'_>,
    slot: DefinitionKind,
    (text, ids): &(&str, Vec<&str>),
    others: &[&str],
) {
    let (name, others) = told_apart(text, others);
    let named = counted(ids.len(), "subscription");
    let (there, mend) = if others.is_empty() {
        (
            String::new(),
            format!(
                "pick a {slot} version that has {name}, or a subscription version \
                 that does not name it"
            ),
        )
    } else {
        let others = listed(&others);
        let mend = format!(
            "pick a subscription version that names {others}, or a {slot} version that has {name}"
        );
        (format!(", which has {others}"), mend)
    };
    report.add(
        ids.iter().copied(),
        format!("{name}, named by {named}, is not in the {slot} slot{there}"),
        mend,
    );
}

/// An alias and the version behind it are two texts, and the service compares texts.
fn function(group: &Group<'_>, report: &mut Report<'_>) {
    for end in group.endpoints() {
        if let Endpoint::Function(arn) = Endpoint::read(end.0)
            && !group.has_function(end.0)
        {
            report_stranger(report, Function, end, group.same_function(arn));
        }
    }
}

fn device(group: &Group<'_>, report: &mut Report<'_>) {
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
            report_stranger(report, Device, end, same);
        }
    }
}

fn connector(group: &Group<'_>, report: &mut Report<'_>) {
    let connectors = group.connectors().iter();
    let arns = connectors.filter_map(|connector| connector.connector_arn.as_deref());
    let members = by_name(arns, connector_name);
    for end in group.endpoints() {
        let Some(name) = connector_name(end.0) else {
            continue;
        };
        let same = members.get(name).map_or(&[][..], Vec::as_slice);
        if !same.contains(&end.0) {
            report_stranger(report, Connector, end, same);
        }
    }
}

fn by_name<'a>(
    arns: impl Iterator<Item = &'a str>,
    name: impl Fn(&'a str) -> Option<&'a str>,
) -> FastMap<&'a str, Vec<&'a str>> {
    grouped(arns.filter_map(|arn| Some((name(arn)?, arn))))
        .into_iter()
        .collect()
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
