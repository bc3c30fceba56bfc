//! The program ends, or its history cannot be written, during a request: its outcome is known afterwards.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use greengroup::app::event::Event;
use greengroup::app::exit::Exit;
use greengroup::app::submission::StepState;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Fault, Ids, Operation, Sandbox};
use rstest::rstest;
use serde_json::Value;

use super::{CREATE, Machine, PICK, YES, press_line};
use crate::support::session::Session;

const CREATION: Operation = Operation::CreateGroupVersion;

/// How the program ends.
#[derive(Debug, Clone, Copy)]
enum Leaving {
    Quit,
    HangUp,
}

impl Leaving {
    async fn of(self, session: &mut Session) {
        match self {
            Self::Quit => {
                session.press_apart("q").await;
                session.press_apart(YES).await;
            }
            Self::HangUp => session.feed(Event::Terminated),
        }
    }
}

/// A session with a request in flight that has this fault.
async fn sending(machine: &Machine, sandbox: &Sandbox, fault: Fault) -> Session {
    let mut session = machine.start(sandbox).await;
    session.press(PICK).await;
    session.press("a<Tab><Space>").await;
    sandbox.fail(CREATION, 1, fault);
    session.press_now("<Enter>");
    session.wait(Duration::from_secs(1)).await;
    assert_eq!(sandbox.traffic(|traffic| traffic.count(CREATION)), 1);
    session
}

/// Starts in a size with room for every fact of the header.
async fn start_wide(machine: &Machine, sandbox: &Sandbox) -> Session {
    let journal = Journal::at(&machine.paths());
    Session::start_with(sandbox.clone(), press_line(), journal, (160, 24)).await
}

fn outcomes(machine: &Machine) -> Vec<Value> {
    let history = machine.history();
    history.iter().map(|line| line["outcome"].clone()).collect()
}

#[rstest]
#[tokio::test(start_paused = true)]
async fn an_answer_that_is_near_is_waited_for(
    #[values(Leaving::Quit, Leaving::HangUp)] leaving: Leaving,
) {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let near = Fault::Delay(Duration::from_secs(4));
    let mut session = sending(&machine, &sandbox, near).await;
    leaving.of(&mut session).await;
    assert_eq!(session.exit, Some(Exit::OutcomeUnknown));
    session.end().await;
    assert_eq!(session.exit, Some(Exit::Created));
    assert_eq!(session.app.session.submissions().created().count(), 1);
    assert_eq!(outcomes(&machine), [Value::Null, "created".into()]);
    assert_eq!(machine.drafts(), [""; 0], "the draft is over");
    drop(session);
    let session = start_wide(&machine, &sandbox).await;
    assert_eq!(session.work().unconfirmed, None);
}

/// A session that ended during its request, before the response.
async fn ended_unheard(machine: &Machine, sandbox: &Sandbox, silence: Fault) {
    let mut session = sending(machine, sandbox, silence).await;
    let begun = tokio::time::Instant::now();
    session.feed(Event::Terminated);
    session.end().await;
    assert_eq!(begun.elapsed(), Duration::from_secs(5), "and no longer");
    assert_eq!(session.exit, Some(Exit::OutcomeUnknown));
    assert_eq!(outcomes(machine), [Value::Null]);
    sandbox.clear_faults();
}

#[tokio::test(start_paused = true)]
async fn unconfirmed_success_is_reported_at_next_start() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    Box::pin(ended_unheard(&machine, &sandbox, Fault::HangAfter)).await;
    let session = start_wide(&machine, &sandbox).await;
    session.assert_header("the latest version has the sent slots 2");
    assert!(session.app.overlays().is_empty(), "the draft came true");
}

#[tokio::test(start_paused = true)]
async fn lost_request_is_reported_until_another_follows() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    Box::pin(ended_unheard(&machine, &sandbox, Fault::Hang)).await;
    let mut session = start_wide(&machine, &sandbox).await;
    session.assert_header("outcome unknown, sent 2");
    session.assert_body("It was sent 2");
    session.press("<Enter>").await;
    session.press("a<Tab><Space><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    assert_eq!(session.work().unconfirmed, None);
    drop(session);
    let session = start_wide(&machine, &sandbox).await;
    assert_eq!(session.work().unconfirmed, None);
}

#[tokio::test(start_paused = true)]
async fn exit_without_open_request_does_not_wait() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    let begun = tokio::time::Instant::now();
    session.feed(Event::Terminated);
    session.end().await;
    assert_eq!(begun.elapsed(), Duration::ZERO);
    assert_eq!(session.exit, Some(Exit::NothingCreated));
}

#[tokio::test(start_paused = true)]
async fn late_version_is_in_the_history() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    sandbox.fail(CREATION, 1, Fault::CutBefore);
    session.press(CREATE).await;
    let unknown = Value::from("unknown");
    assert_eq!(
        outcomes(&machine),
        [Value::Null, unknown.clone(), unknown.clone()]
    );
    let sent = session.draft().slots().clone();
    session.somebody_creates(|slots, _| {
        for (kind, arn) in sent.filled() {
            slots[kind] = Some(arn.as_str().into());
        }
    });
    session.press("r").await;
    assert!(session.outcome().created().is_some());
    assert_eq!(
        outcomes(&machine),
        [Value::Null, unknown.clone(), unknown, "created".into()]
    );
}

