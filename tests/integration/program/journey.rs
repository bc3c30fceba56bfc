//! One function version is replaced by search, and a group version is created, as a user does it.

use std::path::Path;

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::pty::{Finished, Program, Start};

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";
/// The function version of the base, and the one that the search finds.
const FUNCTIONS_BEFORE: &str = "71c0be11";
const FUNCTIONS_AFTER: &str = "88d2f00a";

/// In `press-line-3`: picks another function version by search, and opens Review.
pub(crate) fn to_review(program: &mut Program) -> String {
    program.wait_for("kept 5");
    pick(program, "3", "press-line-3 88d2", FUNCTIONS_AFTER);
    program.wait_for("changed 1");
    program.send("a");
    program.wait_for("Up to date");
    the_one_box(program)
}

/// Review with all contents loaded: before that, another box may be about unchecked contents.
pub(crate) fn the_one_box(program: &Program) -> String {
    program.wait_until("the one box", |screen| {
        let shown = screen.contents();
        shown.contains("[ ] finding 1 is blocking") && shown.matches("[ ]").count() == 1
    })
}

/// Opens a pane, searches, and picks the row with `short` once the cursor is on it.
pub(crate) fn pick(program: &mut Program, pane: &str, search: &str, short: &str) {
    program.send(format!("{pane}/{search}"));
    program.wait_until(short, |screen| {
        let shown = screen.contents();
        let mut rows = shown.lines();
        shown.contains(search) && rows.any(|row| row.contains("> ") && row.contains(short))
    });
    program.send("\r");
}

/// In Review: ticks the only box, moves to Create and presses it.
pub(crate) fn acknowledge_and_create(program: &mut Program) {
    // The cursor does not automatically move to a box that replaced another.
    program.send("\x1b[B ");
    program.wait_for("Ready. Create");
    program.send("\t");
    program.wait_for("> Create");
    confirm(program);
}

/// Presses the focused button, which has no effect in the first moment.
pub(crate) fn confirm(program: &mut Program) {
    program.press_until("\r", "what follows Create", |screen| {
        !screen.contents().contains("Ready. ")
    });
}

/// In the question about quitting: presses Quit, which has no effect immediately after another key.
pub(crate) fn press_quit(program: &mut Program) {
    program.send("\t");
    program.wait_for("> Quit <");
    program.press_until("\r", "the end", |screen| {
        !screen.contents().contains("> Quit <")
    });
}

/// The entire journey on a copy of the demo account in a file, with standard output in a file too.
fn journey(output: &str) -> Finished {
    let account = include_str!("../../../assets/demo-account.json");
    let line = format!("--sandbox=account.json --group press-line-3 --output {output}");
    let start = Start::with(&line).file("account.json", account);
    let mut program = start.into_file().run();
    let review = to_review(&mut program);
    assert!(review.contains("CHANGED 3 function"), "{review}");
    assert!(review.contains(FUNCTIONS_BEFORE) && review.contains(FUNCTIONS_AFTER));
    acknowledge_and_create(&mut program);
    let outcome = program.wait_for("CREATED");
    assert!(outcome.contains("Nothing is deployed yet"), "{outcome}");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    finished.assert_given_back();
    assert_eq!(
        finished.screen.contents().trim(),
        "",
        "standard output is not the terminal"
    );
    assert_eq!(finished.output.lines().count(), 1, "{}", finished.output);
    finished
}

/// The latest version of the group in the account file: ARN, time, id of the group, version.
fn latest(home: &Path) -> [String; 4] {
    let sandbox = Sandbox::open(&home.join("account.json")).unwrap();
    sandbox.account(|account| {
        let version = account.group(GROUP).unwrap().latest().unwrap();
        let function = version.holds[DefinitionKind::Function].as_ref();
        let function = function.unwrap();
        assert!(function.contains(FUNCTIONS_AFTER), "{function}");
        [&version.arn, &version.created, GROUP, &version.id].map(ToString::to_string)
    })
}

#[test]
fn json_receipt_has_the_answer_members() {
    let finished = journey("json");
    let receipt: Value = serde_json::from_str(&finished.output).unwrap();
    let [arn, created, id, version] = latest(finished.home.path());
    let expected = json!({"Arn": arn, "CreationTimestamp": created, "Id": id, "Version": version});
    assert_eq!(receipt, expected);
}

#[test]
fn text_receipt_has_aws_cli_order() {
    let finished = journey("text");
    assert_eq!(
        finished.output.trim_end(),
        latest(finished.home.path()).join("\t")
    );
}

