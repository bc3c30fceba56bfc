//! New definition versions after a failure: none is lost with the program, and none is created twice.

use std::time::Duration;

use greengroup::domain::{DefinitionKind, NewVersion};
use greengroup::sandbox::{Fault, Operation, Sandbox};
use rstest::rstest;

use super::Machine;
use crate::support::session::Session;

const FUNCTIONS: Operation = Operation::CreateDefinitionVersion(DefinitionKind::Function);
const SUBSCRIPTIONS: Operation = Operation::CreateDefinitionVersion(DefinitionKind::Subscription);

/// Replaces the function `cam:12` by `cam:14`, which no version has.
async fn start(machine: &Machine, sandbox: &Sandbox) -> Session {
    let mut session = machine.start(sandbox).await;
    session.edit_with(|text| text.replace(":12\"", ":14\""));
    session
}

/// The number of versions of the functions and the subscriptions in the account.
fn count(sandbox: &Sandbox) -> [usize; 2] {
    [DefinitionKind::Function, DefinitionKind::Subscription].map(|kind| {
        sandbox.account(|account| {
            let definitions = account.definitions(kind).iter();
            definitions.map(|one| one.versions().len()).sum()
        })
    })
}

fn assert_has_written(session: &Session) {
    let screen = session.screen();
    let words: Vec<&str> = screen.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("has 1 NEW version in no slot."), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn a_version_outside_its_slot_is_offered_again() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = start(&machine, &sandbox).await;
    session.press("3e=").await;
    let written: Vec<NewVersion> = session.draft().new_versions().cloned().collect();
    assert_eq!((written.len(), session.draft().differs()), (1, false));
    drop(session);
    let mut session = start(&machine, &sandbox).await;
    assert_has_written(&session);
    session.press("<Enter>3").await;
    assert!(session.draft().new_versions().eq(&written));
    session.assert_body("NEW-");
    session.press("q").await;
    assert_has_written(&session);
}

/// Killed during each of the three requests, before and after its effect.
#[rstest]
#[case::first_before(FUNCTIONS, Fault::Hang, [0, 0])]
#[case::first_after(FUNCTIONS, Fault::HangAfter, [1, 0])]
#[case::second_before(SUBSCRIPTIONS, Fault::Hang, [1, 0])]
#[case::second_after(SUBSCRIPTIONS, Fault::HangAfter, [1, 1])]
#[case::third_before(Operation::CreateGroupVersion, Fault::Hang, [1, 1])]
#[tokio::test(start_paused = true)]
async fn change_killed_between_requests_is_finished(
    #[case] operation: Operation,
    #[case] fault: Fault,
    #[case] made: [usize; 2],
) {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let [functions, subscriptions] = count(&sandbox);
    let mut session = start(&machine, &sandbox).await;
    let versions = session.count_versions();
    session.press("3e6ea").await;
    sandbox.fail(operation, 1, fault);
    session.press_apart("<Right><Enter>").await;
    session.wait(Duration::from_secs(5)).await;
    assert_eq!(
        count(&sandbox),
        [functions + made[0], subscriptions + made[1]]
    );
    let says = format!("{operation} was sent. Waiting for the answer…");
    session.assert_body(&says);
    drop(session);
    let mut session = start(&machine, &sandbox).await;
    // The box is about the version that the killed program created.
    session.press("<Enter>a<Space><Right><Enter>").await;
    session.assert_body("CREATED");
    assert_eq!(count(&sandbox), [functions + 1, subscriptions + 1]);
    assert_eq!(session.count_versions(), versions + 1);
}
