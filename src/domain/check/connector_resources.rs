//! Rules on connectors with their resources: existence, kind, paths, secrets, training jobs, owner.

use std::fmt;

use serde_json::{Map, Value};

use super::connector_table::{ConnectorParameter, ResourceKind};
use super::connectors::{KnownConnector, known};
use super::group::CheckedGroup;
use super::models::Model;
use super::path::plain;
use super::resources::{resource_name, secret_of, training_job_of};
use super::rule::{Rule, RuleReport, needing};
use crate::domain::content::{self, ResourceData};
use crate::domain::kind::DefinitionKind::{Connector, Resource};

pub(super) const RULES: &[Rule] = &needing(
    &[Connector, Resource],
    [
        Rule::blocks("connector-resource", missing).source("DG deployments:187"),
        Rule::blocks("connector-resource-kind", kind).source(
            "DG, the requirements on each connector's page; \
                 service: RESOURCE_TYPE_UNEXPECTED_ERROR",
        ),
        Rule::likely("connector-secret", secret).source("DG secrets-using:55"),
        Rule::likely("connector-path", path).source(
            "DG device-defender-connector:41,81; modbus-protocol-adapter-connector:66; \
                 serial-stream-connector:82; image-classification-connector:120; \
                 raspberrypi-gpio-connector:49",
        ),
        Rule::likely("connector-job", job).source("DG image-classification-connector:135"),
        Rule::likely("connector-resource-owner", owner)
            .source("DG device-defender-connector:43; raspberrypi-gpio-connector:49"),
        Rule::likely("connector-feedback", feedback)
            .needing(&[Connector])
            .source("DG image-classification-connector:170; obj-detection-connector:103"),
    ],
);

/// The parameters with the id of a resource; an empty one is an optional parameter.
fn resource_ids(connector: &content::Connector) -> impl Iterator<Item = (&str, &str)> {
    connector
        .parameters
        .iter()
        .filter(|(parameter, id)| parameter.ends_with("ResourceId") && !id.is_empty())
        .map(|(parameter, id)| (&**parameter, &**id))
}

fn missing(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for connector in group.connectors() {
        for (parameter, id) in resource_ids(connector) {
            if group.resource(id).is_none() {
                report.add_on(
                    connector,
                    format!("has {parameter} {id}, which is not in the resource slot"),
                    format!(
                        "pick a resource version that has {id}, or a connector \
                         version that does not name it"
                    ),
                );
            }
        }
    }
}

/// One parameter of a connector that names an existing resource.
struct Use<'a> {
    connector: KnownConnector<'a>,
    parameter: &'static str,
    row: &'static ConnectorParameter,
    resource: &'a content::Resource,
}

impl Use<'_> {
    /// Adds a finding: `TwilioNotifications/5 has X-ResourceId tok, ` and the problem.
    fn add(&self, report: &mut RuleReport<'_>, problem: impl fmt::Display, fix: String) {
        let problem = format!("has {} {}, {problem}", self.parameter, self.resource.id);
        report.add_on(self.connector.item, problem, fix);
    }
}

fn uses<'a>(group: &CheckedGroup<'a>) -> impl Iterator<Item = Use<'a>> {
    known(group).flat_map(move |connector| {
        connector.parameters().filter_map(move |(parameter, row)| {
            row.resource?;
            let resource = group.resource(connector.value(parameter)?)?;
            Some(Use {
                connector,
                parameter,
                row,
                resource,
            })
        })
    })
}

fn kind(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for used in uses(group) {
        let (Some(needed), Some(held)) = (
            used.row.resource,
            ResourceKind::of(&used.resource.data).next(),
        ) else {
            continue;
        };
        if needed != held {
            let (needed, held) = (needed.words(), held.words());
            used.add(
                report,
                format!("which is {held}; the connector needs {needed}"),
                format!(
                    "pick a connector version whose {} names {needed}",
                    used.parameter
                ),
            );
        }
    }
}

/// A member of a resource that a parameter of a connector repeats.
pub(super) struct RepeatedMember {
    name: &'static str,
    /// The parameter with the resource's id.
    resource: fn(&ConnectorParameter) -> Option<&String>,
    held_by: fn(&ResourceData) -> Option<&str>,
}

const SECRET: RepeatedMember = RepeatedMember {
    name: "secret",
    resource: |row| row.secret_of.as_ref(),
    held_by: secret_of,
};

const SOURCE: RepeatedMember = RepeatedMember {
    name: "SourcePath",
    resource: |row| row.source_of.as_ref(),
    held_by: source,
};

const DESTINATION: RepeatedMember = RepeatedMember {
    name: "DestinationPath",
    resource: |row| row.destination_of.as_ref(),
    held_by: destination,
};

