//! Rules on connectors with their resources: existence, kind, paths, secrets, training jobs, owner.

use super::attachments::resource_name;
use super::connector_table::{ConnectorParameter, ResourceKind};
use super::connectors::{KnownConnector, known, name};
use super::group::CheckedGroup;
use super::models::Model;
use super::path::plain;
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
                report.add(
                    [&*connector.id],
                    format!(
                        "{} has {parameter} {id}, which is not in the resource slot",
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

/// One parameter of a connector that names an existing resource.
struct Use<'a> {
    connector: KnownConnector<'a>,
    parameter: &'static str,
    row: &'static ConnectorParameter,
    resource: &'a content::Resource,
}

impl Use<'_> {
    /// `TwilioNotifications/5 has X-ResourceId tok`.
    fn words(&self) -> String {
        format!(
            "{} has {} {}",
            name(self.connector.item),
            self.parameter,
            self.resource.id
        )
    }
}

fn uses<'a>(group: &CheckedGroup<'a>) -> impl Iterator<Item = Use<'a>> {
    known(group).flat_map(move |connector| {
        let page = connector.page;
        let parameters = page.parameters_of(connector.name, connector.version);
        parameters.filter_map(move |(parameter, row)| {
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
        let (Some(needed), Some(held)) = (used.row.resource, ResourceKind::of(&used.resource.data))
        else {
            continue;
        };
        if needed != held {
            report.add(
                [&*used.connector.item.id],
                format!(
                    "{}, which is {}; the connector needs {}",
                    used.words(),
                    held.words(),
                    needed.words()
                ),
                format!(
                    "pick a connector version whose {} names {}",
                    used.parameter,
                    needed.words()
                ),
            );
        }
    }
}

/// Reports parameters whose value differs from a member of their resource.
fn differing(
    group: &CheckedGroup<'_>,
    report: &mut RuleReport<'_>,
    member: &str,
    of: impl Fn(&ConnectorParameter) -> Option<&String>,
    held_by: impl Fn(&ResourceData) -> Option<&str>,
) {
    for connector in known(group) {
        let page = connector.page;
        for (parameter, row) in page.parameters_of(connector.name, connector.version) {
            let resource = of(row)
                .and_then(|id| connector.value(id))
                .and_then(|id| group.resource(id));
            let (Some(value), Some(resource)) = (connector.value(parameter), resource) else {
                continue;
            };
            let Some(held) = held_by(&resource.data) else {
                continue;
            };
            if value != held && (plain(value).is_none() || plain(value) != plain(held)) {
                report.add(
                    [&*connector.item.id],
                    format!(
                        "{} has {parameter} {value}, but the {member} of its resource {} is {held}",
                        name(connector.item),
                        resource_name(resource)
                    ),
                    format!("pick connector and resource versions with the same {member}"),
                );
            }
        }
    }
}

fn secret(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    differing(
        group,
        report,
        "secret",
        |row| row.secret_of.as_ref(),
        secret_arn,
    );
}

fn job(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    differing(
        group,
        report,
        "SageMakerJobArn",
        |row| row.job_of.as_ref(),
        training_job,
    );
}

pub(super) fn secret_arn(data: &ResourceData) -> Option<&str> {
    data.secret.as_ref()?.arn.as_deref()
}

pub(super) fn training_job(data: &ResourceData) -> Option<&str> {
    let model = data.sage_maker_model.as_ref()?;
    model.sage_maker_job_arn.as_deref()
}

pub(super) fn source(data: &ResourceData) -> Option<&str> {
    let device = data.local_device.as_ref().map(|device| &device.source_path);
    let volume = || data.local_volume.as_ref().map(|volume| &volume.source_path);
    device.or_else(volume)?.as_deref()
}

pub(super) fn destination(data: &ResourceData) -> Option<&str> {
    match &data.local_volume {
        Some(volume) => volume.destination_path.as_deref(),
        None => Model::of(data)?.destination,
    }
}

fn path(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    differing(
        group,
        report,
        "SourcePath",
        |row| row.source_of.as_ref(),
        source,
    );
    differing(
        group,
        report,
        "DestinationPath",
        |row| row.destination_of.as_ref(),
        destination,
    );
    for used in uses(group) {
        let (Some(needed), Some(held)) = (&used.row.source, source(&used.resource.data)) else {
            continue;
        };
        if plain(held).as_ref() != Some(needed) {
            report.add(
                [&*used.connector.item.id],
                format!(
                    "{}, whose SourcePath is {held}; the connector needs {needed}",
                    used.words()
                ),
                format!("pick a resource version with SourcePath {needed} there"),
            );
        }
    }
}

fn owner(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for used in uses(group).filter(|used| used.row.auto_owner) {
        let data = &used.resource.data;
        let device = data
            .local_device
            .as_ref()
            .map(|device| &device.group_owner_setting);
        let volume = || {
            data.local_volume
                .as_ref()
                .map(|volume| &volume.group_owner_setting)
        };
        let Some(setting) = device.or_else(volume) else {
            continue;
        };
        let is_added = setting
            .as_ref()
            .and_then(|owner| owner.auto_add_group_owner);
        if is_added != Some(true) {
            report.add(
                [&*used.connector.item.id],
                format!("{}, whose AutoAddGroupOwner is not true", used.words()),
                "pick a resource version with AutoAddGroupOwner true there",
            );
        }
    }
}

/// The ids of feedback configurations; `None` without the connector or with a damaged map.
fn feedback_ids(group: &CheckedGroup<'_>) -> Option<Vec<String>> {
    let mut connectors = known(group);
    let feedback = connectors.find(|connector| connector.name == "MLFeedback")?;
    let map = feedback.value("FeedbackConfigurationMap")?;
    let map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(map).ok()?;
    Some(map.into_iter().map(|(id, _)| id).collect())
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
    let has_feedback = known(group).any(|connector| connector.name == "MLFeedback");
    let ids = feedback_ids(group);
    for (connector, id) in named {
        let problem = match &ids {
            _ if !has_feedback => "but the group has no connector MLFeedback".to_owned(),
            Some(ids) if !ids.iter().any(|known| known == id) => {
                format!(
                    "which the FeedbackConfigurationMap of MLFeedback lacks: {}",
                    ids.join(", ")
                )
            }
            Some(_) | None => continue,
        };
        report.add(
            [&*connector.item.id],
            format!("{} has {PARAMETER} {id}, {problem}", name(connector.item)),
            "pick a connector version in which both agree",
        );
    }
}
