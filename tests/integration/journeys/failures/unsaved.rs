//! A draft that cannot be saved is reported as unsaved, and is saved when the disk allows it.

use std::fs;
use std::time::Duration;

use greengroup::app::event::Event;
use greengroup::app::exit::Exit;
use greengroup::sandbox::{Fault, Operation, Sandbox};

use super::{CREATE, Machine, PICK, YES};
use crate::support::session::Session;

/// Longer than the pause after a failed save.
const SOON: Duration = Duration::from_secs(5);

impl Machine {
    /// Prevents saving until [`Self::free_disk`].
    fn fill_disk(&self) {
        let folder = self.paths().drafts_folder();
        fs::rename(&folder, folder.with_extension("away")).unwrap();
    }

    fn free_disk(&self) {
        let folder = self.paths().drafts_folder();
        fs::rename(folder.with_extension("away"), &folder).unwrap();
    }
}

/// Two changes on a disk that accepts only the first.
async fn unsaved(machine: &Machine) -> Session {
    let mut session = machine.start(&Sandbox::demo()).await;
    session.press(PICK).await;
    machine.fill_disk();
    session.press_now("7x");
    session.wait(SOON).await;
    session
}

#[tokio::test(start_paused = true)]
async fn failed_save_is_shown_and_retried() {
    let machine = Machine::new();
    let mut session = unsaved(&machine).await;
    for size in [(60, 15), (80, 24), (200, 50)] {
        session.resize_now(size);
        session.assert_header("draft not saved");
    }
    let draft = session.draft().clone();
    machine.free_disk();
    session.wait(SOON).await;
    let screen = session.screen();
    assert!(!screen.contains("not saved"), "{screen}");
    drop(session);
    let mut session = machine.start(&Sandbox::demo()).await;
    session.press("<Enter>").await;
    assert_eq!(*session.draft(), draft);
}

#[tokio::test(start_paused = true)]
async fn quit_reports_loss_of_unsaved_draft() {
    let machine = Machine::new();
    let mut session = unsaved(&machine).await;
    session.press_now("q");
    session.assert_body("it is lost");
    session.press_now(YES);
    session.end().await;
    assert_eq!(session.exit, Some(Exit::NothingCreated));
    let message = session.app.session.ending().message.unwrap_or_default();
    assert!(
        message.starts_with("the draft of press-line-3 is not saved: "),
        "{message}"
    );
}

#[tokio::test(start_paused = true)]
async fn quitting_tries_once_more_to_save() {
    let machine = Machine::new();
    let mut session = unsaved(&machine).await;
    machine.free_disk();
    session.feed(Event::Terminated);
    session.end().await;
    assert_eq!(session.app.session.ending().message, None);
    assert_eq!(machine.drafts().len(), 1);
    drop(session);
    let session = machine.start(&Sandbox::demo()).await;
    session.assert_body("logger DROPPED");
}

/// No slot differs any more, and redo still works.
#[tokio::test(start_paused = true)]
async fn undone_change_is_saved_after_rereading_the_file() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    machine.fill_disk();
    session.press_now("7xu");
    session.wait(Duration::from_millis(500)).await;
    machine.free_disk();
    session.press_now("R");
    session.wait(Duration::from_secs(1)).await;
    assert!(!session.draft().is_begun() && session.draft().can_redo());
    assert_eq!(machine.drafts().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn damaged_draft_is_named_at_the_design_size() {
    let machine = Machine::new();
    let mut session = machine.start(&Sandbox::demo()).await;
    session.press(PICK).await;
    drop(session);
    let path = machine.paths().drafts_folder().join(&machine.drafts()[0]);
    fs::write(path, "{").unwrap();
    let session = machine.start(&Sandbox::demo()).await;
    session.assert_header("damaged draft");
}

/// The version is created, but the line with the outcome cannot be written.
#[tokio::test(start_paused = true)]
async fn outcome_missing_in_history_is_reported() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    sandbox.fail(Operation::CreateGroupVersion, 1, Fault::Delay(SOON));
    session.press_apart(CREATE).await;
    session.wait(Duration::from_secs(1)).await;
    let history = machine.paths().history_file();
    fs::remove_file(&history).unwrap();
    fs::create_dir(&history).unwrap();
    session.wait(SOON).await;
    assert_eq!(session.screen_name(), "Outcome");
    let said = "The history was not written: Is a directory";
    session.assert_body(said);
    session.press("<Esc>q").await;
    session.end().await;
    let message = session.app.session.ending().message.unwrap();
    assert!(
        message.contains(&said.to_lowercase().replace("is a", "Is a")),
        "{message}"
    );
    assert_eq!(session.exit, Some(Exit::Created));
}
