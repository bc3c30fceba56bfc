//! Rules on connectors.

use super::endpoint::connector_name;
use super::group::Group;
use super::grouped::repeated;
use super::rule::{Report, Rule};
use crate::domain::content::{self, IsolationMode, endpoint_name};
use crate::domain::kind::DefinitionKind::{Connector, Function, Resource};

pub(super) const RULES: &[Rule] = &[
    Rule::blocks("connector-arn", "BC Connector", &[Connector], connector_arn),
    Rule::blocks("connector-once", "DG connectors:35,74", &[Connector], once),
    Rule::blocks(
        "connector-resource",
        "DG deployments:187",
        &[Connector, Resource],
        resource_missing,
    ),
    Rule::likely(
        "connector-secret",
        "DG secrets-using:55",
        &[Connector, Resource],
        other_secret,
    ),
    Rule::blocks(
        "connector-container",
        "DG connectors:36; connectors-list",
        &[Connector, Function],
        needs_container,
    ),
    Rule::blocks(
        "connector-isolation",
        "DG connectors:36; sns-connector:111",
        &[Connector, Function],
        isolation,
    ),
];

/// Connectors that cannot run without a container (DG connectors-list).
const CONTAINED: &[&str] = &[
    "DeviceDefender",
    "ImageClassificationAarch64JTX2",
    "ImageClassificationARMv7",
    "ImageClassificationx86-64",
    "MLFeedback",
    "ModbusRTUProtocolAdapter",
    "ObjectDetectionAarch64JTX2",
    "ObjectDetectionARMv7",
    "ObjectDetectionx86-64",
    "RaspberryPiGPIO",
    "SerialStream",
];

/// Connectors with an `IsolationMode` parameter; absent, it means a container (their DG pages).
const CHOOSING: &[&str] = &[
    "CloudWatchMetrics",
    "IoTAnalytics",
    "KinesisFirehose",
    "ServiceNowMetricBaseIntegration",
    "SNS",
    "SplunkIntegration",
    "TwilioNotifications",
];

pub(super) fn name(connector: &content::Connector) -> String {
    endpoint_name(connector.connector_arn.as_deref(), &connector.id)
}

pub(super) fn name_of(connector: &content::Connector) -> Option<&str> {
    connector_name(connector.connector_arn.as_deref()?)
}

fn connector_arn(group: &Group<'_>, report: &mut Report<'_>) {
    for connector in group.connectors() {
        if name_of(connector).is_none() {
            report.add(
                [&*connector.id],
                match &connector.connector_arn {
                    Some(arn) => format!(
                        "connector {} names {arn:?}, which is not the ARN of a connector",
                        connector.id
                    ),
                    None => format!("connector {} names no connector", connector.id),
                },
                "pick a connector version whose items name connectors",
            );
        }
    }
}

fn once(group: &Group<'_>, report: &mut Report<'_>) {
    let connectors = group.connectors().iter();
    let named = connectors.filter_map(|connector| Some((name_of(connector)?, &*connector.id)));
    for (name, ids) in repeated(named) {
        let message = format!(
            "the group has {} instances of connector {name}, one is the limit",
            ids.len()
        );
        report.add(
            ids,
            message,
            format!("pick a connector version with one {name}"),
        );
    }
}

/// The parameters that name a resource: `TwilioAuthTokenSecretArn-ResourceId`, `MLModelResourceId`.
///
/// An empty one is an optional parameter left open.
fn resource_parameters(connector: &content::Connector) -> impl Iterator<Item = (&str, &str)> {
    connector
        .parameters
        .iter()
        .filter(|(parameter, id)| parameter.ends_with("ResourceId") && !id.is_empty())
        .map(|(parameter, id)| (&**parameter, &**id))
}

fn resource_missing(group: &Group<'_>, report: &mut Report<'_>) {
    for connector in group.connectors() {
        for (parameter, id) in resource_parameters(connector) {
            if group.resource(id).is_none() {
                report.add(
                    [&*connector.id],
                    format!(
                        "resource {id}, which {} names as {parameter}, is not in the \
                         resource slot",
                        name(connector)
                    ),
                    format!(
                        "pick a resource version that has {id}, or a connector \
                         version that does not name it"
                    ),
                );
            }
        }
    }
}

/// A connector names a secret twice, by its ARN and by the resource; they must be the same secret.
fn other_secret(group: &Group<'_>, report: &mut Report<'_>) {
    for connector in group.connectors() {
        for (parameter, id) in resource_parameters(connector) {
            let named = parameter
                .strip_suffix("-ResourceId")
                .and_then(|secret| connector.parameters.get(secret));
            let held = group
                .resource(id)
                .and_then(|resource| resource.data.secret.as_ref()?.arn.as_ref());
            if let (Some(named), Some(held)) = (named, held)
                && named != held
            {
                report.add(
                    [&*connector.id],
                    format!(
                        "{} names secret {named}, but its resource {id} holds {held}",
                        name(connector)
                    ),
                    "pick connector and resource versions that name the same secret",
                );
            }
        }
    }
}

fn is_uncontained_group(group: &Group<'_>) -> bool {
    group
        .default_execution()
        .and_then(|execution| execution.isolation_mode.as_ref())
        == Some(&IsolationMode::NoContainer)
}

fn needs_container(group: &Group<'_>, report: &mut Report<'_>) {
    if !is_uncontained_group(group) {
        return;
    }
    for connector in group.connectors() {
        if name_of(connector).is_some_and(|name| CONTAINED.contains(&name)) {
            report.add(
                [&*connector.id],
                format!(
                    "{} cannot run without a container, which is the group's default",
                    name(connector)
                ),
                "pick a connector version without it, or a function version \
                     whose default is a container",
            );
        }
    }
}

fn isolation(group: &Group<'_>, report: &mut Report<'_>) {
    if !is_uncontained_group(group) {
        return;
    }
    for connector in group.connectors() {
        let chosen = connector
            .parameters
            .get("IsolationMode")
            .map(String::as_str);
        let is_choosing = name_of(connector).is_some_and(|name| CHOOSING.contains(&name));
        if chosen != Some("NoContainer") && (is_choosing || chosen.is_some()) {
            report.add(
                [&*connector.id],
                format!(
                    "{} runs in a container, but the group's default is to run without",
                    name(connector)
                ),
                "pick a connector version with IsolationMode NoContainer there",
            );
        }
    }
}
