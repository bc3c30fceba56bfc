//! The bytes of one key on the wire, counted for the real program on a real pty.

use std::net::TcpListener;
use std::time::Duration;

use crate::support::pty::{Program, Start};

/// A size of the terminal, and the maximum bytes of each action.
struct Limits {
    size: (u16, u16),
    first_frame: usize,
    /// One row up or down: the marker and the text about the row.
    selection: usize,
    /// The same, with the preview after the cursor has rested.
    rested: usize,
    /// One character of a search that removes most rows.
    typing: usize,
}

const DESIGN_SIZE: Limits = Limits {
    size: (80, 24),
    first_frame: 3_200,
    selection: 160,
    rested: 160,
    typing: 1_100,
};
const LARGE: Limits = Limits {
    size: (200, 60),
    first_frame: 4_500,
    selection: 160,
    rested: 1_100,
    typing: 1_100,
};

/// The maximum bytes of a list that scrolls by one row.
const SCROLLING: usize = 200;

/// The maximum bytes of one turn of the spinner: one cell, moving there, and moving the cursor back.
const TURN: usize = 32;

const SPINNER: &str = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

/// Longer than the response to a key and the preview after it take.
const SETTLED: Duration = Duration::from_millis(700);

/// Longer than any spinner turn or blink.
const REST: Duration = Duration::from_secs(3);

/// The number of rows that the cursor walks down.
const STEPS: usize = 8;

/// The list of groups, with no call in flight.
fn groups(size: (u16, u16)) -> Program {
    let program = Start::with("--sandbox").size(size.0, size.1).run();
    program.wait_until("all groups", |screen| screen.contents().contains(" 19 "));
    program
}

/// The row of the marker.
fn marked(screen: &vt100::Screen) -> Option<usize> {
    screen
        .contents()
        .lines()
        .position(|line| line.starts_with(" > "))
}

fn keys_cost_no_more_than(limits: &Limits) {
    let mut program = groups(limits.size);
    let before_any_key = program.written();
    println!(
        "{:?}: {before_any_key} bytes until the groups are there",
        limits.size
    );
    assert!(before_any_key <= limits.first_frame, "{before_any_key}");

    let first = program.wait_marked(None);
    for step in 1..=STEPS {
        program.send("j");
        program.wait_marked(Some(first + step));
    }
    let moved = program.written() - before_any_key;
    program.wait_for_rest(SETTLED);
    println!(
        "{:?}: {} bytes for each of {STEPS} moves",
        limits.size,
        moved / STEPS
    );
    assert!(
        moved <= limits.selection * STEPS,
        "{moved} bytes for {STEPS} moves"
    );

    // A key without a command changes nothing, so nothing is sent.
    let up = |program: &mut Program, keys: &str| {
        let before = program.written();
        program.send(keys);
        program.wait_marked(Some(first + STEPS - 1));
        // The row is marked before the cursor returns to its place.
        program.wait_for_rest(SETTLED);
        program.written() - before
    };
    let alone = up(&mut program, "k");
    println!("{:?}: {alone} bytes for a move and a rest", limits.size);
    assert!(alone <= limits.rested, "{alone}");
    program.send("j");
    program.wait_marked(Some(first + STEPS));
    program.wait_for_rest(SETTLED);
    let with_others = up(&mut program, "ZZZZZZZZk");
    assert_eq!(
        with_others, alone,
        "eight keys without meaning cost something"
    );

    program.send("/");
    program.wait_until("the search line", |screen| {
        let is_search_line = |line: &str| line.starts_with("   /");
        screen.contents().lines().any(is_search_line)
    });
    let before = program.written();
    program.send("q");
    program.wait_until("the filter", |screen| {
        !screen.contents().contains("weld-cell-7")
    });
    let typed = program.written() - before;
    println!("{:?}: {typed} bytes for a character typed", limits.size);
    assert!(typed <= limits.typing, "{typed}");
}

impl Program {
    /// Waits until the marker is on `row`, or on any row.
    fn wait_marked(&self, row: Option<usize>) -> usize {
        self.wait_until("the marker", |screen| match row {
            None => marked(screen).is_some(),
            Some(row) => marked(screen) == Some(row),
        });
        row.unwrap_or_else(|| {
            self.screen()
                .lines()
                .position(|line| line.starts_with(" > "))
                .unwrap()
        })
    }
}

#[test]
fn at_rest_nothing_is_written_and_nothing_computed() {
    let mut program = groups((80, 24));
    program.wait_for_rest(REST);
    program.send("/press-line-3\r3/88d2");
    program.wait_for("1/");
    program.wait_for_rest(REST);
}

/// Every other row is already on the screen, so the terminal scrolls them itself.
#[test]
fn scroll_by_one_row_sends_one_row() {
    let mut program = groups((80, 16));
    program.wait_for_rest(SETTLED);
    let top = |program: &Program| program.screen().lines().nth(4).map(str::to_owned);
    let mut moves = 0;
    for _ in 0..16 {
        let (was, before) = (top(&program), program.written());
        program.send("j");
        program.wait_until("an answer", |_| true);
        program.wait_for_rest(SETTLED);
        if top(&program) != was {
            let cost = program.written() - before;
            println!("{cost} bytes for a list that moves by one row");
            assert!(cost <= SCROLLING, "{cost}");
            moves += 1;
        }
    }
    assert!(moves > 2, "the list never moved\n{}", program.screen());
}

#[test]
fn a_turn_of_the_spinner_is_one_cell() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let arguments = format!("--endpoint-url http://{}", silent.local_addr().unwrap());
    let program = Start::with(&arguments).credentials().run();
    let is_sign = |sign: char| SPINNER.contains(sign);
    let place = |text: &str| {
        let sign = text.chars().find(|sign| is_sign(*sign));
        SPINNER
            .chars()
            .position(|other| Some(other) == sign)
            .unwrap()
    };
    let mut shown = program.wait_until("the spinner", |screen| screen.contents().contains(is_sign));
    // The text next to it also changes, since no data arrives. Only turns that change nothing else count.
    let mut turns = 0;
    for _ in 0..40 {
        let (was, before) = (shown, program.written());
        shown = program.wait_until("a turn", |screen| screen.contents() != was);
        let cost = program.written() - before;
        if shown.replace(is_sign, "") == was.replace(is_sign, "") {
            // A slow machine may see only every other turn.
            let turned = (place(&shown) + SPINNER.chars().count() - place(&was)) % 10;
            println!("{cost} bytes for {turned} turns of the spinner");
            assert!(cost <= TURN * turned, "{cost}");
            turns += turned;
        }
        if turns >= 3 {
            return;
        }
    }
    panic!("{turns} turns only\n{shown}");
}

#[test]
fn at_the_design_size() {
    keys_cost_no_more_than(&DESIGN_SIZE);
}

#[test]
fn on_a_large_screen() {
    keys_cost_no_more_than(&LARGE);
}
