//! Measures when the slots, the focused list and all seven lists are loaded on a throttling account, compared
//! with boto3.
//!
//! `cargo bench --bench throttled`
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a bench measures time, prints what it measured, and may panic"
)]

mod recorder;

#[expect(dead_code, reason = "the bench of starting uses the rest")]
#[path = "../start/screen.rs"]
mod screen;

#[path = "../../tests/integration/support/served.rs"]
mod served;

use std::cell::Cell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::{Fault, Operation, Sandbox};
use recorder::{Passed, Record};
use screen::{Running, Surroundings};
use served::Served;

/// The number of runs, whose median is printed.
const RUNS: usize = 3;

/// The group `press-line-3`, whose version fills five slots.
const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";

/// A core's definition that is on the screen only with the focused list.
const LISTED: &str = "press-line-1-core";

/// The limit of the account, and the delay of the focused list.
struct Limit {
    words: &'static str,
    /// Requests a second, which is also the burst.
    per_second: Option<u32>,
    target: Option<Duration>,
}

const LIMITS: [Limit; 6] = [
    Limit::none("no limit", None),
    Limit::none("one 429 on the focused list", Some(600)),
    Limit::of("30 a second, burst 30", 30, None),
    Limit::of("10 a second, burst 10", 10, None),
    Limit::of("5 a second, burst 5", 5, Some(600)),
    Limit::of("2 a second, burst 2", 2, Some(1_200)),
];

impl Limit {
    const fn none(words: &'static str, target: Option<u64>) -> Self {
        let target = match target {
            Some(milliseconds) => Some(Duration::from_millis(milliseconds)),
            None => None,
        };
        Self {
            words,
            per_second: None,
            target,
        }
    }

    const fn of(words: &'static str, per_second: u32, target: Option<u64>) -> Self {
        Self {
            per_second: Some(per_second),
            ..Self::none(words, target)
        }
    }

    /// A new account with this limit and a full bucket, behind a proxy that records requests.
    fn account(&self) -> (Served, String, Record) {
        let sandbox = Sandbox::demo();
        match self.per_second {
            Some(rate) => sandbox.throttle_above(f64::from(rate), rate),
            None if self.target.is_some() => {
                let list = Operation::ListDefinitions(DefinitionKind::Core);
                sandbox.fail(list, 1, Fault::Throttle);
            }
            None => {}
        }
        let served = Served::start(sandbox);
        let (endpoint, record) = recorder::listen(&served.endpoint);
        (served, endpoint, record)
    }
}

/// Times since the start, with the requests so far.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Times {
    all_lists: Duration,
    list: Duration,
    slots: Duration,
    requests: usize,
    refused: usize,
    /// The paths of the accepted requests, in the order of sending.
    reads: Vec<String>,
}

fn main() {
    let python = python();
    if python.is_none() {
        println!("boto3 is absent: `python3 -c 'import boto3'` fails, so there is no peer");
    }
    let only: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    println!(
        "seven slots / focused list / all seven lists, in seconds; requests, of these refused"
    );
    println!("boto3 does the same reads in the same order, one after the other");
    for limit in LIMITS
        .iter()
        .filter(|limit| only.iter().all(|word| limit.words.contains(word)))
    {
        println!("\n{}", limit.words);
        let ours = median(|| program(limit));
        print("greengroup, since fork", &ours);
        if let Some(target) = limit.target {
            let late = ours.slots.max(ours.list);
            print_outcome(
                late <= target,
                &format!("slots and focused list within {target:?}"),
            );
        }
        let Some(python) = &python else { continue };
        let peer = |mode, reads: &[String]| median(|| boto3(python, limit, mode, reads));
        let standard = peer("standard", &ours.reads);
        print("boto3 standard, since its first request", &standard);
        print("boto3 adaptive", &peer("adaptive", &ours.reads));
        let is_needed = |path: &&String| {
            path.starts_with("/greengrass/groups/") || path.split('/').count() == 4
        };
        let needed: Vec<String> = ours.reads.iter().filter(is_needed).cloned().collect();
        print(
            "boto3 standard, no contents and no versions",
            &peer("standard", &needed),
        );
        print_outcome(
            ours.all_lists <= standard.all_lists,
            "all seven lists no later than boto3 standard",
        );
    }
}

fn print(who: &str, times: &Times) {
    let [slots, list, all] =
        [times.slots, times.list, times.all_lists].map(|time| time.as_secs_f64());
    let (requests, refused) = (times.requests, times.refused);
    println!("  {who:<44} {slots:6.2} {list:6.2} {all:6.2}   {requests:3}, {refused}");
}

