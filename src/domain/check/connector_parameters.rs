//! Rules on the parameters of connectors: required ones, unknown names, forms.

use super::connector_table::ConnectorParameter;
use super::connectors::{KnownConnector, known};
use super::group::CheckedGroup;
use super::rule::{Rule, RuleReport, needing};
use crate::domain::kind::DefinitionKind::Connector;
use crate::domain::nearest::{is_near, nearest};

pub(super) const RULES: &[Rule] = &needing(
    &[Connector],
    [
        Rule::blocks("connector-parameter-missing", missing)
            .source("DG, \"Required: true\" on each connector's page"),
        Rule::likely("connector-parameter-name", unknown_name)
            .source("DG, the parameters of each version on each connector's page"),
        Rule::blocks("connector-parameter", form)
            .source("DG, the patterns on each connector's page"),
    ],
);

/// The required parameters that are absent or empty.
pub(super) fn missing_names(connector: &KnownConnector<'_>) -> Vec<&'static str> {
    let is_required = |parameter: &ConnectorParameter| {
        let mut with = parameter.required_with.iter();
        parameter.required
            || (!parameter.required_with.is_empty()
                && with.all(|(other, value)| {
                    let held = connector.value(other);
                    held.is_some_and(|held| held.eq_ignore_ascii_case(value))
                }))
    };
    connector
        .parameters()
        .filter(|(name, parameter)| is_required(parameter) && connector.value(name).is_none())
        .map(|(name, _)| name)
        .collect()
}

/// The parameters of an item that its connector's version does not have.
fn unknown_names<'a>(connector: &KnownConnector<'a>) -> impl Iterator<Item = &'a str> {
    let KnownConnector {
        item,
        name,
        version,
        page,
    } = *connector;
    let names = item.parameters.keys().map(String::as_str);
    names.filter(move |parameter| {
        let row = page.parameters.get(*parameter);
        !row.is_some_and(|row| row.is_in(name, version))
    })
}

/// The unknown name that is probably the missing one.
pub(super) fn misspelt<'a>(connector: &KnownConnector<'a>, missing: &str) -> Option<&'a str> {
    nearest(missing, unknown_names(connector)).filter(|near| is_near(near, missing))
}

fn missing(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for connector in known(group) {
        for parameter in missing_names(&connector) {
            let instead = misspelt(&connector, parameter)
                .map(|instead| format!("; it has {instead}"))
                .unwrap_or_default();
            report.add_on(
                connector.item,
                format!("lacks the required parameter {parameter}{instead}"),
                format!("pick a connector version with {parameter} there"),
            );
        }
        let one_of = &connector.page.one_of;
        let has_one = one_of.iter().any(|one| connector.value(one).is_some());
        if !one_of.is_empty() && !has_one {
            let names = one_of.join(" or ");
            report.add_on(
                connector.item,
                format!("lacks a parameter: {names} is required"),
                format!("pick a connector version with {names} there"),
            );
        }
    }
}

fn unknown_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for connector in known(group) {
        // The rule on missing parameters reports these.
        let reported: Vec<&str> = missing_names(&connector)
            .into_iter()
            .filter_map(|missing| misspelt(&connector, missing))
            .collect();
        for parameter in unknown_names(&connector) {
            if !reported.contains(&parameter) {
                let (problem, fix) = explain_unknown(&connector, parameter);
                report.add_on(connector.item, problem, fix);
            }
        }
    }
}

/// Why the connector's version does not have `parameter`, and the fix.
fn explain_unknown(connector: &KnownConnector<'_>, parameter: &str) -> (String, String) {
    let name = connector.name;
    let row = connector.page.parameters.get(parameter);
    let since = row.and_then(|row| row.since);
    let until = row.and_then(|row| row.until);
    match (since, until) {
        (Some(since), _) if connector.version < since => (
            format!("has {parameter}, which exists from version {since} on"),
            format!(
                "pick a connector version with {name} {since} or later, or without {parameter}"
            ),
        ),
        (_, Some(until)) if connector.version > until => (
            format!("has {parameter}, which exists up to version {until} only"),
            format!("pick a connector version without {parameter} there"),
        ),
        _ => {
            let names = connector.parameters().map(|(name, _)| name);
            let unknown = format!("has the unknown parameter {parameter}");
            match nearest(parameter, names).filter(|near| is_near(parameter, near)) {
                Some(near) => (
                    format!("{unknown}; did you mean {near}?"),
                    format!("pick a connector version with {near} there"),
                ),
                None => (
                    unknown,
                    format!("pick a connector version without {parameter} there"),
                ),
            }
        }
    }
}

fn form(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for connector in known(group) {
        for (parameter, row) in connector.parameters() {
            let value = connector.value(parameter);
            if let Some(value) = value.filter(|value| !row.accepts(value)) {
                report.add_on(
                    connector.item,
                    format!("has {parameter} {value:?}, which is not {}", row.form()),
                    format!("pick a connector version with a valid {parameter} there"),
                );
            }
        }
    }
}
