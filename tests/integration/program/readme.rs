//! The walk through the README, typed as it stands there.

use super::journey::{confirm, the_one_box};
use crate::support::pty::{Program, Start};

const README: &str = include_str!("../../../README.md");

/// The keys of the numbered steps, in order.
fn keys() -> Vec<&'static str> {
    let steps = README.split("## Try it").nth(1).unwrap();
    let steps = steps.split("<img").next().unwrap();
    let first = steps.find("\n1. ").unwrap();
    steps[first..].split('`').skip(1).step_by(2).collect()
}

/// Types what is written, then waits for what should come of it.
fn press(program: &mut Program, key: &str, then: &str) {
    let bytes = match key {
        "Enter" => "\r",
        "Space" => " ",
        "Right" => "\x1b[C",
        text => text,
    };
    program.send(bytes);
    program.wait_for(then);
}

#[test]
fn the_steps_of_the_readme_lead_from_the_list_of_groups_to_a_version() {
    let expected = [
        ("/press-line-3", "/ press-line-3"),
        ("Enter", "kept 5"),
        ("3", "newest first"),
        ("/88d2", "/ 88d2"),
        ("Enter", "changed 1"),
        ("a", "blocks deployment"),
        ("Space", "Nothing is missing"),
        ("Right", "> Create"),
        ("Enter", "CREATED"),
        ("q", ""),
    ];
    assert_eq!(keys(), expected.map(|(key, _)| key));
    let mut program = Start::with("--sandbox").size(80, 24).run();
    program.wait_for("press-line-3");
    for (key, then) in expected {
        match then {
            "" => program.send(key),
            // The button does nothing for a moment after Review has opened.
            "CREATED" => confirm(&mut program),
            then => press(&mut program, key, then),
        }
        if then == "blocks deployment" {
            program.wait_for("has not moved");
            the_one_box(&program);
        } else if then == "/ 88d2" {
            program.wait_until("the row", |screen| {
                let shown = screen.contents();
                shown
                    .lines()
                    .any(|row| row.contains("> ") && row.contains("88d2f00a"))
            });
        } else if then == "CREATED" {
            program.wait_for(then);
        }
    }
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    let printed = finished.screen.contents().replace('\n', "");
    assert!(
        printed.contains("cfe25d79-95b2-4438-b0ad-41ddccd688af/versions/"),
        "{printed}"
    );
}