/// Create was pressed, and the history cannot be written.
async fn unrecorded(machine: &Machine, sandbox: &Sandbox) -> Session {
    let mut session = machine.start(sandbox).await;
    session.press(PICK).await;
    session.press("a<Tab><Space>").await;
    std::fs::create_dir(machine.paths().history_file()).unwrap();
    session.press("<Enter>").await;
    session
}

#[tokio::test(start_paused = true)]
async fn unwritable_history_is_acknowledged_before_sending() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = unrecorded(&machine, &sandbox).await;
    assert_eq!(session.screen_name(), "Review");
    session.assert_body("[ ] no line in the history");
    assert_eq!(sandbox.traffic(|traffic| traffic.count(CREATION)), 0);
    session.press("<Enter>").await;
    assert_eq!(sandbox.traffic(|traffic| traffic.count(CREATION)), 0);
    session.press("<Down><Down><Down><Space><Enter>").await;
    let state = &session.outcome().state;
    assert!(matches!(state, StepState::Created(_)), "{state:?}");
    assert_eq!(sandbox.traffic(|traffic| traffic.count(CREATION)), 1);
    assert_eq!(session.work().history_error, None);
}

#[tokio::test(start_paused = true)]
async fn writable_history_needs_no_second_acknowledgement() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = unrecorded(&machine, &sandbox).await;
    std::fs::remove_dir(machine.paths().history_file()).unwrap();
    session.press("<Down><Down><Down><Space><Enter>").await;
    let state = &session.outcome().state;
    assert!(matches!(state, StepState::Created(_)), "{state:?}");
    assert_eq!(outcomes(&machine), [Value::Null, "created".into()]);
}

#[tokio::test(start_paused = true)]
async fn credentials_can_be_reloaded_after_the_probe() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.sandbox().fail(CREATION, 1, Fault::CutBefore);
    session.press(CREATE).await;
    assert_eq!(session.screen_name(), "Outcome");
    session.press("R").await;
    assert_eq!(session.screen_name(), "Assemble");
    session.press("q").await;
    session.press(YES).await;
    assert_eq!(session.exit, Some(Exit::OutcomeUnknown));
}

#[tokio::test(start_paused = true)]
async fn next_base_holds_the_sent_slots() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let delayed = Fault::Delay(Duration::from_secs(3));
    let mut session = sending(&machine, &sandbox, delayed).await;
    let sent = session.draft().clone();
    let mut left = sent.clone();
    left.empty(greengroup::domain::DefinitionKind::Logger);
    session.feed(Event::DraftOpened(
        greengroup::app::event::DraftFile::Found {
            draft: Box::new(left),
            saved: session.app.session.now(),
        },
    ));
    session.press_apart("<Enter>").await;
    assert_ne!(session.draft().slots(), sent.slots(), "it was resumed");
    session.settle().await;
    assert!(matches!(session.outcome().state, StepState::Created(_)));
    assert_eq!(session.draft().slots(), sent.slots());
    assert_eq!(&session.draft().base().slots, sent.slots());
}

#[tokio::test(start_paused = true)]
async fn enter_while_awaiting_answer_keeps_the_outcome() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let delayed = Fault::Delay(Duration::from_secs(3));
    let mut session = sending(&machine, &sandbox, delayed).await;
    for _ in 0..20 {
        session.press_now("<Enter>");
        session.wait(Duration::from_millis(200)).await;
    }
    assert_eq!(session.screen_name(), "Outcome");
    session.wait(Duration::from_secs(1)).await;
    session.press("<Enter>").await;
    assert_eq!(session.screen_name(), "Assemble");
}

#[tokio::test(start_paused = true)]
async fn panic_during_request_waits_for_its_answer() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let near = Fault::Delay(Duration::from_secs(4));
    let session = sending(&machine, &sandbox, near).await;
    let ended = Box::pin(session.break_down()).await;
    assert_eq!(ended.exit, Exit::Created);
    assert_eq!(ended.created.len(), 1);
    assert_eq!(outcomes(&machine), [Value::Null, "created".into()]);
}

/// The task that sends the request panics.
#[tokio::test(start_paused = true)]
async fn panic_in_the_request_leaves_its_outcome_unknown() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let late = Fault::Delay(Duration::from_secs(4));
    let mut session = sending(&machine, &sandbox, late).await;
    sandbox.set_clock_and_ids(|| panic!("a defect"), Ids::Random);
    let broken = AssertUnwindSafe(session.wait(Duration::from_secs(5)));
    assert!(broken.catch_unwind().await.is_err());
    let ended = Box::pin(session.break_down()).await;
    assert_eq!(ended.exit, Exit::OutcomeUnknown);
    let messages = ended.messages.join("\n");
    assert!(messages.contains("its outcome is unknown"), "{messages}");
    assert_eq!(outcomes(&machine), [Value::Null]);
    assert_eq!(machine.drafts().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn panic_without_request_saves_draft_and_fails() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    session.press(PICK).await;
    session.press_now("7x");
    let draft = session.draft().clone();
    let ended = Box::pin(session.break_down()).await;
    assert_eq!(ended.exit, Exit::Failed);
    let mut session = machine.start(&sandbox).await;
    session.press("<Enter>").await;
    assert_eq!(*session.draft(), draft);
}
