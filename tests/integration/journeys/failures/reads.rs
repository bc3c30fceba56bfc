//! Reads that fail: each is shown in its own place, and the others continue.

use std::time::Duration;

use greengroup::app::Event;
use greengroup::app::screen::Screen;
use greengroup::domain::{DefinitionKind, Timestamp};
use greengroup::sandbox::{Fault, Operation, Sandbox};
use rstest::rstest;

use super::{CREATE, Machine, PICK, press_line};
use crate::support::session::Session;

#[tokio::test(start_paused = true)]
async fn denied_list_keeps_its_slot_and_the_others() {
    let sandbox = Sandbox::demo();
    let denied = Operation::ListDefinitions(DefinitionKind::Connector);
    sandbox.fail(denied, 1, Fault::Deny);
    let mut session = Session::start(sandbox, press_line()).await;
    let catalog = session.app.session.catalog();
    let error = catalog
        .definitions(DefinitionKind::Connector)
        .error()
        .unwrap();
    assert_eq!(error.code.as_deref(), Some("AccessDeniedException"));
    for kind in DefinitionKind::ALL
        .into_iter()
        .filter(|&kind| kind != DefinitionKind::Connector)
    {
        assert!(catalog.definitions(kind).is_complete(), "{kind}");
    }
    let base = session.draft().base().slots.clone();
    session.press("4").await;
    session.assert_body("AccessDenied");
    session.press(CREATE).await;
    assert_eq!(session.screen_name(), "Outcome");
    let created = &session.outcome().request.create.slots;
    assert_eq!(
        created.get(DefinitionKind::Connector),
        base.get(DefinitionKind::Connector)
    );
    assert_ne!(
        created.get(DefinitionKind::Function),
        base.get(DefinitionKind::Function)
    );
}

#[tokio::test(start_paused = true)]
async fn slot_with_denied_list_is_kept_unverified() {
    let sandbox = Sandbox::demo();
    sandbox.fail(
        Operation::ListDefinitions(DefinitionKind::Resource),
        1,
        Fault::Deny,
    );
    sandbox.fail(
        Operation::GetDefinitionVersion(DefinitionKind::Resource),
        99,
        Fault::Deny,
    );
    let mut session = Session::start(sandbox, press_line()).await;
    session.press("1").await;
    let screen = session.screen();
    let line = screen
        .lines()
        .find(|line| line.contains("5 resource"))
        .unwrap_or_default();
    assert!(
        line.contains("kept") && line.contains("not verified"),
        "{screen}"
    );
}

#[tokio::test(start_paused = true)]
async fn denied_list_is_read_on_retry() {
    let sandbox = Sandbox::demo();
    sandbox.fail(
        Operation::ListDefinitions(DefinitionKind::Logger),
        1,
        Fault::Deny,
    );
    let mut session = Session::start(sandbox, press_line()).await;
    session.press("7r").await;
    assert!(
        session
            .app
            .session
            .catalog()
            .definitions(DefinitionKind::Logger)
            .is_complete()
    );
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_keep_draft_and_are_reloaded() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    session.press(PICK).await;
    let draft = session.draft().clone();
    sandbox.fail(None, 1000, Fault::ExpiredToken);
    session.press("a<Tab><Space><Enter>").await;
    assert_eq!(session.screen_name(), "Review");
    let screen = session.screen();
    assert!(screen.to_lowercase().contains("expired"), "{screen}");
    session.press("R").await;
    assert_eq!(*session.draft(), draft);
    sandbox.clear_faults();
    session.press("R").await;
    assert_eq!(*session.draft(), draft);
    assert!(
        session
            .app
            .session
            .catalog()
            .definitions(DefinitionKind::Core)
            .is_complete()
    );
    session.press("a<Tab><Space><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome");
    assert_eq!(session.app.session.submissions().created().count(), 1);
}

