//! An account file that another program writes while a group is open.

use std::fs;
use std::path::PathBuf;

use greengroup::app::exit::Exit;
use greengroup::app::submission::StepState;
use greengroup::domain::{Certainty, Timestamp};
use greengroup::sandbox::{Account, Moment, Sandbox, account_file, write_account};
use tempfile::TempDir;

use super::{Machine, PICK, YES};

/// The demo account in a file, open in a sandbox.
fn shared() -> (TempDir, PathBuf, Sandbox) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("account.json");
    write_account(&file, &Sandbox::demo().account(Account::clone)).unwrap();
    let sandbox = Sandbox::open(&file).unwrap();
    (folder, file, sandbox)
}

#[tokio::test(start_paused = true)]
async fn file_made_unreadable_refuses_creation_and_nothing_changes() {
    let (_folder, file, sandbox) = shared();
    let machine = Machine::new();
    let mut session = machine.start(&sandbox).await;
    session.press(PICK).await;
    session.press("a<Tab><Space>").await;
    fs::write(&file, "{}").unwrap();
    session.press("<Enter>").await;
    let StepState::Failed(error) = &session.outcome().state else {
        panic!("{:?}", session.outcome());
    };
    assert_eq!(error.code.as_deref(), Some("AccountFileException"));
    assert_eq!(error.certainty, Certainty::NotExecuted);
    session.assert_body("FAILED");
    session.assert_body("Nothing was changed: the account file");
    assert_eq!(fs::read_to_string(&file).unwrap(), "{}");
    assert_eq!(machine.drafts().len(), 1, "the draft is kept");
    session.press("q").await;
    session.press(YES).await;
    assert_eq!(session.exit, Some(Exit::Failed));
}

#[tokio::test(start_paused = true)]
async fn reload_shows_versions_of_other_programs() {
    let (_folder, file, sandbox) = shared();
    let machine = Machine::new();
    let mut session = machine.start(&sandbox).await;
    let group = session.group_id();
    let mut account = account_file::read(&fs::read(&file).unwrap()).unwrap();
    let mut moment = Moment::seeded(7, "2026-05-02T07:59:00Z".parse::<Timestamp>().unwrap());
    let slots = account
        .group(&group)
        .unwrap()
        .latest()
        .unwrap()
        .holds
        .clone();
    let version = account.create_group_version(&mut moment, &group, slots);
    let version = version.unwrap().id.to_string();
    write_account(&file, &account).unwrap();
    session.press("R").await;
    let latest = format!("the latest is {}", &version[..8]);
    session.assert_header(&latest);
}
