//! Special cases of real accounts: repeated or missing names, unfinished and deleted things.

use std::sync::Arc;

use greengroup::domain::{DefinitionKind, Timestamp};
use serde_json::json;

use super::at;
use super::history::History;
use super::ledger::Ledger;
use super::line::Line;
use super::lines;
use super::parts::{lambda, log_to_cloud};

/// A logger definition shared by several lines.
pub(super) fn shared_loggers(ledger: &mut Ledger) -> Arc<str> {
    let definition = ledger.definition(
        DefinitionKind::Logger,
        Some("plant-loggers"),
        at("2024-01-15T07:30:00.000Z"),
    );
    let mut arn = Arc::from("");
    for (day, level) in [
        ("2024-01-15", "INFO"),
        ("2024-09-02", "DEBUG"),
        ("2024-09-03", "WARN"),
    ] {
        let line = Line {
            loggers: vec![
                log_to_cloud("GreengrassSystem", "WARN"),
                log_to_cloud("Lambda", level),
            ],
            ..Line::default()
        };
        let content = line.content(DefinitionKind::Logger).unwrap();
        let time = at(&format!("{day}T07:45:00.000Z"));
        arn = ledger.definition_version(definition, "", time, content);
    }
    arn
}

/// Two trials with the same name; the second is a copy of the first with other functions.
pub(super) fn two_groups_of_one_name(ledger: &mut Ledger) {
    for (day, version) in [("2024-06-04", 1), ("2025-02-18", 2)] {
        let time = at(&format!("{day}T12:15:31.207Z"));
        let mut history = History::begin(ledger, "staging", time);
        let line = Line {
            core: format!("staging-{version}-core"),
            functions: vec![
                lambda("cam", &(8 + version).to_string()),
                lambda("agg", &(4 + version).to_string()),
            ],
            ..Line::default()
        };
        history.publish(ledger, &line, time);
        ledger.deploy(history.group, time, "Success", None);
    }
}

/// Definitions without a name, with the same name, and without a version.
pub(super) fn unfinished_definitions(ledger: &mut Ledger) {
    let nameless = ledger.definition(
        DefinitionKind::Function,
        None,
        at("2024-04-22T16:03:09.118Z"),
    );
    for version in [1, 2, 3] {
        let line = Line {
            functions: vec![lambda("hotfix", &version.to_string())],
            ..Line::default()
        };
        let content = line.content(DefinitionKind::Function).unwrap();
        let time = at(&format!("2024-04-2{}T16:04:00.000Z", version + 1));
        ledger.definition_version(nameless, "", time, content);
    }
    let nameless = ledger.definition(
        DefinitionKind::Resource,
        None,
        at("2024-04-22T16:05:41.900Z"),
    );
    let content = json!({"Resources": []});
    ledger.definition_version(nameless, "", at("2024-04-22T16:05:42.001Z"), content);
    for (kind, content) in [
        (DefinitionKind::Function, json!({"Functions": []})),
        (DefinitionKind::Subscription, json!({"Subscriptions": []})),
        (DefinitionKind::Logger, json!({"Loggers": []})),
    ] {
        let time = at("2024-11-07T09:00:00.000Z");
        let definition = ledger.definition(kind, Some("Default"), time);
        ledger.definition_version(definition, "", time, content);
    }
    let time = at("2025-12-19T15:58:00.000Z");
    ledger.definition(DefinitionKind::Connector, Some("serial-adapters"), time);
}

/// A new group without a version.
pub(super) fn group_without_a_version(ledger: &mut Ledger) {
    ledger.group("press-line-4", at("2026-08-28T14:55:12.640Z"));
}

/// The only camera, which is lent to the lines in turn.
pub(super) fn camera_pool(ledger: &mut Ledger) {
    let pool = ledger.definition(
        DefinitionKind::Function,
        Some("camera-pool"),
        at("2024-08-19T10:40:00.000Z"),
    );
    for (time, version, prefix) in [
        ("2024-08-19T10:45:00.000Z", 7, ""),
        ("2025-01-30T11:20:00.000Z", 8, ""),
        ("2025-08-19T10:45:00.000Z", 9, "0b7712aa"),
    ] {
        let line = Line {
            functions: vec![lambda("cam", &version.to_string()).with_memory(131_072)],
            ..Line::default()
        };
        let content = line.content(DefinitionKind::Function).unwrap();
        ledger.definition_version(pool, prefix, at(time), content);
    }
}

/// The logger definition of the laboratory was deleted; its group version still names it.
pub(super) fn group_with_a_deleted_definition(ledger: &mut Ledger) {
    let time = at("2025-03-27T08:12:44.310Z");
    let mut history = History::begin(ledger, "quality-lab", time);
    let line = lines::press("quality-lab", true);
    history.publish(ledger, &line, time);
    ledger.deploy(history.group, time, "Success", None);
    ledger.forget_definition(DefinitionKind::Logger, "quality-lab-log");
}

/// The alias of a function was changed, but not its subscriptions.
pub(super) fn group_with_a_forgotten_subscription(ledger: &mut Ledger) {
    let mut line = lines::logistics("dispatch", 2);
    let first = at("2025-05-06T06:20:00.000Z");
    let mut history = History::begin(ledger, "dispatch", first);
    history.publish(ledger, &line, first);
    ledger.deploy(history.group, first, "Success", None);
    "STABLE".clone_into(&mut line.function("tracker").qualifier);
    let moved = at("2026-02-10T13:41:00.000Z");
    history.prepare(ledger, &line, moved, (DefinitionKind::Function, ""));
    history.publish_prepared(ledger, moved, "");
    let reason = "We cannot deploy because the group definition is invalid or corrupted for the \
                  following reasons: {ErrorSet(errorSet=[ErrorModel(errorCode=\
                  SUBSCRIPTION_SOURCE_NOT_IN_GROUP, errorMsg=tracker:PROD is not in the group)])}";
    ledger.deploy(
        history.group,
        later_by_a_minute(moved),
        "Failure",
        Some(reason),
    );
}

fn later_by_a_minute(time: Timestamp) -> Timestamp {
    super::ledger::later(time, 60_000)
}
