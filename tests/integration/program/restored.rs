//! The terminal is restored on every path, and its changes lose nothing.

use std::net::TcpListener;
use std::time::Duration;

use greengroup::greengrass::Timeouts;
use rstest::rstest;
use rustix::process::Signal;

use super::journey::to_review;
use crate::support::pty::{Program, Start};

fn opened() -> Program {
    let program = Start::with("--sandbox --group press-line-3").run();
    program.wait_for("kept 5");
    program.wait_until("the entire screen is taken", |screen| {
        screen.alternate_screen() && screen.bracketed_paste()
    });
    program
}

#[rstest]
#[case(Signal::TERM)]
#[case(Signal::HUP)]
fn a_signal_gives_the_terminal_back(#[case] signal: Signal) {
    let program = opened();
    program.signal(signal);
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!((finished.status, finished.output.as_str()), (130, ""));
}

#[test]
fn an_interrupt_from_outside_is_the_key() {
    let mut program = opened();
    program.send("3x");
    program.wait_for("dropped 1");
    program.signal(Signal::INT);
    program.wait_for("> Stay <");
    program.signal(Signal::INT);
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 130);
}

#[test]
fn late_error_restores_the_terminal() {
    let program = Start::with("--sandbox --group nowhere").run();
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 2);
    assert!(
        finished.complaint.contains("no group is called"),
        "{}",
        finished.complaint
    );
}

#[test]
fn paste_on_review_confirms_nothing() {
    let mut program = opened();
    to_review(&mut program);
    program.send(" ");
    program.wait_for("Ready. Create");
    program.send("\t");
    program.wait_for("> Create");
    program.send("\x1b[200~y\r\rq\x1b[201~");
    // The response to a key after the paste shows that the paste has been handled.
    program.send("\x1b[D");
    let review = program.wait_for("> Cancel <");
    assert!(review.contains("Review"), "{review}");
    program.signal(Signal::TERM);
    let finished = program.finish();
    assert_eq!((finished.status, finished.output.as_str()), (130, ""));
}

/// A frame may have the terminal's new size before its signal arrives. Here it never arrives.
#[test]
#[cfg(target_os = "linux")]
fn keys_follow_the_size_on_the_screen() {
    let blocked = r#"exec env --block-signal=WINCH "$0" "$@" 2>"$STANDARD_ERROR""#;
    let start = Start::with("--sandbox --group press-line-3").size(200, 60);
    let mut program = start.script(blocked).run();
    program.wait_for("kept 5");
    program.resize(80, 24);
    program.send("3");
    program.wait_for("3 function  kept ─");
    // Beside the panes of a wide screen, this would open the side preview.
    program.send("d");
    program.wait_for("no difference");
    program.send("qq");
    program.finish().assert_given_back();
}

#[test]
fn too_small_terminal_recovers_with_everything() {
    let program = opened();
    program.wait_until("every row is known", |screen| {
        let shown = screen.contents();
        let header = shown.lines().next().unwrap_or_default();
        let is_at_rest = header
            .split_whitespace()
            .eq(["sandbox", "eu-central-1", "Assemble"]);
        is_at_rest && shown.contains("1: press-line-") && shown.contains("  own first")
    });
    program.wait_for_rest(Duration::from_millis(500));
    // A written blank remains in place of an erased cell.
    let before = without_blanks(&program.screen());
    program.resize(10, 5);
    program.wait_until("a sentence for ten cells", |screen| {
        screen.contents().contains("60x15") || screen.contents().contains("terminal")
    });
    program.resize(80, 24);
    program.wait_until("the picture from before", |screen| {
        without_blanks(&screen.contents()) == before
    });
    // Resized and back before the program looks: the terminal has cut its lines nevertheless.
    program.resize(10, 5);
    program.resize(80, 24);
    program.wait_until("the picture from before, once more", |screen| {
        without_blanks(&screen.contents()) == before
    });
}

/// The lines without blanks at their ends.
fn without_blanks(shown: &str) -> Vec<String> {
    let lines = shown.lines().map(str::trim_end);
    lines.map(str::to_owned).collect()
}

/// True if the cursor is on the version with this short id.
fn is_on(shown: &str, short: &str) -> bool {
    let mut lines = shown.lines();
    lines.any(|line| line.contains("> press-line-3-fns") && line.contains(short))
}

#[test]
fn split_key_is_reassembled() {
    let mut program = opened();
    program.send("3");
    program.wait_until("every row is known", |screen| {
        let shown = screen.contents();
        let is_marked = is_on(&shown, "71c0be11");
        is_marked && shown.contains("88d2f00a") && shown.contains("  own first")
    });
    program.send("\x1b");
    program.send("[");
    program.send("A");
    let shown = program.wait_until("the row above is highlighted", |screen| {
        is_on(&screen.contents(), "88d2f00a")
    });
    assert!(shown.contains("Assemble"), "{shown}");
}

/// Ends, and does not try to read from the closed terminal again and again.
fn ends_without_its_terminal(mut program: Program, key: &str) {
    program.hang_up(key);
    // What waited for the answer of a silent endpoint would end with the time limit of that answer.
    let finished = program.finish_within(Timeouts::default().read);
    assert!(finished.transfers < 50, "{}", finished.transfers);
}

#[test]
fn vanished_terminal_leaves_no_process() {
    ends_without_its_terminal(opened(), "\x1b[B");
}

#[test]
fn nor_does_it_wait_for_a_silent_endpoint() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let start = Start::with("--endpoint-url").argument(endpoint);
    let program = start.credentials().run();
    let (_connection, _) = silent.accept().unwrap();
    program.wait_for("Groups");
    ends_without_its_terminal(program, "!");
}

#[test]
fn huge_terminal_is_drawn_within_the_memory_limit() {
    let program = opened();
    program.report_size(65_535, 65_535);
    program.wait_for("The terminal is too large");
    let memory = program.most_memory();
    assert!(memory < 500 * 1024 * 1024, "{memory}");
    program.report_size(80, 24);
    program.wait_for("kept 5");
    program.signal(Signal::TERM);
    program.finish().assert_given_back();
}
