//! Counts the instructions of the keys with valgrind, if installed. The count does not depend on other work
//! on the machine.

use std::process::Command;

use crate::corpus::Corpus;
use crate::engines::{Engine, Ours};

const ROUNDS: &str = "--rounds=";
const SIZE: usize = 10_000;

/// The number of rounds, if this program was started by itself to type all keys without measuring.
pub(crate) fn rounds(argument: &str) -> Option<usize> {
    argument.strip_prefix(ROUNDS)?.parse().ok()
}

/// Types all keys over 10 000 versions.
pub(crate) fn type_keys(rounds: usize) {
    let corpus = Corpus::new(SIZE);
    let mut ours = Ours::new(&corpus);
    for _ in 0..rounds {
        for prefix in crate::prefixes(&corpus.queries) {
            ours.key(prefix);
        }
    }
}

/// The instructions of one round of all keys at 10 000 versions: the difference between two rounds and one.
pub(crate) fn of_all_keys() -> Option<u64> {
    collected(2)?.checked_sub(collected(1)?)
}

fn collected(rounds: usize) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        .arg(format!("{ROUNDS}{rounds}"))
        .output()
        .ok()?;
    let report = String::from_utf8(output.stderr).ok()?;
    let (_, count) = report.split_once("Collected : ")?;
    count.lines().next()?.trim().parse().ok()
}
