//! The rule on the topics of subscriptions with a connector at one end.

use super::connector_table::ConnectorPage;
use super::endpoint::ConnectorArn;
use super::group::CheckedGroup;
use super::grouped::FastMap;
use super::rule::{Rule, RuleReport};
use crate::domain::kind::DefinitionKind::Subscription;

pub(super) const RULES: &[Rule] = &[Rule::likely("connector-topic", topic)
    .needing(&[Subscription])
    .source("DG connectors:60 and the topic filters on each connector's page")];

fn topic(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let connectors: FastMap<&str, (&str, &'static ConnectorPage)> = group
        .endpoints()
        .iter()
        .filter_map(|(text, _)| {
            let name = ConnectorArn::read(text)?.name;
            Some((*text, (name, ConnectorPage::of(name)?)))
        })
        .collect();
    if connectors.is_empty() {
        return;
    }
    for subscription in group.subscriptions() {
        let topic = subscription.subject.as_deref().unwrap_or_default();
        if topic.is_empty() {
            continue;
        }
        let connector = |end: &Option<String>| connectors.get(end.as_deref()?).copied();
        let source = connector(&subscription.source);
        let source = source.map(|(name, page)| (name, &page.writes, "takes", "from", "writes"));
        let target = connector(&subscription.target);
        let target = target.map(|(name, page)| (name, &page.reads, "sends", "to", "reads"));
        for (name, filters, verb, preposition, does) in [source, target].into_iter().flatten() {
            if filters.iter().any(|filter| overlap(filter, topic)) {
                continue;
            }
            let known = if filters.is_empty() {
                "no topic".to_owned()
            } else {
                filters.join(", ")
            };
            let id = &*subscription.id;
            report.add(
                [id],
                format!(
                    "subscription {id} {verb} {topic} {preposition} {name}, which {does} {known}"
                ),
                format!("pick a subscription version with a topic that {name} {does}"),
            );
        }
    }
}

/// Returns whether any topic matches both filters.
pub fn overlap(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split('/'), other.split('/'));
    loop {
        match (one.next(), other.next()) {
            (None, None) | (Some("#"), _) | (_, Some("#")) => return true,
            (Some(a), Some(b)) if a == b || a == "+" || b == "+" => {}
            (_, _) => return false,
        }
    }
}
