//! CreateGroupVersion with a lost response or an error.

use std::time::Duration;

use greengroup::app::exit::Exit;
use greengroup::app::outcome_probe::ProbeResult;
use greengroup::app::submission::StepState;
use greengroup::app::{Event, Launch};
use greengroup::domain::{Certainty, DefinitionKind, ErrorKind};
use greengroup::sandbox::{Fault, Operation, PageSizes, Sandbox};
use rstest::rstest;

use super::{CREATE, Machine, PICK, YES, press_line};
use crate::support::session::Session;

const CREATION: Operation = Operation::CreateGroupVersion;

/// Reviews a pick and ticks everything: the next Enter sends it.
async fn at_create() -> Session {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press(PICK).await;
    session.press("a<Tab><Space>").await;
    session
}

#[rstest]
#[case::cut(Fault::CutAfter)]
#[case::server_error(Fault::ServerErrorAfter)]
#[case::silence(Fault::HangAfter)]
#[tokio::test(start_paused = true)]
async fn effect_without_answer_is_found(#[case] fault: Fault) {
    let machine = Machine::new();
    let mut session = machine.start(&Sandbox::demo()).await;
    let before = session.count_versions();
    session.sandbox().fail(CREATION, 1, fault);
    session.press(CREATE).await;
    let latest = session.latest_version();
    assert_eq!(session.found(), latest.as_str());
    assert_eq!(session.count_versions(), before + 1);
    let receipt: Vec<_> = session.app.session.submissions().created().collect();
    assert_eq!(receipt.len(), 1);
    assert_eq!(receipt[0].version.as_deref(), Some(latest.as_str()));
    assert!(
        receipt[0]
            .arn
            .as_deref()
            .unwrap()
            .ends_with(latest.as_str())
    );
    assert!(receipt[0].creation_timestamp.is_some());
    assert_eq!(machine.drafts(), [""; 0], "the draft is over");
    session.press("q").await;
    assert_eq!(session.exit, Some(Exit::Created));
    assert_eq!(
        session.sandbox().traffic(|traffic| traffic.count(CREATION)),
        1
    );
}

#[rstest]
#[case::cut(Fault::CutBefore)]
#[case::server_error(Fault::ServerError)]
#[case::silence(Fault::Hang)]
#[case::garbage(Fault::Garbage)]
#[case::html(Fault::Html)]
#[tokio::test(start_paused = true)]
async fn missing_version_is_probed_and_retry_offered(#[case] fault: Fault) {
    let machine = Machine::new();
    let mut session = machine.start(&Sandbox::demo()).await;
    let before = session.count_versions();
    session.sandbox().fail(CREATION, 1, fault);
    session.press(CREATE).await;
    assert_eq!(session.looked(), &ProbeResult::NotThere);
    assert_eq!(session.count_versions(), before);
    assert_eq!(
        session.sandbox().traffic(|traffic| traffic.count(CREATION)),
        1,
        "nothing is sent by itself"
    );
    assert_eq!(machine.drafts().len(), 1, "the draft is kept");
    session.press("<Enter>").await;
    assert_eq!(session.screen_name(), "Review");
    session.press("<Tab><Enter>").await;
    assert!(matches!(session.outcome().state, StepState::Created(_)));
    assert_eq!(session.count_versions(), before + 1);
    session.press("q").await;
    assert_eq!(session.exit, Some(Exit::Created));
}

#[tokio::test(start_paused = true)]
async fn silent_service_ends_with_read_timeout() {
    let mut session = at_create().await;
    session.sandbox().fail(CREATION, 1, Fault::Hang);
    session.press_now("<Enter>");
    session.wait(Duration::from_secs(19)).await;
    assert_eq!(session.screen_name(), "Review");
    session.press_now("?");
    assert_eq!(
        session.app.overlays().len(),
        1,
        "the screen goes on meanwhile"
    );
    session.wait(Duration::from_secs(2)).await;
    let StepState::Unconfirmed(error, _) = &session.outcome().state else {
        panic!("{:?}", session.outcome());
    };
    assert_eq!(
        (error.kind, error.certainty),
        (ErrorKind::NoAnswer, Certainty::Unknown)
    );
}