#[test]
fn as_arn_the_receipt_is_the_arn_alone() {
    let finished = journey("arn");
    let [arn, ..] = latest(finished.home.path());
    assert_eq!(finished.output, format!("{arn}\n"));
}

#[test]
fn receipt_on_terminal_follows_the_screen() {
    let mut program = Start::with("--sandbox --group press-line-3 --output arn")
        .size(140, 24)
        .run();
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    finished.assert_given_back();
    let shown = finished.screen.contents();
    assert!(
        shown.starts_with("arn:aws:greengrass:eu-central-1:111122223333:/greengrass/groups/"),
        "{shown}"
    );
    assert_eq!(shown.lines().count(), 1, "{shown}");
}

#[test]
fn group_is_found_by_search() {
    let mut program = Start::with("--sandbox").run();
    program.wait_for("press-line-1");
    program.send("/press 3");
    program.wait_for("/ press 3");
    program.send("\r");
    program.wait_for("base 9f8e21c0");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.output.as_str()), (130, ""));
}

#[test]
fn unchanged_quit_reports_nothing_created() {
    let mut program = Start::with("--sandbox --group press-line-3")
        .into_file()
        .run();
    program.wait_for("kept 5");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.output.as_str()), (130, ""));
    assert_eq!(finished.complaint, "");
    finished.assert_given_back();
}

#[test]
fn with_a_change_q_asks_once() {
    let mut program = Start::with("--sandbox --group press-line-3").run();
    program.wait_for("kept 5");
    program.send("3x");
    program.wait_for("dropped 1");
    program.send("q");
    program.wait_for("> Stay <");
    program.send("\r");
    program.wait_until("the question is gone", |screen| {
        !screen.contents().contains("> Stay <")
    });
    program.send("q");
    program.wait_for("> Stay <");
    press_quit(&mut program);
    assert_eq!(program.finish().status, 130);
}

#[test]
fn dry_run_prints_request_and_sends_nothing() {
    let account = include_str!("../../../assets/demo-account.json");
    let line = "--sandbox=account.json --group press-line-3 --dry-run --output json";
    let start = Start::with(line).file("account.json", account).into_file();
    let mut program = start.run();
    program.wait_for("DRY RUN");
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    program.wait_for("Nothing was sent");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    let request: Value = serde_json::from_str(&finished.output).unwrap();
    let members: Vec<&String> = request.as_object().unwrap().keys().collect();
    let expected = ["Core", "Function", "Logger", "Resource", "Subscription"];
    let mut found: Vec<&str> = members
        .iter()
        .map(|name| name.trim_end_matches("DefinitionVersionArn"))
        .collect();
    found.sort_unstable();
    assert_eq!(found, expected);
    assert!(
        request["FunctionDefinitionVersionArn"]
            .as_str()
            .unwrap()
            .contains(FUNCTIONS_AFTER)
    );
    let left = std::fs::read_to_string(finished.home.path().join("account.json")).unwrap();
    assert_eq!(left, account, "a rehearsal changes nothing");
}

#[test]
fn read_only_has_no_way_to_create() {
    let account = include_str!("../../../assets/demo-account.json");
    let line = "--sandbox=account.json --group press-line-3 --read-only";
    let mut program = Start::with(line).file("account.json", account).run();
    program.wait_for("READ-ONLY");
    let review = to_review(&mut program);
    assert!(
        review.contains("READ-ONLY") && !review.contains("Create "),
        "{review}"
    );
    // The keys that create elsewhere, then keys that only close Review.
    program.send(" \t\r \x1b[C\r");
    program.wait_for("READ-ONLY");
    program.signal(rustix::process::Signal::TERM);
    let finished = program.finish();
    assert_eq!(finished.output, "");
    let left = std::fs::read_to_string(finished.home.path().join("account.json")).unwrap();
    assert_eq!(left, account);
}

#[test]
fn text_is_saved_in_working_directory() {
    let mut program = Start::with("--sandbox --group press-line-3").run();
    program.wait_for("kept 5");
    program.send("3p");
    program.wait_for("\"FunctionArn\"");
    program.send("s");
    let screen = program.wait_until("the name of the file", |screen| {
        let shown = screen.contents();
        shown.contains("Saved as greengroup-function-71c0be11-") && shown.contains(".txt.")
    });
    program.send("\x03");
    let finished = program.finish();
    let file = screen
        .split("Saved as ")
        .nth(1)
        .unwrap()
        .split(". ")
        .next()
        .unwrap();
    let file = file.trim().trim_end_matches('.');
    let saved = std::fs::read_to_string(finished.home.path().join(file)).unwrap();
    let content: Value = serde_json::from_str(&saved).unwrap();
    assert!(content["Functions"].is_array(), "{saved}");
}
