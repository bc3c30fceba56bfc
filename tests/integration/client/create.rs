//! CreateGroupVersion: what is sent, how often, and what is certain afterwards.

use std::time::Duration;

use greengroup::domain::{
    CallOutcome, CallRecord, Certainty, CreateGroupVersion, CreatedVersion, DefinitionKind,
    GroupId, ServiceError, Slots, Trouble,
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
        .create_group_version(&request(Slots::default()), "token-1")
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
        .create_group_version(&request(slots), "token-1")
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
        .create_group_version(&request(slots), "token-1")
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
    let doubts: [(fn() -> Reply, Trouble); 10] = [
        (
            || Reply::error(500, "InternalServerErrorException", "x"),
            Trouble::ServerFault,
        ),
        (|| Reply::status(502, "<html></html>"), Trouble::ServerFault),
        (
            || Reply::error(503, "ThrottlingException", "x"),
            Trouble::Throttled,
        ),
        (|| Reply::status(408, "{}"), Trouble::Refused),
        (|| Reply::status(200, "<html></html>"), Trouble::Unreadable),
        (|| Reply::status(200, r#"{"Arn": "#), Trouble::Unreadable),
        (|| Reply::status(200, ""), Trouble::Unreadable),
        (
            || Reply::json(r#"{"Arn": "", "Version": ""}"#),
            Trouble::Unreadable,
        ),
        (Reply::cut, Trouble::NoAnswer),
        (|| Reply::Hangs, Trouble::NoAnswer),
    ];
    for (number, (reply, trouble)) in doubts.into_iter().enumerate() {
        let canned = Canned::in_turn([reply]);
        let error = create(&canned).await.unwrap_err();
        assert_eq!(error.trouble, trouble, "doubt {number}");
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
    assert_eq!(error.trouble, Trouble::Unreachable);
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

#[tokio::test(start_paused = true)]
async fn throttling_and_refused_connections_back_off() {
    let canned = Canned::in_turn([
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
        .create_group_version(&request(Slots::default()), "token-1")
        .await
        .unwrap();
    assert_eq!(created.version.as_deref(), Some("v-2"));
    assert_eq!(canned.times(), [0, 1, 3, 7].map(Duration::from_secs));
    for request in canned.seen() {
        assert_eq!(request.headers["x-amzn-client-token"], "token-1");
    }
    let mut outcomes = Vec::new();
    while let Ok(record) = records.try_recv() {
        if let CallRecord::Ended(attempt, end) = record {
            assert_eq!(attempt.attempts, 5);
            outcomes.push((attempt.attempt, end.outcome));
        }
    }
    assert_eq!(
        outcomes,
        [
            (1, CallOutcome::Failed(Trouble::Throttled)),
            (2, CallOutcome::Failed(Trouble::Unreachable)),
            (3, CallOutcome::Failed(Trouble::Throttled)),
            (4, CallOutcome::Answered),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_fifth_throttling_is_the_last() {
    let canned = Canned::new(|_, _| Reply::error(429, "TooManyRequestsException", "slow"));
    let error = create(&canned).await.unwrap_err();
    assert_eq!(error.trouble, Trouble::Throttled);
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert_eq!(canned.count(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_doubt_after_a_throttling_ends_the_attempts() {
    let canned = Canned::in_turn([
        || Reply::error(429, "TooManyRequestsException", "slow"),
        Reply::cut,
        || Reply::json(CREATED),
    ]);
    let error = create(&canned).await.unwrap_err();
    assert_eq!(error.certainty, Certainty::Unknown);
    assert_eq!(canned.count(), 2);
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
        .create_group_version(&request(Slots::default()), "token-1")
        .await
        .unwrap_err();
    assert_eq!(error.trouble, Trouble::ReadOnly);
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert_eq!(canned.count(), 0);
    client.groups(None).await.unwrap();
    assert_eq!(canned.count(), 1);
}