/// A connection that a NAT dropped is silent. The group is read over it before the request is sent.
#[tokio::test(start_paused = true)]
async fn silent_read_before_create_is_not_called_sent() {
    let mut session = at_create().await;
    session.sandbox().fail(Operation::GetGroup, 1, Fault::Hang);
    session.press_now("<Enter>");
    session.wait(Duration::from_millis(6_500)).await;
    session.feed(Event::Ticked);
    session.assert_header("GetGroup: no answer for 6 s");
    let words = "Loading the group's latest version once more";
    session.assert_body(words);
    session.press_now("d");
    session.assert_footer("nothing was sent");
    let sent = |session: &Session| session.sandbox().traffic(|traffic| traffic.count(CREATION));
    assert_eq!(sent(&session), 0);
    session.settle().await;
    assert!(matches!(session.outcome().state, StepState::Created(_)));
    assert_eq!(sent(&session), 1);
}

#[tokio::test(start_paused = true)]
async fn a_throttled_creation_is_tried_again_in_sight() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    let before = session.count_versions();
    session.press(PICK).await;
    session.press("a<Tab><Space>").await;
    session.sandbox().fail(CREATION, 2, Fault::Throttle);
    session.sandbox().set_delay(Duration::from_millis(400));
    session.press_now("<Enter>");
    let retried = "CreateGroupVersion attempt 2 of 5: throttled";
    for _ in 0..100 {
        if session.screen().contains(retried) {
            break;
        }
        session.wait(Duration::from_millis(100)).await;
    }
    session.assert_header(retried);
    session.settle().await;
    assert_eq!(
        session.attempts("CreateGroupVersion"),
        [(1, 5), (2, 5), (3, 5)]
    );
    assert!(matches!(session.outcome().state, StepState::Created(_)));
    assert_eq!(session.count_versions(), before + 1);
}

