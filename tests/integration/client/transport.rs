//! Rate, retries, timeouts, limits, and their reports.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_smithy_types::body::SdkBody;
use futures_util::StreamExt as _;
use futures_util::future::join_all;
use greengroup::domain::{CallOutcome, CallRecord, ErrorKind};
use greengroup::greengrass::{Client, ClientOptions};
use http_body_util::StreamBody;
use hyper::body::{Bytes, Frame};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::Instant;

use super::{client, with_options};
use crate::support::canned_http::{Canned, EMPTY, Reply};

fn drained(mut records: UnboundedReceiver<CallRecord>) -> Vec<CallRecord> {
    let mut all = Vec::new();
    while let Ok(record) = records.try_recv() {
        all.push(record);
    }
    all
}

#[tokio::test(start_paused = true)]
async fn one_bucket_paces_all_clones_of_a_client() {
    let canned = Canned::always(200, EMPTY);
    let options = ClientOptions {
        burst: 5,
        ..ClientOptions::default()
    };
    let client = Client::over(canned.http_client(), "eu-central-1", &options);
    let calls = (0..25).map(|_| {
        let client = client.clone();
        async move { client.groups(None).await.unwrap() }
    });
    join_all(calls).await;
    let times = canned.times();
    for (number, time) in times.iter().enumerate() {
        let earliest = 100 * u64::try_from(number.saturating_sub(4)).unwrap();
        let late = time.saturating_sub(Duration::from_millis(earliest));
        assert!(
            *time >= Duration::from_millis(earliest),
            "{number}: {time:?}"
        );
        assert!(late < Duration::from_millis(60), "{number}: {time:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn cancelled_call_leaves_the_queue() {
    let canned = Canned::always(200, EMPTY);
    let options = ClientOptions {
        requests_per_second: 1.0,
        burst: 1,
        ..ClientOptions::default()
    };
    let client = Client::over(canned.http_client(), "eu-central-1", &options);
    client.groups(None).await.unwrap();
    for _ in 0..10 {
        let patience = Duration::from_millis(10);
        let given_up = tokio::time::timeout(patience, client.groups(None)).await;
        assert!(given_up.is_err());
    }
    client.groups(None).await.unwrap();
    assert_eq!(canned.count(), 2);
    assert!(canned.times()[1] < Duration::from_millis(1100));
}

#[tokio::test(start_paused = true)]
async fn queue_time_does_not_count_as_timeout() {
    let canned = Canned::always(200, EMPTY);
    let options = ClientOptions {
        requests_per_second: 0.1,
        burst: 1,
        ..ClientOptions::default()
    };
    let client = Client::over(canned.http_client(), "eu-central-1", &options);
    let calls = (0..20).map(|_| client.groups(None));
    for answer in join_all(calls).await {
        answer.unwrap();
    }
    assert!(canned.times()[19] > Duration::from_mins(3));
}

#[tokio::test(start_paused = true)]
async fn further_attempts_wait_for_a_turn_as_well() {
    let canned = Canned::in_turn([Reply::cut, || Reply::json(EMPTY)]);
    let options = ClientOptions {
        requests_per_second: 0.1,
        burst: 1,
        ..ClientOptions::default()
    };
    let client = Client::over(canned.http_client(), "eu-central-1", &options);
    client.groups(None).await.unwrap();
    assert!(canned.times()[1] >= Duration::from_secs(10));
}

#[tokio::test(start_paused = true)]
async fn reads_are_tried_again_up_to_five_times() {
    let transient: [fn() -> Reply; 5] = [
        || Reply::error(500, "InternalServerErrorException", "x"),
        || Reply::error(400, "ThrottlingException", "x"),
        || Reply::status(429, "{}"),
        Reply::cut,
        Reply::refused,
    ];
    for reply in transient {
        let canned = Canned::in_turn([reply]);
        client(&canned).groups(None).await.unwrap_err();
        assert_eq!(canned.count(), 5);

        let canned = Canned::in_turn([reply, || Reply::json(EMPTY)]);
        client(&canned).groups(None).await.unwrap();
        assert_eq!(canned.count(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn refusal_is_not_retried() {
    let canned = Canned::new(|_, _| Reply::error(403, "AccessDeniedException", "no"));
    client(&canned).groups(None).await.unwrap_err();
    assert_eq!(canned.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn every_attempt_is_reported() {
    let canned = Canned::in_turn([
        || Reply::error(400, "ThrottlingException", "x").with("x-amzn-requestid", "r-1"),
        || Reply::json(EMPTY).with("x-amzn-requestid", "r-2"),
    ]);
    let (observer, records) = unbounded_channel();
    let options = ClientOptions {
        observer: Some(observer),
        ..ClientOptions::default()
    };
    with_options(&canned, options).groups(None).await.unwrap();
    let reported: Vec<_> = drained(records)
        .into_iter()
        .filter_map(|record| match record {
            CallRecord::Sent(attempt) => Some((
                attempt.number,
                attempt.operation,
                attempt.attempt,
                None,
                None,
            )),
            CallRecord::Answering(_) => None,
            CallRecord::Ended(attempt, end) => Some((
                attempt.number,
                attempt.operation,
                attempt.attempt,
                Some((end.status, end.outcome)),
                end.request_id,
            )),
        })
        .collect();
    let operation = "ListGroups".to_owned();
    let throttled = Some((Some(400), CallOutcome::Failed(ErrorKind::Throttled)));
    let answered = Some((Some(200), CallOutcome::Answered));
    assert_eq!(
        reported,
        [
            (1, operation.clone(), 1, None, None),
            (1, operation.clone(), 1, throttled, Some("r-1".to_owned())),
            (2, operation.clone(), 2, None, None),
            (2, operation, 2, answered, Some("r-2".to_owned())),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn cancelled_attempt_is_reported_as_abandoned() {
    let canned = Canned::new(|_, _| Reply::Hangs);
    let (observer, records) = unbounded_channel();
    let options = ClientOptions {
        observer: Some(observer),
        ..ClientOptions::default()
    };
    let client = with_options(&canned, options);
    let call = client.groups(None);
    assert!(
        tokio::time::timeout(Duration::from_secs(3), call)
            .await
            .is_err()
    );
    let records = drained(records);
    let Some(CallRecord::Ended(_, end)) = records.last() else {
        panic!("{records:?}")
    };
    assert_eq!(end.outcome, CallOutcome::Abandoned);
    assert_eq!(end.duration.as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn hung_endpoint_ends_within_two_minutes() {
    let canned = Canned::new(|_, _| Reply::Hangs);
    let started = Instant::now();
    let error = client(&canned).groups(None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NoAnswer);
    assert!(canned.count() > 1);
    assert!(
        started.elapsed() <= Duration::from_secs(121),
        "{:?}",
        started.elapsed()
    );
}

/// Sends 1 MiB at a time while the client reads, without a length.
fn endless(pulled: &Arc<AtomicUsize>) -> SdkBody {
    let pulled = Arc::clone(pulled);
    let piece = Bytes::from(vec![b' '; 1 << 20]);
    let frames = futures_util::stream::iter(0..100).map(move |_| {
        pulled.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(Frame::data(piece.clone()))
    });
    SdkBody::from_body_1_x(StreamBody::new(frames))
}

#[tokio::test(start_paused = true)]
async fn huge_answer_is_not_read_fully() {
    let pulled = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&pulled);
    let canned = Canned::new(move |_, _| Reply::Answer {
        status: 200,
        headers: vec![],
        body: endless(&counted),
    });
    let error = client(&canned).groups(None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert_eq!(canned.count(), 1, "it would not get smaller");
    assert!(pulled.load(Ordering::Relaxed) <= 17, "{pulled:?}");
}

#[tokio::test(start_paused = true)]
async fn announced_oversize_answer_is_not_read() {
    let pulled = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&pulled);
    let canned = Canned::new(move |_, _| Reply::Answer {
        status: 200,
        headers: vec![("content-length", (100 << 20).to_string())],
        body: endless(&counted),
    });
    let error = client(&canned).groups(None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert_eq!(error.message, "the answer is larger than 16 MiB");
    assert_eq!(pulled.load(Ordering::Relaxed), 0);
}

#[tokio::test(start_paused = true)]
async fn truncated_answer_is_retried() {
    let canned = Canned::new(|_, before| {
        if before > 0 {
            return Reply::json(EMPTY);
        }
        let frames = [
            Ok(Frame::data(Bytes::from_static(br#"{"Groups": ["#))),
            Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
        ];
        let stream = futures_util::stream::iter(frames);
        Reply::Answer {
            status: 200,
            headers: vec![],
            body: SdkBody::from_body_1_x(StreamBody::new(stream)),
        }
    });
    client(&canned).groups(None).await.unwrap();
    assert_eq!(canned.count(), 2);
}
