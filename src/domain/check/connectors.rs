//! Rules on connectors: their ARNs, their number, their containers, and stream manager.

use super::connector_table::{ConnectorPage, ConnectorParameter, connector_pages};
use super::endpoint::ConnectorArn;
use super::functions::is_system;
use super::group::CheckedGroup;
use super::grouped::repeated;
use super::rule::{Rule, RuleReport, needing};
use crate::domain::content::{self, IsolationMode};
use crate::domain::kind::DefinitionKind::{Connector, Function};
use crate::domain::nearest::nearest;

pub(super) const RULES: &[Rule] = &needing(
    &[Connector],
    [
        Rule::blocks("connector-arn", connector_arn).source("BC Connector"),
        Rule::likely("connector-unknown", unknown)
            .source("DG connectors-list and the version table of each page"),
        Rule::blocks("connector-once", once).source("DG connectors:35,74"),
        Rule::blocks("connector-container", needs_container)
            .needing(&[Connector, Function])
            .source("DG connectors:36; connectors-list"),
        Rule::blocks("connector-isolation", isolation)
            .needing(&[Connector, Function])
            .source("DG connectors:36; sns-connector:111"),
        Rule::likely("connector-stream-manager", stream_manager)
            .needing(&[Connector, Function])
            .source(
                "DG iot-sitewise-connector:54,88; ethernet-ip-connector:33; \
                 modbus-tcp-connector:34",
            ),
    ],
);

/// A connector that the table of connectors has, in an existing version.
#[derive(Clone, Copy)]
pub(super) struct KnownConnector<'a> {
    pub(super) item: &'a content::Connector,
    pub(super) name: &'a str,
    pub(super) version: u32,
    pub(super) page: &'static ConnectorPage,
}

pub(super) fn known<'a>(group: &CheckedGroup<'a>) -> impl Iterator<Item = KnownConnector<'a>> {
    group.connectors().iter().filter_map(KnownConnector::of)
}

impl<'a> KnownConnector<'a> {
    pub(super) fn of(item: &'a content::Connector) -> Option<Self> {
        let arn = read_arn(item)?;
        let page = ConnectorPage::of(arn.name)?;
        let version = arn.number().filter(|version| *version <= page.latest)?;
        Some(Self {
            item,
            name: arn.name,
            version,
            page,
        })
    }

    /// The value of a parameter; `None` if it is absent or empty.
    pub(super) fn value(&self, parameter: &str) -> Option<&'a str> {
        let value = self.item.parameters.get(parameter)?;
        Some(&**value).filter(|value| !value.is_empty())
    }

    /// The parameters of the connector's version.
    pub(super) fn parameters(
        &self,
    ) -> impl Iterator<Item = (&'static str, &'static ConnectorParameter)> + use<'a> {
        self.page.parameters_of(self.name, self.version)
    }
}

fn read_arn(connector: &content::Connector) -> Option<ConnectorArn<'_>> {
    ConnectorArn::read(connector.connector_arn.as_deref()?)
}

fn connector_arn(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for connector in group.connectors() {
        let id = &*connector.id;
        let problem = match &connector.connector_arn {
            Some(_) if read_arn(connector).is_some() => continue,
            Some(arn) => format!("names {arn:?}, which is not the ARN of a connector"),
            None => "has no ConnectorArn".to_owned(),
        };
        let fix = "pick a connector version whose items name connectors";
        report.add([id], format!("connector {id} {problem}"), fix);
    }
}

fn unknown(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for connector in group.connectors() {
        let Some(arn) = read_arn(connector) else {
            continue;
        };
        let ConnectorArn { name, version } = arn;
        let (message, fix) = match ConnectorPage::of(name) {
            None => {
                let names = || connector_pages().iter().flat_map(|page| &page.names);
                let suggestion = names()
                    .find(|known| known.starts_with(name))
                    .map(String::as_str)
                    .or_else(|| nearest(name, names().map(String::as_str)))
                    .unwrap_or_default();
                (
                    format!("AWS has no connector {name}; the nearest is {suggestion}"),
                    format!("pick a connector version with {suggestion}"),
                )
            }
            Some(page) if arn.number().is_none_or(|version| version > page.latest) => {
                let latest = page.latest;
                (
                    format!("connector {name} has no version {version}; the latest is {latest}"),
                    format!("pick a connector version with {name} 1 to {latest}"),
                )
            }
            Some(_) => continue,
        };
        report.add([&*connector.id], message, fix);
    }
}

fn once(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let connectors = group.connectors().iter();
    let named =
        connectors.filter_map(|connector| Some((read_arn(connector)?.name, &*connector.id)));
    for (name, ids) in repeated(named) {
        let count = ids.len();
        let message =
            format!("the group has {count} instances of connector {name}; the limit is 1");
        report.add(
            ids,
            message,
            format!("pick a connector version with one {name}"),
        );
    }
}

fn is_uncontained_group(group: &CheckedGroup<'_>) -> bool {
    group
        .default_execution()
        .and_then(|execution| execution.isolation_mode.as_ref())
        == Some(&IsolationMode::NoContainer)
}

fn needs_container(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    if !is_uncontained_group(group) {
        return;
    }
    for connector in group.connectors() {
        let page = read_arn(connector).and_then(|arn| ConnectorPage::of(arn.name));
        if page.is_some_and(|page| !page.no_container) {
            report.add_on(
                connector,
                "cannot run without a container, which is the group's default",
                "pick a connector version without it, or a function version \
                 whose default is a container",
            );
        }
    }
}

fn isolation(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    const MODE: &str = "IsolationMode";
    if !is_uncontained_group(group) {
        return;
    }
    for connector in known(group) {
        let Some(mode) = connector.page.parameters.get(MODE) else {
            continue;
        };
        let is_uncontained = connector.value(MODE) == Some("NoContainer");
        let fix = if !mode.is_in(connector.name, connector.version) {
            let (name, since) = (connector.name, mode.since.unwrap_or(1));
            format!("pick a connector version with {name} {since} or later and {MODE} NoContainer")
        } else if is_uncontained {
            continue;
        } else {
            format!("pick a connector version with {MODE} NoContainer there")
        };
        let problem = "runs in a container, but the group's default is to run without";
        report.add_on(connector.item, problem, fix);
    }
}

fn stream_manager(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let mut functions = group.functions().iter();
    if functions.any(|function| is_system(function, &["GGStreamManager"])) {
        return;
    }
    for connector in known(group) {
        let since = connector.page.stream_manager_since;
        if since.is_some_and(|since| since <= connector.version) {
            report.add_on(
                connector.item,
                "needs stream manager, but the function slot has no GGStreamManager",
                "pick a function version with arn:aws:lambda:::function:GGStreamManager:1",
            );
        }
    }
}