#[tokio::test(start_paused = true)]
async fn refused_create_keeps_the_draft() {
    let machine = Machine::new();
    let mut session = machine.start(&Sandbox::demo()).await;
    session.sandbox().fail(CREATION, 1, Fault::Deny);
    session.press(CREATE).await;
    let StepState::Failed(error) = &session.outcome().state else {
        panic!("{:?}", session.outcome());
    };
    assert_eq!(error.code.as_deref(), Some("AccessDeniedException"));
    assert_eq!(machine.drafts().len(), 1);
    session.press("q").await;
    session.press(YES).await;
    assert_eq!(session.exit, Some(Exit::Failed));
    let message = session.app.session.ending().message.unwrap();
    assert!(message.contains("AccessDeniedException"), "{message}");
    assert!(message.contains("the draft is kept"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn unsaved_draft_is_not_called_kept() {
    let launch = Launch {
        is_demo: true,
        ..press_line()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.sandbox().fail(CREATION, 1, Fault::Deny);
    session.press(CREATE).await;
    session.press("q").await;
    session.press(YES).await;
    assert_eq!(session.exit, Some(Exit::Failed));
    let message = session.app.session.ending().message.unwrap();
    assert!(message.ends_with("the draft is not kept"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn quit_with_unknown_outcome_asks_and_exits_3() {
    let mut session = at_create().await;
    session.sandbox().fail(CREATION, 1, Fault::HangAfter);
    session.press_now("<Enter>");
    session.wait(Duration::from_secs(1)).await;
    session.press_now("q");
    assert_eq!(session.exit, None);
    session.press_apart(YES).await;
    assert_eq!(session.exit, Some(Exit::OutcomeUnknown));
}

/// Sends a pick whose response is cut, and whose version cannot be read at the first look.
async fn looking() -> Session {
    let mut session = at_create().await;
    session.sandbox().fail(CREATION, 1, Fault::CutAfter);
    let read = Operation::GetGroupVersion;
    session.sandbox().fail(read, 1, Fault::Deny);
    session.press_now("<Enter>");
    session.wait(Duration::from_secs(1)).await;
    assert_eq!(session.looked(), &ProbeResult::Looking);
    session
}

fn created(session: &Session) -> Vec<Option<String>> {
    let created = session.app.session.submissions().created();
    created.map(|created| created.version.clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn unknown_outcome_is_found_after_closing_group() {
    let mut session = Box::pin(looking()).await;
    let latest = session.latest_version();
    session.press_now("<Esc><Esc><Esc>");
    assert_eq!(session.screen_name(), "Groups");
    let ending = session.app.session.ending();
    assert_eq!(ending.exit, Exit::OutcomeUnknown);
    let message = ending.message.unwrap();
    assert!(message.contains("list-group-versions"), "{message}");
    session.wait(Duration::from_secs(60)).await;
    assert_eq!(created(&session), [Some(latest.to_string())]);
    session.press("q").await;
    assert_eq!(session.exit, Some(Exit::Created));
    let sent = session.sandbox().traffic(|traffic| traffic.count(CREATION));
    assert_eq!(sent, 1);
}

#[tokio::test(start_paused = true)]
async fn late_found_version_keeps_later_changes() {
    let mut session = Box::pin(looking()).await;
    session.press_now("<Esc><Esc>7x");
    let changed = session.draft().clone();
    session.settle().await;
    assert_eq!(
        created(&session),
        [Some(session.latest_version().to_string())]
    );
    assert_eq!(session.draft(), &changed);
}

#[tokio::test(start_paused = true)]
async fn unknown_outcome_exits_3_despite_another_version() {
    let mut session = at_create().await;
    session.press("<Enter><Enter>").await;
    assert_eq!(created(&session).len(), 1);
    session.sandbox().fail(CREATION, 1, Fault::CutBefore);
    session.press("7xa<Space><Down><Space><Right><Enter>").await;
    assert_eq!(session.looked(), &ProbeResult::NotThere);
    session.press("q").await;
    session.press(YES).await;
    assert_eq!(session.exit, Some(Exit::OutcomeUnknown));
}

#[tokio::test(start_paused = true)]
async fn failed_probe_is_repeated() {
    let mut session = at_create().await;
    session.sandbox().fail(CREATION, 1, Fault::CutAfter);
    session
        .sandbox()
        .fail(Operation::GetGroupVersion, 1, Fault::Deny);
    session.press("<Enter>").await;
    assert_eq!(session.found(), session.latest_version().as_str());
}

#[tokio::test(start_paused = true)]
async fn unreadable_version_does_not_hide_the_sent_one() {
    let mut session = at_create().await;
    session.sandbox().fail(CREATION, 1, Fault::HangAfter);
    session.press_now("<Enter>");
    session.wait(Duration::from_secs(1)).await;
    let sent = session.latest_version();
    session.somebody_creates(|slots, moment| {
        slots[DefinitionKind::Logger] = None;
        moment.now = "2030-01-01T00:00:00.000Z".parse().unwrap();
    });
    // Every look reads the latest version first.
    session
        .sandbox()
        .fail(Operation::GetGroupVersion, 1, Fault::Deny);
    session.settle().await;
    assert_eq!(session.found(), sent.as_str());
    let StepState::Unconfirmed(_, look) = &session.outcome().state else {
        panic!("{:?}", session.outcome());
    };
    assert_eq!(look.looks(), 1);
}

#[tokio::test(start_paused = true)]
async fn older_equal_version_is_not_the_new_one() {
    let sandbox = Sandbox::demo();
    sandbox.set_pages(PageSizes {
        list: 1,
        content: 200,
    });
    let mut session = Session::start(sandbox, press_line()).await;
    let before = session.draft().clone();
    session.somebody_creates(|slots, moment| {
        slots[DefinitionKind::Logger] = None;
        moment.now = "2030-01-01T00:00:00.000Z".parse().unwrap();
    });
    // The draft returns to the slots of an older version, on the base of the newer one.
    session.press("a").await;
    session.press("<Tab><Enter>").await;
    session.press("<Right><Right><Enter>").await;
    assert!(session.app.overlays().is_empty());
    assert_eq!(session.draft().slots(), before.slots());
    let count = session.count_versions();
    session.sandbox().fail(CREATION, 1, Fault::CutBefore);
    session.press("<Space><Enter>").await;
    assert_eq!(session.count_versions(), count);
    assert_eq!(session.looked(), &ProbeResult::NotThere);
}

#[tokio::test(start_paused = true)]
async fn held_enter_on_failure_sends_nothing() {
    let mut session = at_create().await;
    session.sandbox().fail(CREATION, 9, Fault::Deny);
    session.press("<Enter>").await;
    assert_eq!(session.screen_name(), "Outcome");
    for _ in 0..30 {
        session.press_now("<Enter>");
        session.wait(Duration::from_millis(30)).await;
    }
    let sent = session.sandbox().traffic(|traffic| traffic.count(CREATION));
    assert_eq!(sent, 1);
}