const JOB: RepeatedMember = RepeatedMember {
    name: "SageMakerJobArn",
    resource: |row| row.job_of.as_ref(),
    held_by: training_job_of,
};

pub(super) const REPEATED_MEMBERS: [RepeatedMember; 4] = [SECRET, SOURCE, DESTINATION, JOB];

impl RepeatedMember {
    /// The resource that the parameter depends on, with the member's value.
    pub(super) fn held<'a>(
        &self,
        connector: &KnownConnector<'_>,
        row: &ConnectorParameter,
        find: impl Fn(&str) -> Option<&'a content::Resource>,
    ) -> Option<(&'a content::Resource, &'a str)> {
        let id = connector.value((self.resource)(row)?)?;
        let resource = find(id)?;
        Some((resource, (self.held_by)(&resource.data)?))
    }
}

/// Reports parameters whose value differs from a member of their resource.
fn differing(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>, member: &RepeatedMember) {
    for connector in known(group) {
        for (parameter, row) in connector.parameters() {
            let found = member.held(&connector, row, |id| group.resource(id));
            let (Some(value), Some((resource, held))) = (connector.value(parameter), found) else {
                continue;
            };
            if value != held && (plain(value).is_none() || plain(value) != plain(held)) {
                let (member, resource) = (member.name, resource_name(resource));
                report.add_on(
                    connector.item,
                    format!(
                        "has {parameter} {value}, but the {member} of its resource {resource} \
                         is {held}"
                    ),
                    format!("pick connector and resource versions with the same {member}"),
                );
            }
        }
    }
}

fn secret(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    differing(group, report, &SECRET);
}

fn job(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    differing(group, report, &JOB);
}

fn source(data: &ResourceData) -> Option<&str> {
    let device = data.local_device.as_ref().map(|device| &device.source_path);
    let volume = || data.local_volume.as_ref().map(|volume| &volume.source_path);
    device.or_else(volume)?.as_deref()
}

fn destination(data: &ResourceData) -> Option<&str> {
    match &data.local_volume {
        Some(volume) => volume.destination_path.as_deref(),
        None => Model::of(data)?.destination,
    }
}

fn path(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    differing(group, report, &SOURCE);
    differing(group, report, &DESTINATION);
    for used in uses(group) {
        let (Some(needed), Some(held)) = (&used.row.source, source(&used.resource.data)) else {
            continue;
        };
        if plain(held).as_ref() != Some(needed) {
            used.add(
                report,
                format!("whose SourcePath is {held}; the connector needs {needed}"),
                format!("pick a resource version with SourcePath {needed} there"),
            );
        }
    }
}

fn owner(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for used in uses(group).filter(|used| used.row.auto_owner) {
        let data = &used.resource.data;
        let device = data.local_device.as_ref();
        let device = device.map(|device| &device.group_owner_setting);
        let volume = data.local_volume.as_ref();
        let volume = volume.map(|volume| &volume.group_owner_setting);
        let Some(setting) = device.or(volume) else {
            continue;
        };
        let is_added = setting
            .as_ref()
            .and_then(|owner| owner.auto_add_group_owner);
        if is_added != Some(true) {
            used.add(
                report,
                "whose AutoAddGroupOwner is not true",
                "pick a resource version with AutoAddGroupOwner true there".to_owned(),
            );
        }
    }
}

fn feedback(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    const PARAMETER: &str = "MLFeedbackConnectorConfigId";
    let mut named = known(group)
        .filter(|connector| connector.page.parameters.contains_key(PARAMETER))
        .filter_map(|connector| Some((connector, connector.value(PARAMETER)?)))
        .peekable();
    if named.peek().is_none() {
        return;
    }
    let feedback = known(group).find(|connector| connector.name == "MLFeedback");
    let map = feedback.and_then(|connector| connector.value("FeedbackConfigurationMap"));
    // A damaged map is not reported.
    let map = map.and_then(|map| serde_json::from_str::<Map<String, Value>>(map).ok());
    for (connector, id) in named {
        let problem = match &map {
            _ if feedback.is_none() => "but the group has no connector MLFeedback".to_owned(),
            Some(map) if !map.contains_key(id) => {
                let ids: Vec<&str> = map.keys().map(String::as_str).collect();
                format!(
                    "which the FeedbackConfigurationMap of MLFeedback lacks: {}",
                    ids.join(", ")
                )
            }
            Some(_) | None => continue,
        };
        report.add_on(
            connector.item,
            format!("has {PARAMETER} {id}, {problem}"),
            "pick a connector version in which both agree",
        );
    }
}
