//! Values that a connector's parameters could have: from its page, the group's resources, or other
//! connectors.

use super::connector_parameters::{missing_names, misspelt};
use super::connector_resources::REPEATED_MEMBERS;
use super::connector_table::{ConnectorParameter, ResourceKind};
use super::connectors::KnownConnector;
use crate::domain::content::{Connector, Resource};

/// A parameter with a value that it could have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterValue {
    pub parameter: String,
    pub value: String,
    /// The misspelt parameter that this one replaces.
    pub instead_of: Option<String>,
}

/// The values to try for `item`, those of misspelt names first. Then come resources, defaults, and other
/// connectors.
///
/// The current value is not among them.
pub fn values_to_try(
    item: &Connector,
    resources: &[Resource],
    others: &[&Connector],
) -> Vec<ParameterValue> {
    let Some(connector) = KnownConnector::of(item) else {
        return Vec::new();
    };
    let page = connector.page;
    let missing = missing_names(&connector);
    let is_missing =
        |name: &str| missing.contains(&name) || page.one_of.iter().any(|one| one == name);
    let mut values = Vec::new();
    for (name, row) in connector.parameters() {
        let mut add = |value: &str, instead_of: Option<&str>| {
            let is_held = connector.value(name) == Some(value);
            if !is_held && !value.is_empty() && row.accepts(value) {
                values.push(ParameterValue {
                    parameter: name.to_owned(),
                    value: value.to_owned(),
                    instead_of: instead_of.map(str::to_owned),
                });
            }
        };
        if missing.contains(&name)
            && let Some(instead) = misspelt(&connector, name)
            && let Some(value) = connector.value(instead)
        {
            add(value, Some(instead));
        }
        for value in of_resources(&connector, row, resources) {
            add(value, None);
        }
        if connector.value(name).is_none() && is_missing(name) {
            add(row.default.as_deref().unwrap_or_default(), None);
            let mut known: Vec<&str> = others
                .iter()
                .filter_map(|other| KnownConnector::of(other))
                .filter(|other| other.name == connector.name)
                .filter_map(|other| other.value(name))
                .collect();
            known.sort_unstable();
            known.dedup();
            for value in known {
                add(value, None);
            }
        }
    }
    values.sort_by_key(|value| value.instead_of.is_none());
    values
}

/// The ids of the resources that a parameter could name, or the members of a resource that another parameter
/// names.
fn of_resources<'a>(
    connector: &KnownConnector<'_>,
    row: &ConnectorParameter,
    resources: &'a [Resource],
) -> Vec<&'a str> {
    if let Some(kind) = row.resource {
        let fitting = resources.iter();
        let fitting = fitting.filter(|one| ResourceKind::of(&one.data).next() == Some(kind));
        return fitting.map(|one| one.id.as_str()).collect();
    }
    let find = |id: &str| resources.iter().find(|one| one.id == id);
    let held = REPEATED_MEMBERS
        .iter()
        .filter_map(|member| member.held(connector, row, find));
    held.map(|(_, value)| value).collect()
}
