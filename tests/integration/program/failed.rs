//! A failed creation: the exit status and the messages of the real program, for scripts.

use greengroup::sandbox::{Fault, Operation, Sandbox};

use super::journey::{acknowledge_and_create, press_quit, to_review};
use crate::support::pty::{Finished, Start};
use crate::support::served::Served;

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";

/// Creates over a server with this fault, waits for the outcome and closes it.
fn left(fault: Fault, outcome: &str) -> Finished {
    let sandbox = Sandbox::demo();
    sandbox.fail(Operation::CreateGroupVersion, 1, fault);
    let served = Served::start(sandbox);
    let start = Start::with("--group press-line-3 --output arn --endpoint-url");
    let start = start.argument(&served.endpoint).credentials().into_file();
    let mut program = start.run();
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    program.wait_for(outcome);
    program.send("q");
    program.wait_for("> Stay <");
    press_quit(&mut program);
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.output, "", "there is no receipt");
    finished
}

#[test]
fn refused_create_exits_1_with_reason() {
    let finished = left(Fault::Deny, "FAILED");
    let complaint = &finished.complaint;
    let start = "greengroup: no version of press-line-3 was created: CreateGroupVersion: 403 AccessDeniedException: ";
    assert!(complaint.starts_with(start), "{complaint}");
    let end = format!("; the draft is kept, start again with --group {GROUP}\n");
    assert!(complaint.ends_with(&end), "{complaint}");
    assert_eq!((complaint.lines().count(), finished.status), (1, 1));
}

#[test]
fn unknown_outcome_exits_3_with_advice() {
    let finished = left(Fault::CutBefore, "UNKNOWN");
    assert_eq!(
        finished.complaint,
        format!(
            "greengroup: a CreateGroupVersion of press-line-3 was sent and its outcome is unknown; before sending it \
             again see aws greengrass list-group-versions --group-id {GROUP}; the request is in history.jsonl\n"
        )
    );
    assert_eq!(finished.status, 3);
    let history = finished
        .home
        .path()
        .join(".local/state/greengroup/history.jsonl");
    let history = std::fs::read_to_string(history).unwrap();
    assert!(history.contains(GROUP), "{history}");
}
