//! Measures the start: from exec to the first frame, and from the fork to the groups and the seven slots.
//!
//! The peer is the AWS CLI on the same server. Size, memory and crates of the program are printed too.
//!
//! `cargo bench --bench start`
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::cast_precision_loss,
    reason = "a bench measures time, prints what it measured, and may panic"
)]

mod screen;

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/integration/support/python.rs"]
mod python;

#[path = "../../tests/integration/support/served.rs"]
mod served;

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use greengroup::sandbox::Sandbox;
use screen::{Running, Surroundings};
use served::Served;

const RUNS: usize = 21;

/// The AWS CLI takes a large part of a second for each run.
const RUNS_OF_PEER: usize = 7;

fn main() {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_greengroup"));
    println!(
        "size of the program: {:.2} MB; {} crates linked or run while it is built",
        program.metadata().unwrap().len() as f64 / 1e6,
        crates()
    );
    first_frames();
    let served = Served::start(Sandbox::demo());
    let ours = on_a_server(&served.endpoint);
    let peer = median(RUNS_OF_PEER, || list_groups(&served.endpoint));
    println!(
        "aws greengrass list-groups, same server, whole process: {} ms",
        shown(peer)
    );
    let ratio = peer.as_secs_f64() / ours.as_secs_f64();
    let outcome = if ratio >= 30.0 { "met" } else { "MISSED" };
    println!(
        "target: list-groups takes at least 30 times as long as the same list here: {ratio:.1}, {outcome}"
    );
}

/// The first frame with an immediate configuration, with one that never comes, and without one.
fn first_frames() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let cases = [
        ("sandbox", Surroundings::with("--sandbox")),
        ("account", Surroundings::with("").credentials()),
        (
            "no region, no credentials, an IMDS that never answers",
            Surroundings::with("").variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", &address),
        ),
    ];
    for (what, surroundings) in cases {
        let mut memory = 0;
        let mut all_in_all = Vec::new();
        let first = median(RUNS, || {
            let running = Running::start(&surroundings);
            let took = running.until(|screen| !screen.contents().trim().is_empty());
            memory = memory.max(running.peak_memory());
            all_in_all.push(took);
            took.saturating_sub(running.forked_in())
        });
        all_in_all.sort_unstable();
        let outcome = if first <= Duration::from_millis(5) {
            "met"
        } else {
            "MISSED"
        };
        println!(
            "exec to first frame, {what}: {} ms, {} ms with the fork before it, {:.1} MB; target of 5 ms {outcome}",
            shown(first),
            shown(all_in_all[RUNS / 2]),
            memory as f64 / 1024.0
        );
    }
}

/// The time to the list of groups; prints that to the slots too.
fn on_a_server(endpoint: &str) -> Duration {
    let mut memory = 0;
    let groups = Surroundings::with(&format!("--endpoint-url {endpoint}")).credentials();
    let list = median(RUNS, || {
        let running = Running::start(&groups);
        let took = running.until(|screen| screen.contents().contains("press-line-1"));
        memory = memory.max(running.peak_memory());
        took
    });
    println!(
        "fork to the groups, loopback server: {} ms, {:.1} MB",
        shown(list),
        memory as f64 / 1024.0
    );
    let group = Surroundings::with(&format!("--endpoint-url {endpoint} --group press-line-3"));
    let group = group.credentials();
    let slots = median(RUNS, || {
        let running = Running::start(&group);
        running.until(|screen| screen.contents().contains("kept"))
    });
    println!(
        "fork to the seven slots, loopback server: {} ms",
        shown(slots)
    );
    list
}

fn list_groups(endpoint: &str) -> Duration {
    let program = python::environment().join("bin/aws");
    let begun = Instant::now();
    let status = Command::new(program)
        .args(["greengrass", "list-groups", "--endpoint-url", endpoint])
        .env_clear()
        .envs(screen::CREDENTIALS)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    let took = begun.elapsed();
    assert!(status.success(), "aws greengrass list-groups failed");
    took
}

/// The number of crates in the dependency tree, except those for tests.
fn crates() -> usize {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let name = |line: &str| line.trim_end_matches(" (*)").to_owned();
    let names: BTreeSet<String> = text.lines().map(name).collect();
    names.len()
}

fn median(runs: usize, mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..runs).map(|_| run()).collect();
    times.sort_unstable();
    times[runs / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}