fn print_outcome(is_met: bool, target: &str) {
    println!(
        "  target: {target}: {}",
        if is_met { "met" } else { "MISSED" }
    );
}

fn median(mut run: impl FnMut() -> Times) -> Times {
    let mut times: Vec<Times> = (0..RUNS).map(|_| run()).collect();
    times.sort_unstable();
    times.swap_remove(RUNS / 2)
}

/// Runs the program on a terminal until the last list is complete.
fn program(limit: &Limit) -> Times {
    let (_served, endpoint, record) = limit.account();
    let arguments = format!("--endpoint-url {endpoint} --group {GROUP}");
    let surroundings = Surroundings::with(&arguments).credentials();
    let begun = Instant::now();
    let (slots, list) = (Cell::new(None), Cell::new(None));
    let note = |time: &Cell<Option<Duration>>, is_there: bool| {
        if is_there && time.get().is_none() {
            time.set(Some(begun.elapsed()));
        }
    };
    let running = Running::start(&surroundings);
    running.until(|screen| {
        let text = screen.contents();
        note(&slots, text.contains("kept"));
        note(&list, text.contains(LISTED));
        slots.get().is_some() && list.get().is_some() && lists_answered(&record).is_some()
    });
    times(&record, begun, slots.get().unwrap(), list.get().unwrap())
}

fn boto3(python: &Path, limit: &Limit, mode: &str, reads: &[String]) -> Times {
    let (_served, endpoint, record) = limit.account();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/throttled/read.py");
    let mut child = Command::new(python)
        .arg(script)
        .args([&endpoint, mode])
        .envs(screen::CREDENTIALS)
        .envs([("AWS_CONFIG_FILE", "/dev/null"), ("NO_PROXY", "127.0.0.1")])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = reads.join("\n");
    child
        .stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    assert!(
        child.wait().unwrap().success(),
        "boto3 did not get to its end"
    );
    let begun = record.all()[0].sent;
    let since = |path: &str| answered(&record, path).unwrap().duration_since(begun);
    let list = list_path(DefinitionKind::Core);
    times(&record, begun, since(&version_path()), since(&list))
}

fn times(record: &Record, begun: Instant, slots: Duration, list: Duration) -> Times {
    let lists = lists_answered(record).unwrap();
    let version = answered(record, &version_path()).unwrap();
    let until = lists.max(version);
    let mut sent: Vec<_> = record
        .all()
        .iter()
        .filter(|passed| passed.sent <= until)
        .cloned()
        .collect();
    sent.sort_by_key(|passed| passed.sent);
    let answered = sent.iter().filter(|passed| !passed.is_refused);
    let path = |passed: &Passed| passed.path.split('?').next().unwrap_or_default().to_owned();
    Times {
        all_lists: lists.duration_since(begun),
        list,
        slots,
        requests: sent.len(),
        refused: sent.iter().filter(|passed| passed.is_refused).count(),
        reads: answered.map(path).collect(),
    }
}

/// When the last of the seven lists was complete.
fn lists_answered(record: &Record) -> Option<Instant> {
    let times = DefinitionKind::ALL.map(|kind| answered(record, &list_path(kind)));
    times
        .into_iter()
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .max()
}

fn version_path() -> String {
    format!("/greengrass/groups/{GROUP}/versions/")
}

fn list_path(kind: DefinitionKind) -> String {
    format!("/greengrass/definition/{}", kind.path_segment())
}

/// When the last page of a list was answered, or any path below `path` if it ends in a slash.
fn answered(record: &Record, path: &str) -> Option<Instant> {
    let is_meant = |asked: &str| {
        let asked = asked.split('?').next().unwrap_or_default();
        asked == path || (path.ends_with('/') && asked.starts_with(path))
    };
    let is_last = |passed: &&Passed| !passed.is_refused && !passed.has_next_page;
    let all = record.all();
    let found = all
        .iter()
        .filter(is_last)
        .find(|passed| is_meant(&passed.path));
    found.map(|passed| passed.answered)
}

/// An interpreter with boto3: the one of the tests, or the machine's own.
fn python() -> Option<PathBuf> {
    let tests = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("python-judges/bin/python");
    [tests, PathBuf::from("python3")]
        .into_iter()
        .find(|python| {
            let mut command = Command::new(python);
            command.args(["-c", "import boto3"]).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        })
}
