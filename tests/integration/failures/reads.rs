//! Reads that fail: each in its own place, and the rest goes on.

use std::time::Duration;

use greengroup::app::screen::Screen;
use greengroup::domain::DefinitionKind;
use greengroup::sandbox::{Fault, Operation, Sandbox};

use super::{CREATE, Machine, PICK, press_line};
use crate::session::Session;

#[tokio::test(start_paused = true)]
async fn a_denied_list_leaves_the_other_six_usable_and_its_slot_kept() {
    let sandbox = Sandbox::demo();
    let denied = Operation::ListDefinitions(DefinitionKind::Connector);
    sandbox.fail(denied, 1, Fault::Deny);
    let mut session = Session::start(sandbox, press_line()).await;
    let catalog = &session.app.session.catalog;
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
    let screen = session.screen();
    assert!(screen.contains("AccessDenied"), "{screen}");
    session.press(CREATE).await;
    assert_eq!(session.screen_name(), "Outcome");
    let created = &session.outcome().request.slots;
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
async fn a_slot_whose_list_is_denied_says_kept_and_not_verified() {
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
async fn a_denied_list_is_read_after_all_when_asked_again() {
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
            .catalog
            .definitions(DefinitionKind::Logger)
            .is_complete()
    );
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_leave_the_draft_and_are_read_again() {
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
    sandbox.heal();
    session.press("R").await;
    assert_eq!(*session.draft(), draft);
    assert!(
        session
            .app
            .session
            .catalog
            .definitions(DefinitionKind::Core)
            .is_complete()
    );
    session.press("a<Tab><Space><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome");
    assert_eq!(session.app.session.created.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_throttled_list_waits_and_goes_on_by_itself() {
    let sandbox = Sandbox::demo();
    sandbox.fail(None, 12, Fault::Throttle);
    let session = Session::start(sandbox, press_line()).await;
    assert_eq!(session.screen_name(), "Assemble");
    assert!(session.draft().slots().filled().count() > 0);
    for kind in DefinitionKind::ALL {
        assert!(
            session.app.session.catalog.definitions(kind).is_complete(),
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
    assert!(matches!(session.app.screen(), Some(Screen::Groups(_))));
}
