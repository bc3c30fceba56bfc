//! Rules on the topic filters of subscriptions.

use super::group::Group;
use super::rule::{Report, Rule};
use crate::domain::kind::DefinitionKind::Subscription;

pub(super) const RULES: &[Rule] = &[
    Rule::blocks("topic-missing", "BC Subscription", &[Subscription], missing),
    Rule::blocks("topic-length", "QR", &[Subscription], length),
    Rule::blocks("topic-slashes", "QR", &[Subscription], slashes),
    Rule::blocks(
        "topic-wildcard",
        "DG connectors:117,120",
        &[Subscription],
        wildcard,
    ),
    Rule::note(
        "topic-one-plus",
        "DG config-lambda:56; connectors:117 says otherwise",
        &[Subscription],
        one_plus,
    ),
];

const MAX_TOPIC_BYTES: usize = 256;
const MAX_TOPIC_SLASHES: usize = 7;

/// Says of each topic what `trouble` finds in it.
fn each_topic(
    group: &Group<'_>,
    report: &mut Report<'_>,
    mend: &'static str,
    trouble: impl Fn(&str) -> Option<String>,
) {
    for subscription in group.subscriptions() {
        let topic = subscription.subject.as_deref().unwrap_or_default();
        if let Some(trouble) = trouble(topic) {
            let message = format!("the topic of subscription {} {trouble}", subscription.id);
            report.add([&*subscription.id], message, mend);
        }
    }
}

fn missing(group: &Group<'_>, report: &mut Report<'_>) {
    let mend = "pick a subscription version that has a topic there";
    each_topic(group, report, mend, |topic| {
        topic.is_empty().then(|| "is empty".to_owned())
    });
}

/// The topic without the `$aws/rules/NAME/` of basic ingest, which AWS IoT does not count.
fn counted_part(topic: &str) -> &str {
    topic
        .strip_prefix("$aws/rules/")
        .and_then(|rest| rest.split_once('/'))
        .map_or(topic, |(_, rest)| rest)
}

fn length(group: &Group<'_>, report: &mut Report<'_>) {
    let mend = "pick a subscription version with a shorter topic there";
    each_topic(group, report, mend, |topic| {
        let bytes = counted_part(topic).len();
        (bytes > MAX_TOPIC_BYTES)
            .then(|| format!("has {bytes} bytes, {MAX_TOPIC_BYTES} is the limit"))
    });
}

fn slashes(group: &Group<'_>, report: &mut Report<'_>) {
    let mend = "pick a subscription version with a shallower topic there";
    each_topic(group, report, mend, |topic| {
        let bytes = counted_part(topic).bytes();
        let slashes = bytes.filter(|&byte| byte == b'/').count();
        (slashes > MAX_TOPIC_SLASHES)
            .then(|| format!("has {slashes} slashes, {MAX_TOPIC_SLASHES} is the limit: {topic}"))
    });
}

fn wildcard(group: &Group<'_>, report: &mut Report<'_>) {
    let mend = "pick a subscription version with a proper topic filter there";
    each_topic(group, report, mend, |topic| {
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
                return Some(format!("has a + that is not a whole level: {topic}"));
            }
        }
        None
    });
}

fn one_plus(group: &Group<'_>, report: &mut Report<'_>) {
    let mend = "know that one page of the developer guide allows only one +";
    each_topic(group, report, mend, |topic| {
        let count = topic.bytes().filter(|&byte| byte == b'+').count();
        (count > 1).then(|| format!("has {count} +: {topic}"))
    });
}
