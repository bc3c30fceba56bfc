//! CreateGroupVersion: its requests, its retries, and the certainty of its errors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use greengroup::domain::{
    CallOutcome, CallRecord, Certainty, CreateGroupVersion, CreatedVersion, DefinitionKind,
    ErrorKind, GroupId, GroupVersionId, ServiceError, Slots, VersionsBefore,
};
use greengroup::greengrass::ClientOptions;
use serde_json::{Value, json};
use tokio::sync::mpsc::unbounded_channel;

use super::{arn, client, version_arn, with_options};
use crate::support::canned_http::{Canned, Reply};

const CREATED: &str = r#"{"Arn": "arn:new", "CreationTimestamp": "2026-11-22T10:00:00.000Z", "Id": "g-1", "Version": "v-2"}"#;

fn request(slots: Slots) -> CreateGroupVersion {
    CreateGroupVersion {
        group: GroupId::new("g-1"),
        slots,
    }
}

async fn create(canned: &Canned) -> Result<CreatedVersion, ServiceError> {
    client(canned)
        .create_group_version(
            &request(Slots::default()),
            &VersionsBefore::default(),
            "token-1",
        )
        .await
}

#[tokio::test]
async fn create_sends_seven_members_and_token() {
    let mut slots = Slots::default();
    let mut expected = serde_json::Map::new();
    for kind in DefinitionKind::ALL {
        slots.fill(version_arn(kind.path_segment(), "d", "v"));
        let arn = arn(kind.path_segment(), "d", "v");
        expected.insert(kind.arn_member().to_owned(), Value::String(arn));
    }
    let canned = Canned::always(200, CREATED);
    let created = client(&canned)
        .create_group_version(&request(slots), &VersionsBefore::default(), "token-1")
        .await
        .unwrap();
    assert_eq!(created.version.as_deref(), Some("v-2"));
    assert_eq!(created.arn.as_deref(), Some("arn:new"));
    assert_eq!(created.id.as_deref(), Some("g-1"));
    assert_eq!(
        created.creation_timestamp.as_deref(),
        Some("2026-11-22T10:00:00.000Z")
    );
    let seen = &canned.seen()[0];
    assert_eq!(seen.line(), "POST /greengrass/groups/g-1/versions");
    assert_eq!(seen.headers["x-amzn-client-token"], "token-1");
    let body: Value = serde_json::from_str(&seen.body).unwrap();
    assert_eq!(body, Value::Object(expected));
}

#[tokio::test]
async fn an_empty_slot_is_an_absent_member() {
    let canned = Canned::always(201, CREATED);
    create(&canned).await.unwrap();
    assert_eq!(canned.seen()[0].body, "{}");

    let mut slots = Slots::default();
    slots.fill_verbatim(DefinitionKind::Logger, "what the service once took");
    client(&canned)
        .create_group_version(&request(slots), &VersionsBefore::default(), "token-1")
        .await
        .unwrap();
    let body: Value = serde_json::from_str(&canned.seen()[1].body).unwrap();
    assert_eq!(
        body,
        json!({"LoggerDefinitionVersionArn": "what the service once took"})
    );
}

