//! One function version is exchanged by search and a group version created, as a person does it.

use crate::pty::{Program, Start};
use rstest::rstest;
use serde_json::Value;

/// Opens `press-line-3`, exchanges its function version by search, and goes to Review.
pub(super) fn to_review(program: &mut Program) -> String {
    program.wait_for("3 function");
    program.wait_for("kept 5");
    program.send("3/press");
    program.wait_for("/ press");
    program.send("\x1b[B\r");
    program.wait_for("changed 1");
    program.send("a");
    program.wait_for("to acknowledge");
    program.wait_until("the group has been read once more", |screen| {
        screen.contents().contains("has not moved")
    })
}

/// On Review: ticks the one box, moves to Create and presses it.
pub(super) fn acknowledge_and_create(program: &mut Program) {
    program.send(" ");
    program.wait_for("Nothing is missing");
    program.send("\t");
    program.wait_for("> Create <");
    program.send("\r");
}

#[rstest]
fn the_receipt_is_the_answer_of_the_api(#[values("json", "text", "arn")] output: &str) {
    let line = format!("--sandbox --group press-line-3 --output {output}");
    let mut program = Start::with(&line).into_file().run();
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    let outcome = program.wait_for("CREATED");
    assert!(outcome.contains("Nothing is deployed yet"), "{outcome}");
    program.send("q");
    let finished = program.finish();
    println!("{}", finished.output);
    assert_eq!(finished.status, 0);
    assert_eq!(finished.complaint, "");
    finished.assert_given_back();
    println!("{}", finished.output);
}
