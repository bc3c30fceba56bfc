//! Random bytes as keyboard input: no panic, a restored terminal, and only documented exit statuses.
//!
//! The long run: `RANDOM_BYTES_MINUTES=30 cargo test --test integration random_bytes -- --ignored
//! --nocapture`; `RANDOM_BYTES_FIRST` sets the first seed.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::support::pty::Start;

const ACCOUNT: &str = include_str!("../../../assets/demo-account.json");

/// The bytes of one seed, over as many programs as they end.
const BYTES: usize = 20_000;

/// The seeds of an ordinary run.
const SEEDS: u64 = 4;

/// The parts of terminal sequences after an introducer, complete and cut.
const SEQUENCES: [&str; 12] = [
    "\u{1b}[A",
    "\u{1b}[B",
    "\u{1b}[5~",
    "\u{1b}[200~",
    "\u{1b}[201~",
    "\u{1b}[<0;1;1M",
    "\u{1b}O",
    "\u{1b}[",
    "\u{1b}]",
    "\u{1b}P",
    "\u{1b}[1;5C",
    "\u{1b}[97;1:3u",
];

/// Keys with a command, and the blanks and signs of other keyboards.
const KEYS: [&str; 24] = [
    "\r", "\r", "\t", " ", "/", "a", "x", "n", "p", "d", "b", "c", "w", "u", "?", ":", "R", "Y",
    "1", "7", "\u{17}", "\u{a0}", "\u{3000}", "\u{301}",
];

fn typed(random: &mut fastrand::Rng) -> Vec<u8> {
    // Keys that end the program would otherwise end most programs immediately.
    let may_end = random.u8(0..4) == 0;
    let mut bytes = Vec::new();
    while bytes.len() < BYTES {
        let mut character = [0; 4];
        let next = match random.u8(0..10) {
            0..=4 => vec![random.u8(..)],
            5 => random
                .char(..)
                .encode_utf8(&mut character)
                .as_bytes()
                .to_vec(),
            6 => random.choice(SEQUENCES).unwrap().as_bytes().to_vec(),
            _ => random.choice(KEYS).unwrap().as_bytes().to_vec(),
        };
        let ends = |byte: &u8| matches!(byte, 0x03 | b'q' | b'Q');
        if may_end || !next.iter().any(ends) {
            bytes.extend(next);
        }
    }
    bytes
}

/// Types everything, and starts another program after each end; returns the number of programs.
fn run(seed: u64) -> usize {
    let mut random = fastrand::Rng::with_seed(seed);
    let bytes = typed(&mut random);
    let arguments = if seed.is_multiple_of(2) {
        "--sandbox"
    } else {
        "--sandbox=account.json --group press-line-3"
    };
    let mut rest = &*bytes;
    let mut programs = 0;
    while !rest.is_empty() {
        programs += 1;
        let start = Start::with(arguments).file("account.json", ACCOUNT);
        let mut program = start.size(random.u16(20..140), random.u16(5..50)).run();
        program.wait_until("a screen", vt100::Screen::alternate_screen);
        while let Some((piece, after)) = rest.split_at_checked(rest.len().min(500))
            && !piece.is_empty()
        {
            rest = after;
            if !program.flood(piece) {
                break;
            }
        }
        program.signal_if_it_runs(Signal::TERM);
        let finished = program.finish();
        finished.assert_given_back();
        let (status, complaint) = (finished.status, &finished.complaint);
        assert!(
            matches!(status, 0 | 1 | 3 | 130) && !complaint.contains("panicked"),
            "seed {seed}: exit status {status}\n{complaint}"
        );
    }
    programs
}

#[test]
fn random_bytes_end_in_no_panic() {
    for seed in 0..SEEDS {
        run(seed);
    }
}

#[test]
#[ignore = "it takes minutes"]
fn random_bytes_for_minutes_end_in_no_panic() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<u64>().unwrap())
    };
    let time = Duration::from_secs(60 * number("RANDOM_BYTES_MINUTES").unwrap_or(1));
    let first = number("RANDOM_BYTES_FIRST").unwrap_or(0);
    let (begun, mut programs, mut seed) = (Instant::now(), 0, first);
    while begun.elapsed() < time {
        println!("seed {seed}");
        programs += run(seed);
        seed += 1;
    }
    let (seeds, took) = (seed - first, begun.elapsed());
    println!(
        "{seeds} seeds of {BYTES} bytes from {first} on, {programs} programs, {took:?}: no panic"
    );
}