#[tokio::test(start_paused = true)]
async fn whatever_leaves_a_doubt_is_sent_once() {
    let doubts: [(fn() -> Reply, ErrorKind); 10] = [
        (
            || Reply::error(500, "InternalServerErrorException", "x"),
            ErrorKind::ServerFault,
        ),
        (
            || Reply::status(502, "<html></html>"),
            ErrorKind::ServerFault,
        ),
        (
            || Reply::error(503, "ThrottlingException", "x"),
            ErrorKind::Throttled,
        ),
        (|| Reply::status(408, "{}"), ErrorKind::Refused),
        (
            || Reply::status(200, "<html></html>"),
            ErrorKind::Unreadable,
        ),
        (|| Reply::status(200, r#"{"Arn": "#), ErrorKind::Unreadable),
        (|| Reply::status(200, ""), ErrorKind::Unreadable),
        (
            || Reply::json(r#"{"Arn": "", "Version": ""}"#),
            ErrorKind::Unreadable,
        ),
        (Reply::cut, ErrorKind::NoAnswer),
        (|| Reply::Hangs, ErrorKind::NoAnswer),
    ];
    for (number, (reply, kind)) in doubts.into_iter().enumerate() {
        let canned = Canned::in_turn([reply]);
        let error = create(&canned).await.unwrap_err();
        assert_eq!(error.kind, kind, "doubt {number}");
        assert_eq!(error.certainty, Certainty::Unknown, "doubt {number}");
        assert_eq!(canned.count(), 1, "doubt {number}");
    }
}

#[tokio::test]
async fn a_refusal_is_certain_and_final() {
    for (status, code) in [
        (400, "BadRequestException"),
        (403, "AccessDeniedException"),
        (404, "IdNotFoundException"),
    ] {
        let canned = Canned::new(move |_, _| Reply::error(status, code, "no"));
        let error = create(&canned).await.unwrap_err();
        assert_eq!(error.certainty, Certainty::NotExecuted);
        assert_eq!(canned.count(), 1);
    }
}

#[tokio::test]
async fn proxy_password_error_is_not_retried() {
    let canned = Canned::new(|_, _| Reply::status(407, "<html></html>"));
    let error = create(&canned).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unreachable);
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert_eq!(canned.count(), 1);
}

#[tokio::test]
async fn a_page_that_forbids_is_not_believed() {
    let canned = Canned::always(403, "<html><title>Blocked</title></html>");
    let error = create(&canned).await.unwrap_err();
    assert_eq!(error.certainty, Certainty::Unknown);
    assert_eq!(canned.count(), 1);
}

/// The GetGroup response for a group that still has no version.
const UNMOVED: &str = r#"{"Id": "g-1"}"#;

/// Answers each GET with an unchanged group, and each POST with the next of `replies`.
fn unmoved(replies: impl IntoIterator<Item = fn() -> Reply>) -> Canned {
    let replies: Vec<_> = replies.into_iter().collect();
    let posted = AtomicUsize::new(0);
    Canned::new(move |seen, _| match seen.method.as_str() {
        "GET" => Reply::json(UNMOVED),
        _ => replies[posted
            .fetch_add(1, Ordering::Relaxed)
            .min(replies.len() - 1)](),
    })
}

fn posts(canned: &Canned) -> usize {
    let seen = canned.seen();
    seen.iter().filter(|seen| seen.method == "POST").count()
}

#[tokio::test(start_paused = true)]
async fn throttling_and_refused_connections_back_off() {
    let canned = unmoved([
        || Reply::error(429, "TooManyRequestsException", "slow"),
        Reply::refused,
        || Reply::error(400, "ThrottlingException", "slow"),
        || Reply::json(CREATED),
    ]);
    let (observer, mut records) = unbounded_channel();
    let options = ClientOptions {
        observer: Some(observer),
        ..ClientOptions::default()
    };
    let created = with_options(&canned, options)
        .create_group_version(
            &request(Slots::default()),
            &VersionsBefore::default(),
            "token-1",
        )
        .await
        .unwrap();
    assert_eq!(created.version.as_deref(), Some("v-2"));
    // The group is read before each repeat of a throttled request.
    let times = [0, 1, 1, 3, 7, 7].map(Duration::from_secs);
    assert_eq!(canned.times(), times);
    let lines = canned.lines();
    assert_eq!(lines[1], "GET /greengrass/groups/g-1");
    let posts = canned
        .seen()
        .into_iter()
        .filter(|seen| seen.method == "POST");
    for request in posts {
        assert_eq!(request.headers["x-amzn-client-token"], "token-1");
    }
    let mut outcomes = Vec::new();
    while let Ok(record) = records.try_recv() {
        if let CallRecord::Ended(attempt, end) = record
            && attempt.operation == "CreateGroupVersion"
        {
            assert_eq!(attempt.attempts, 5);
            outcomes.push((attempt.attempt, end.outcome));
        }
    }
    assert_eq!(
        outcomes,
        [
            (1, CallOutcome::Failed(ErrorKind::Throttled)),
            (2, CallOutcome::Failed(ErrorKind::Unreachable)),
            (3, CallOutcome::Failed(ErrorKind::Throttled)),
            (4, CallOutcome::Answered),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_fifth_throttling_is_the_last() {
    let throttled: fn() -> Reply = || Reply::error(429, "TooManyRequestsException", "slow");
    let canned = unmoved([throttled]);
    let error = create(&canned).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Throttled);
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert_eq!(posts(&canned), 5);
}

/// The request has its effect, then the response is a throttling error.
#[tokio::test(start_paused = true)]
async fn throttling_after_effect_is_unknown_without_retry() {
    let canned = Canned::new(|seen, _| match seen.method.as_str() {
        "GET" => Reply::json(r#"{"Id": "g-1", "LatestVersion": "v-2"}"#),
        _ => Reply::error(429, "TooManyRequestsException", "slow"),
    });
    let error = create(&canned).await.unwrap_err();
    assert_eq!(error.certainty, Certainty::Unknown);
    assert_eq!(posts(&canned), 1);
}

#[tokio::test(start_paused = true)]
async fn throttling_is_unknown_while_group_is_unreadable() {
    for unread in ["{}", r#"{"Id": "another"}"#, "<html></html>"] {
        let canned = Canned::new(move |seen, _| match seen.method.as_str() {
            "GET" => Reply::json(unread),
            _ => Reply::error(429, "TooManyRequestsException", "slow"),
        });
        let error = create(&canned).await.unwrap_err();
        assert_eq!(error.certainty, Certainty::Unknown, "{unread}");
        assert_eq!(posts(&canned), 1, "{unread}");
    }
}

#[tokio::test(start_paused = true)]
async fn throttling_without_service_code_is_unknown() {
    let bare: [fn() -> Reply; 4] = [
        || Reply::status(429, "{}"),
        || Reply::status(429, "<html></html>"),
        || Reply::status(429, ""),
        || Reply::status(503, "{}"),
    ];
    for reply in bare {
        let canned = unmoved([reply]);
        let error = create(&canned).await.unwrap_err();
        assert_eq!(error.certainty, Certainty::Unknown);
        assert_eq!(canned.count(), 1);
    }
}

#[tokio::test]
async fn answer_about_something_else_is_no_proof() {
    let arn = |group: &str, version: &str| {
        format!(
            "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/groups/{group}/versions/{version}"
        )
    };
    let answers = [
        json!({"Arn": arn("g-1", "v-2"), "Id": "g-2", "Version": "v-2"}),
        json!({"Arn": arn("g-2", "v-2"), "Id": "g-1", "Version": "v-2"}),
        json!({"Arn": arn("g-1", "v-3"), "Id": "g-1", "Version": "v-2"}),
        json!({"Arn": arn("g-1", "v-1"), "Id": "g-1", "Version": "v-1"}),
        json!({"Id": "g-1", "Version": "v-0"}),
        json!({"Id": "g-1"}),
        json!({}),
    ];
    let before = VersionsBefore {
        latest: Some(GroupVersionId::new("v-1")),
        known: [GroupVersionId::new("v-0")].into(),
    };
    for answer in answers {
        let text = answer.to_string();
        let canned = Canned::new(move |_, _| Reply::json(text.clone()));
        let error = client(&canned)
            .create_group_version(&request(Slots::default()), &before, "token-1")
            .await
            .unwrap_err();
        assert_eq!(error.certainty, Certainty::Unknown, "{answer}");
        assert_eq!(canned.count(), 1);
    }
}

#[tokio::test]
async fn too_long_ids_are_an_error() {
    let long = "x".repeat(70_000);
    let canned = Canned::always(200, CREATED);
    let client = client(&canned);
    let group = GroupId::new(long.as_str());
    assert!(client.group(&group).await.is_err());
    let version = GroupVersionId::new(long.as_str());
    let of_known = client.group_version(&GroupId::new("g-1"), &version).await;
    assert!(of_known.is_err());
    let request = CreateGroupVersion {
        group,
        slots: Slots::default(),
    };
    let before = VersionsBefore::default();
    let error = client
        .create_group_version(&request, &before, "token-1")
        .await
        .unwrap_err();
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert_eq!(canned.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_doubt_after_a_throttling_ends_the_attempts() {
    let canned = unmoved([
        || Reply::error(429, "TooManyRequestsException", "slow"),
        Reply::cut,
        || Reply::json(CREATED),
    ]);
    let error = create(&canned).await.unwrap_err();
    assert_eq!(error.certainty, Certainty::Unknown);
    assert_eq!(posts(&canned), 2);
}

#[tokio::test]
async fn read_only_sends_nothing() {
    let canned = Canned::always(200, CREATED);
    let options = ClientOptions {
        read_only: true,
        ..ClientOptions::default()
    };
    let client = with_options(&canned, options);
    let error = client
        .create_group_version(
            &request(Slots::default()),
            &VersionsBefore::default(),
            "token-1",
        )
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::ReadOnly);
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert_eq!(canned.count(), 0);
    client.groups(None).await.unwrap_err();
    assert_eq!(canned.count(), 1);
}
