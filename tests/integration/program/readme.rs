//! The walkthrough of the README, typed from its text.

use super::journey::confirm;
use crate::support::pty::{Program, Start};

const README: &str = include_str!("../../../README.md");

/// The keys of the numbered steps in order.
fn keys() -> Vec<&'static str> {
    let steps = README.split("## Try it").nth(1).unwrap();
    let steps = steps.split("## Words").next().unwrap();
    let first = steps.find("\n1. ").unwrap();
    let quoted = steps[first..].split('`').skip(1).step_by(2);
    // The names of functions are quoted as well.
    quoted.filter(|text| !text.starts_with("cam:")).collect()
}

/// Types a key of the README and waits for its effect.
fn press(program: &mut Program, key: &str, then: &str) {
    let bytes = match key {
        "Enter" => "\r",
        "Right" => "\x1b[C",
        "Esc" => "\x1b",
        text => text,
    };
    program.send(bytes);
    program.wait_for(then);
}

#[test]
fn readme_walk_ends_in_a_sound_version() {
    let expected = [
        ("/press-line-3", "/ press-line-3"),
        ("Enter", "kept 5"),
        ("3", "own first"),
        ("/88d2", "88d2f00a"),
        ("Enter", "changed 1"),
        ("n", "6 subscription  kept"),
        ("f", "> pick press-line-3-subs d6884b81"),
        ("Enter", "changed 2"),
        ("a", "No findings."),
        ("Right", "> Create"),
        ("Enter", "CREATED"),
        ("D", "deploy "),
        ("Right", "> Deploy"),
        ("Enter", "Success"),
        ("Esc", "CREATED"),
        ("q", ""),
    ];
    assert_eq!(keys(), expected.map(|(key, _)| key));
    let mut program = Start::with("--sandbox").size(80, 24).run();
    program.wait_for("press-line-3");
    for (key, then) in expected {
        match (key, then) {
            ("q", _) => program.send(key),
            // A button has no effect in the first moment after it has appeared.
            ("Enter", "CREATED" | "Success") => {
                confirm(&mut program);
                program.wait_for(then);
            }
            (key, then) if key.starts_with("/88d2") => {
                program.send(key);
                program.wait_until("the row", |screen| {
                    let shown = screen.contents();
                    let mut rows = shown.lines();
                    rows.any(|row| row.contains("> ") && row.contains(then))
                });
            }
            (key, then) => press(&mut program, key, then),
        }
        if key == "a" {
            program.wait_for("Up to date");
            assert!(!program.screen().contains("[ ]"), "nothing to acknowledge");
        }
    }
    let finished = program.finish();
    assert_eq!(finished.status, 0);
    assert!(
        finished.complaint.contains("succeeded"),
        "{}",
        finished.complaint
    );
    let printed = finished.screen.contents().replace('\n', "");
    assert!(
        printed.contains("cfe25d79-95b2-4438-b0ad-41ddccd688af/versions/"),
        "{printed}"
    );
}
