//! Rules on the topic filters of subscriptions.

use super::group::CheckedGroup;
use super::rule::{Rule, RuleReport, needing};
use crate::domain::kind::DefinitionKind::Subscription;

pub(super) const RULES: &[Rule] = &needing(
    &[Subscription],
    [
        Rule::blocks("topic-missing", missing).source("BC Subscription"),
        Rule::blocks("topic-length", length).source("QR"),
        Rule::blocks("topic-slashes", slashes).source("QR"),
        Rule::blocks("topic-wildcard", wildcard).source("DG connectors:117,120"),
    ],
);

const MAX_TOPIC_BYTES: usize = 256;
const MAX_TOPIC_SLASHES: usize = 7;

/// Reports the `problem` of each topic.
fn each_topic(
    group: &CheckedGroup<'_>,
    report: &mut RuleReport<'_>,
    fix: &'static str,
    problem: impl Fn(&str) -> Option<String>,
) {
    for subscription in group.subscriptions() {
        let topic = subscription.subject.as_deref().unwrap_or_default();
        if let Some(problem) = problem(topic) {
            let message = format!("the topic of subscription {} {problem}", subscription.id);
            report.add([&*subscription.id], message, fix);
        }
    }
}

fn missing(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let fix = "pick a subscription version that has a topic there";
    each_topic(group, report, fix, |topic| {
        topic.is_empty().then(|| "is empty".to_owned())
    });
}

/// The topic without the `$aws/rules/NAME/` of basic ingest, which does not count.
fn counted_part(topic: &str) -> &str {
    topic
        .strip_prefix("$aws/rules/")
        .and_then(|rest| rest.split_once('/'))
        .map_or(topic, |(_, rest)| rest)
}

fn length(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let fix = "pick a subscription version with a shorter topic there";
    each_topic(group, report, fix, |topic| {
        let bytes = counted_part(topic).len();
        (bytes > MAX_TOPIC_BYTES)
            .then(|| format!("has {bytes} bytes; the limit is {MAX_TOPIC_BYTES}"))
    });
}

fn slashes(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let fix = "pick a subscription version with fewer levels in the topic there";
    each_topic(group, report, fix, |topic| {
        let bytes = counted_part(topic).bytes();
        let slashes = bytes.filter(|&byte| byte == b'/').count();
        (slashes > MAX_TOPIC_SLASHES)
            .then(|| format!("has {slashes} slashes; the limit is {MAX_TOPIC_SLASHES}: {topic}"))
    });
}

fn wildcard(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let fix = "pick a subscription version with a valid topic filter there";
    each_topic(group, report, fix, |topic| {
        let is_edge = |byte: Option<&u8>| byte.is_none_or(|&byte| byte == b'/');
        let bytes = topic.as_bytes();
        for (place, &byte) in bytes.iter().enumerate() {
            if !matches!(byte, b'#' | b'+') {
                continue;
            }
            let before = place.checked_sub(1).and_then(|before| bytes.get(before));
            let after = bytes.get(place + 1);
            let is_level = is_edge(before) && is_edge(after);
            if byte == b'#' && !(is_level && after.is_none()) {
                return Some(format!("has a # that is not its last level: {topic}"));
            }
            if !is_level {
                return Some(format!("has a + within a level: {topic}"));
            }
        }
        None
    });
}
