//! Whole sessions out of a seed, on virtual time: whatever happens, nothing is lost, nothing is sent twice, nothing shown is untrue.
//!
//! `SIMULATE_SESSIONS` and `SIMULATE_SECONDS` say how long; `SIMULATE_FIRST` is the first seed;
//! `SIMULATE_SEED` replays one seed and tells every step of it.

mod before;
mod changes;
mod dice;
mod ledger;
mod person;
mod program;
mod session;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ledger::Tally;

/// What an ordinary run of the tests can afford.
const SESSIONS: u64 = 150;
const SECONDS: u64 = 20;

/// What became of one seed.
struct Simulated {
    tally: Tally,
    fingerprint: u64,
    trail: Option<Vec<String>>,
    failure: Option<String>,
}

/// Runs one seed to its end in a runtime of its own.
fn simulate(seed: u64, state: &Path, tells: bool) -> Simulated {
    // The SDK throws its dice here when it waits before another attempt.
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
    match result {
        Ok((tally, fingerprint)) => Simulated {
            tally,
            fingerprint,
            trail,
            failure: None,
        },
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let failure = Some(text.unwrap_or_else(|| "a panic without words".to_owned()));
            Simulated {
                tally: Tally::default(),
                fingerprint: 0,
                trail,
                failure,
            }
        }
    }
}

/// Where drafts cost no disk: in memory, where there is such a place.
fn state_folder() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    let place = if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    };
    tempfile::Builder::new()
        .prefix("greengroup-simulate-")
        .tempdir_in(place)
        .unwrap()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| {
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is no number: {text:?}"))
    })
}

#[test]
fn nothing_is_lost_and_nothing_sent_twice_whatever_happens() {
    let state = state_folder();
    if let Some(seed) = number("SIMULATE_SEED") {
        return replay(seed, state.path());
    }
    let first = number("SIMULATE_FIRST").unwrap_or(1);
    let is_long = number("SIMULATE_SESSIONS")
        .or(number("SIMULATE_SECONDS"))
        .is_some();
    let sessions =
        number("SIMULATE_SESSIONS").unwrap_or(if is_long { u64::MAX - first } else { SESSIONS });
    let seconds =
        number("SIMULATE_SECONDS").unwrap_or(if is_long { u64::MAX / 4 } else { SECONDS });
    let began = Instant::now();
    let (next, is_over) = (AtomicU64::new(first), AtomicBool::new(false));
    let total = Mutex::new((0_u64, Tally::default()));
    let failed = Mutex::new(None);
    let work = || {
        while !is_over.load(Ordering::Relaxed) && began.elapsed() < Duration::from_secs(seconds) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed - first >= sessions {
                break;
            }
            let simulated = simulate(seed, state.path(), false);
            if simulated.failure.is_some() {
                is_over.store(true, Ordering::Relaxed);
                failed.lock().unwrap().get_or_insert(seed);
            }
            let mut total = total.lock().unwrap();
            total.0 += 1;
            total.1.add(&simulated.tally);
            if total.0.is_multiple_of(10_000) {
                eprintln!("{} sessions after {:?}", total.0, began.elapsed());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (count, tally) = *total.lock().unwrap();
    eprintln!(
        "simulated {count} sessions from seed {first} in {:?}: {tally:?}",
        began.elapsed()
    );
    if let Some(seed) = *failed.lock().unwrap() {
        replay(seed, state.path());
        panic!("seed {seed} failed, and did not when it was replayed");
    }
    assert!(
        tally.created > 0 && tally.restarts > 0 && tally.resumed > 0,
        "the sessions came to nothing: {tally:?}"
    );
}

/// Runs one seed again and tells every step when it fails.
fn replay(seed: u64, state: &Path) {
    let simulated = simulate(seed, state, true);
    let trail = simulated.trail.unwrap_or_default();
    let Some(failure) = simulated.failure else {
        eprintln!(
            "seed {seed} came to fingerprint {:016x}",
            simulated.fingerprint
        );
        println!(
            "{}\nseed {seed} holds: {:?}",
            trail.join("\n"),
            simulated.tally
        );
        return;
    };
    let most = if number("SIMULATE_SEED").is_some() {
        trail.len()
    } else {
        60
    };
    let last = &trail[trail.len().saturating_sub(most)..];
    panic!(
        "{failure}\n\nThe last steps of seed {seed}:\n{}\n\nTo replay: SIMULATE_SEED={seed} cargo test --test integration simulate",
        last.join("\n")
    );
}
