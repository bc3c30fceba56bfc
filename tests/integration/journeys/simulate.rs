//! Random sessions from seeds, on virtual time: nothing is lost, nothing is sent twice, and the screen is
//! always correct.
//!
//! The long run, on one core: `SIMULATE_SESSIONS=100000 cargo test --profile soak --test integration
//! simulate`. `SIMULATE_SESSIONS` and `SIMULATE_SECONDS` limit the run, `SIMULATE_THREADS` sets the cores,
//! and `SIMULATE_FIRST` the first seed. `SIMULATE_SEED` replays one seed and prints its steps.

mod before;
mod canvas;
mod changes;
mod editor;
mod ledger;
mod person;
mod program;
mod seed;
mod session;
mod tally;
mod trail;
mod world;

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tally::Tally;
use trail::Trail;

use crate::support::memory::memory;

/// The number of sessions in an ordinary run: enough that everything in the tally happens at least once.
const SESSIONS: u64 = 244;

/// The number of seeds that run twice.
const REPEATED: u64 = 4;

/// The result of one seed.
struct Simulated {
    tally: Tally,
    trail: Trail,
    failure: Option<String>,
}

/// Runs one seed to its end in its own runtime.
fn simulate(seed: u64, state: &Path, tells: bool) -> Simulated {
    // The SDK uses this generator for the pause before another attempt.
    fastrand::seed(seed);
    let folder = state.join(seed.to_string());
    let log = Mutex::new(None);
    let result = catch_unwind(AssertUnwindSafe(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(session::run(seed, &folder, tells, &log))
    }));
    _ = std::fs::remove_dir_all(&folder);
    let trail = log.into_inner().unwrap_or_else(PoisonError::into_inner);
    let trail = trail.unwrap_or_else(Trail::new);
    match result {
        Ok(tally) => Simulated {
            tally,
            trail,
            failure: None,
        },
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Simulated {
                tally: Tally::default(),
                trail,
                failure: Some(text.unwrap_or_else(|| "a panic without words".to_owned())),
            }
        }
    }
}

fn state_folder() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("greengroup-simulate-")
        .tempdir_in(memory())
        .unwrap()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| {
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is no number: {text:?}"))
    })
}

/// Prints progress even if the output of a passing test is hidden.
fn report(text: &str) {
    _ = writeln!(std::io::stderr(), "{text}");
}

/// The number of sessions, and the tally of all.
#[derive(Default)]
struct Sum {
    sessions: u64,
    tally: Tally,
}

/// How long to run, and from which seed.
struct Plan {
    first: u64,
    sessions: u64,
    seconds: u64,
    threads: u64,
}

impl Plan {
    fn from_environment() -> Self {
        let first = number("SIMULATE_FIRST").unwrap_or(1);
        let (sessions, seconds) = (number("SIMULATE_SESSIONS"), number("SIMULATE_SECONDS"));
        let otherwise = seconds.map_or(SESSIONS, |_| u64::MAX - first);
        Self {
            first,
            sessions: sessions.unwrap_or(otherwise),
            seconds: seconds.unwrap_or(u64::MAX / 4),
            threads: number("SIMULATE_THREADS").unwrap_or(1),
        }
    }

    /// Runs seed after seed until the plan is complete or one fails; returns the failing seed.
    fn carry_out(&self, state: &Path) -> (Sum, Option<u64>) {
        let began = Instant::now();
        let (next, is_over) = (AtomicU64::new(self.first), AtomicBool::new(false));
        let sum = Mutex::new(Sum::default());
        let failed = Mutex::new(None);
        let work = || {
            while !is_over.load(Ordering::Relaxed)
                && began.elapsed() < Duration::from_secs(self.seconds)
            {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed - self.first >= self.sessions {
                    break;
                }
                let simulated = simulate(seed, state, false);
                if simulated.failure.is_some() {
                    is_over.store(true, Ordering::Relaxed);
                    failed.lock().unwrap().get_or_insert(seed);
                }
                let mut sum = sum.lock().unwrap();
                sum.sessions += 1;
                sum.tally.add(&simulated.tally);
                if sum.sessions.is_multiple_of(10_000) {
                    report(&format!("{} sessions {:?}", sum.sessions, began.elapsed()));
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(work);
            }
        });
        let sum = sum.into_inner().unwrap();
        let (first, took) = (self.first, began.elapsed());
        report(&format!(
            "simulated {} sessions of {} steps from seed {first} on in {took:?}: {:?}",
            sum.sessions, sum.tally.steps, sum.tally
        ));
        (sum, failed.into_inner().unwrap())
    }
}

#[test]
fn simulated_sessions_lose_and_repeat_nothing() {
    let state = state_folder();
    if let Some(seed) = number("SIMULATE_SEED") {
        return replay(seed, state.path());
    }
    let (Sum { sessions, tally }, failed) = Plan::from_environment().carry_out(state.path());
    if let Some(seed) = failed {
        replay(seed, state.path());
        panic!("seed {seed} failed, and did not when it was replayed");
    }
    if sessions >= SESSIONS {
        let missing = tally.missing();
        assert!(missing.is_empty(), "never happened: {missing:?}");
    }
}

#[test]
fn seed_repeats_exactly() {
    let state = state_folder();
    for seed in 1..=REPEATED {
        let (once, again) = (
            simulate(seed, state.path(), true).trail,
            simulate(seed, state.path(), true).trail,
        );
        let differs = |(one, other): &(&String, &String)| one != other;
        let first = once.lines.iter().zip(&again.lines).find(differs);
        assert_eq!(first, None, "seed {seed} went another way");
        assert_eq!(once.lines.len(), again.lines.len(), "seed {seed}");
        assert_eq!(once.hash, again.hash, "seed {seed} looked otherwise");
    }
}

/// Runs one seed again, and prints every step if it fails.
fn replay(seed: u64, state: &Path) {
    let simulated = simulate(seed, state, true);
    let Trail { lines, hash } = simulated.trail;
    let is_asked_for = number("SIMULATE_SEED").is_some();
    let most = if is_asked_for { lines.len() } else { 60 };
    let steps = lines[lines.len().saturating_sub(most)..].join("\n");
    let Some(failure) = simulated.failure else {
        println!("{steps}");
        report(&format!(
            "seed {seed} holds, sum {hash:016x}: {:?}",
            simulated.tally
        ));
        return;
    };
    panic!(
        "{failure}\n\nThe last steps of seed {seed}, sum {hash:016x}:\n{steps}\n\n\
        To replay: SIMULATE_SEED={seed} cargo test --test integration simulate -- --nocapture"
    );
}