#[tokio::test(start_paused = true)]
async fn throttled_list_retries_by_itself() {
    let sandbox = Sandbox::demo();
    sandbox.fail(None, 12, Fault::Throttle);
    let session = Session::start(sandbox, press_line()).await;
    assert_eq!(session.screen_name(), "Assemble");
    assert!(session.draft().slots().filled().count() > 0);
    for kind in DefinitionKind::ALL {
        assert!(
            session
                .app
                .session
                .catalog()
                .definitions(kind)
                .is_complete(),
            "{kind}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_hung_endpoint_hangs_no_screen() {
    let sandbox = Sandbox::demo();
    sandbox.fail(None, 1000, Fault::Hang);
    let mut session = Session::begin(
        sandbox,
        press_line(),
        greengroup::runtime::journal::Journal::nowhere(),
        (80, 24),
    );
    for _ in 0..20 {
        session.wait(Duration::from_secs(10)).await;
        session.press_now("!");
        assert_eq!(session.app.overlays().len(), 1);
        session.press_now("<Esc>");
        assert_eq!(session.app.overlays().len(), 0);
    }
    assert!(matches!(session.app.screen(), Screen::Groups(_)));
}

/// Starts without any connection, and does not wait.
fn begun(fault: Fault) -> Session {
    let sandbox = Sandbox::demo();
    sandbox.fail(None, 1000, fault);
    let journal = greengroup::runtime::journal::Journal::nowhere();
    let launch = greengroup::app::Launch {
        is_sandbox: true,
        ..greengroup::app::Launch::default()
    };
    Session::begin(sandbox, launch, journal, (80, 24))
}

#[rstest]
#[case::refused(Fault::Unreachable, "unreachable")]
#[case::unavailable(Fault::ServerError, "server fault")]
#[tokio::test(start_paused = true)]
async fn failing_endpoint_retries_visibly_and_ends(#[case] fault: Fault, #[case] reason: &str) {
    let mut session = begun(fault);
    session.wait(Duration::from_millis(10)).await;
    let screen = session.screen();
    let (header, body) = screen.split_once('\n').unwrap();
    let words = format!("attempt 2 of 5: {reason}");
    assert!(header.contains(&words), "{screen}");
    let words = format!("ListGroups {words}");
    assert!(body.contains(&words), "{screen}");
    session.wait(Duration::from_secs(60)).await;
    let screen = session.screen();
    assert!(!screen.contains("of 5"), "{screen}");
    session.assert_body("press r");
    assert_eq!(session.attempts("ListGroups").last(), Some(&(5, 5)));
}

#[tokio::test(start_paused = true)]
async fn silent_endpoint_is_awaited_visibly_and_ends() {
    let mut session = begun(Fault::Hang);
    session.wait(Duration::from_secs(2)).await;
    assert!(!session.screen().contains("no answer"));
    session.wait(Duration::from_secs(4)).await;
    session.feed(Event::Ticked);
    session.assert_header(": no answer for 6 s");
    session.assert_body(": no answer for 6 s");
    session.wait(Duration::from_secs(17)).await;
    session.assert_header("attempt 2 of 5: no answer");
    session.assert_body("attempt 2 of 5: no answer");
    session.wait(Duration::from_secs(6)).await;
    session.feed(Event::Ticked);
    session.assert_header("attempt 2 of 5: no answer, waiting 8 s");
    session.assert_body("attempt 2 of 5: no answer, waiting 8 s");
    session.wait(Duration::from_secs(120)).await;
    let screen = session.screen();
    assert!(!screen.contains("of 5"), "{screen}");
    session.assert_body("press r");
}

/// A byte arrives each second, so that no pause is long.
#[tokio::test(start_paused = true)]
async fn slow_drip_is_awaited_visibly_and_ends() {
    let mut session = begun(Fault::Drip);
    session.wait(Duration::from_secs(6)).await;
    session.feed(Event::Ticked);
    let screen = session.screen();
    let (header, body) = screen.split_once('\n').unwrap();
    assert!(header.contains(": answer incomplete for 6 s"), "{screen}");
    let words = "ListGroups: answer incomplete for 6 s";
    assert!(body.contains(words), "{screen}");
    for _ in 0..30 {
        session.wait(Duration::from_secs(10)).await;
        session.press_now("!");
        assert_eq!(session.app.overlays().len(), 1);
        session.press_now("<Esc>");
        assert_eq!(session.app.overlays().len(), 0);
    }
    let screen = session.screen();
    assert!(!screen.contains("incomplete"), "{screen}");
    session.assert_body("press r");
    assert_eq!(session.attempts("ListGroups").last(), Some(&(5, 5)));
    session.sandbox().clear_faults();
    session.press("r").await;
    session.assert_body("press-line-3");
}

/// A session on a press line whose credentials expire after `left`.
async fn with_credentials_for(left: Duration) -> Session {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    let left = i64::try_from(left.as_millis()).unwrap();
    session.feed(Event::Ticked);
    let end = session.app.session.now().milliseconds() + left;
    session.feed(Event::CredentialsExpire(Timestamp::from_milliseconds(end)));
    session
}

#[tokio::test(start_paused = true)]
async fn expiring_credentials_warn_before_the_review() {
    let mut session = with_credentials_for(Duration::from_secs(600)).await;
    session.assert_header("credentials expire in 10 min");
    session.press_now("a");
    assert_eq!(session.screen_name(), "Review");
    let screen = session.screen();
    let footer = screen.lines().last().unwrap_or_default();
    assert!(
        footer.contains("The credentials expire in 10 min") && footer.contains("press R"),
        "{screen}"
    );
    session.wait(Duration::from_secs(600)).await;
    session.feed(Event::Ticked);
    session.assert_header("credentials expired");
}

#[tokio::test(start_paused = true)]
async fn lasting_credentials_are_shown_without_warning() {
    let mut session = with_credentials_for(Duration::from_secs(7200)).await;
    session.assert_header("credentials expire in 2 h");
    session.press_now("a");
    let screen = session.screen();
    assert!(!screen.contains("press R"), "{screen}");
}
