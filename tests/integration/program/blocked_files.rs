//! A file that blocks, or that another program keeps locked, blocks neither the keys nor the end.

use std::fs;
use std::path::Path;
use std::process::Command;

use greengroup::domain::{Base, Draft, GroupId, Timestamp};
use greengroup::runtime::files::Paths;
use greengroup::runtime::files::drafts::{DraftKey, Drafts, SavedDraft};
use greengroup::sandbox::Sandbox;
use rstest::rstest;
use rustix::process::Signal;

use super::journey::{acknowledge_and_create, confirm, to_review};
use crate::support::disk::Disk;
use crate::support::pty::Start;
use crate::support::served::Served;

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";
const ACCOUNT: &str = include_str!("../../../assets/demo-account.json");

fn paths(home: &Path) -> Paths {
    let paths =
        Paths::from_environment(|name| (name == "HOME").then(|| home.as_os_str().to_owned()))
            .unwrap();
    paths.prepare().unwrap();
    paths
}

fn make_pipe(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// The path of the draft of the group in the account file.
fn draft_file(home: &Path) -> std::path::PathBuf {
    let key = DraftKey::new("111122223333", "eu-central-1", None, GroupId::new(GROUP));
    let saved = SavedDraft {
        draft: Draft::new(key.group().clone(), Base::default()),
        saved: Timestamp::from_milliseconds(0),
        key,
    };
    let folder = paths(home).drafts_folder();
    Drafts::in_folder(folder.clone()).save(&saved).unwrap();
    let file = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    fs::remove_file(file.path()).unwrap();
    file.path()
}

fn started() -> Start {
    Start::with("--sandbox=account.json --group press-line-3").file("account.json", ACCOUNT)
}

#[rstest]
#[case::draft("json")]
#[case::lock("lock")]
#[case::history("history.jsonl")]
#[case::log("greengroup.log")]
fn pipe_as_file_stops_no_key(#[case] file: &str) {
    let start = started();
    let draft = draft_file(start.home());
    let pipe = match file {
        "json" | "lock" => draft.with_extension(file),
        name => paths(start.home()).state_folder().join(name),
    };
    make_pipe(&pipe);
    let mut program = start.run();
    program.wait_for("kept 5");
    program.send("3x");
    program.wait_for("dropped 1");
    program.signal(Signal::TERM);
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 130);
}

#[rstest]
#[case("--config pipe --sandbox", "pipe")]
#[case("--sandbox=pipe", "pipe")]
#[case("serve pipe", "pipe")]
#[case("--sandbox", ".config/greengroup/config.toml")]
fn pipe_as_file_read_at_start_is_refused(#[case] arguments: &str, #[case] pipe: &str) {
    let start = Start::with(arguments);
    make_pipe(&start.home().join(pipe));
    let finished = start.run().finish();
    assert_eq!(finished.status, 2, "{}", finished.complaint);
    assert!(
        finished.complaint.contains("not a regular file"),
        "{}",
        finished.complaint
    );
}

/// The lock simulates a file system that hangs.
#[test]
fn locked_history_delays_neither_keys_nor_terminal() {
    let start = started();
    let history = paths(start.home()).history_file();
    let file = fs::File::create(&history).unwrap();
    file.lock().unwrap();
    let mut program = start.run();
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    program.send("?");
    program.wait_for("help");
    program.signal(Signal::TERM);
    program.wait_until("the shell's screen", |screen| !screen.alternate_screen());
    program.finish().assert_given_back();
}

#[cfg(target_os = "linux")]
#[test]
fn hung_disk_stops_no_key_and_loses_drafts() {
    let disk = Disk::that_hangs();
    let mut program = started().variable("LD_PRELOAD", disk.library()).run();
    program.wait_for("kept 5");
    program.send("3x");
    program.wait_for("dropped 1");
    program.wait_for("draft not saved");
    program.send("7x");
    program.wait_for("dropped 2");
    program.send("q");
    program.wait_for("it is lost");
    program.signal(Signal::TERM);
    program.wait_until("the shell's screen", |screen| !screen.alternate_screen());
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 130);
    let lost = "the draft of press-line-3 is not saved: the disk does not answer";
    assert!(finished.complaint.contains(lost), "{}", finished.complaint);
}

/// The box of the history that cannot be written appears. With its tick, the request is sent without a line.
#[cfg(target_os = "linux")]
#[test]
fn hung_history_is_acknowledged_before_sending() {
    let served = Served::start(Sandbox::demo());
    let start = Start::with("--group press-line-3 --endpoint-url");
    let start = start.argument(&served.endpoint).credentials();
    let disk = Disk::that_hangs();
    let mut program = start.variable("LD_PRELOAD", disk.library()).run();
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    program.wait_for("Nothing was sent");
    program.wait_for("[ ] no line in the history");
    program.send("\x1b[B\x1b[B\x1b[B ");
    program.wait_for("Ready. Create");
    confirm(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!(finished.status, 0, "{}", finished.complaint);
}
