//! However the program ends, its exit status and its receipt are correct for the sent request.

use std::time::Duration;

use greengroup::sandbox::{Fault, Operation, Sandbox};
use rstest::rstest;
use rustix::process::Signal;

use super::journey::{acknowledge_and_create, to_review};
use crate::support::pty::{Finished, Program, Start};
use crate::support::served::Served;

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";
const CREATE: Operation = Operation::CreateGroupVersion;

/// The program over its own server, on Review with everything acknowledged.
struct Creating {
    program: Program,
    sandbox: Sandbox,
    _served: Served,
}

impl Creating {
    fn begin(script: &'static str, fault: Option<Fault>) -> Self {
        Self::begin_in((80, 24), script, fault)
    }

    fn begin_in(size: (u16, u16), script: &'static str, fault: Option<Fault>) -> Self {
        let sandbox = Sandbox::demo();
        if let Some(fault) = fault {
            sandbox.fail(CREATE, 1, fault);
        }
        let served = Served::start(sandbox.clone());
        let start = Start::with("--group press-line-3 --output arn --endpoint-url");
        let start = start.argument(&served.endpoint).credentials();
        let mut program = start.size(size.0, size.1).script(script).run();
        to_review(&mut program);
        acknowledge_and_create(&mut program);
        Self {
            program,
            sandbox,
            _served: served,
        }
    }

    fn latest_arn(&self) -> String {
        self.sandbox.account(|account| {
            let latest = account.group(GROUP).unwrap().latest().unwrap();
            latest.arn.to_string()
        })
    }

    fn wait_until_sent(&self) {
        let is_sent = || self.sandbox.traffic(|traffic| traffic.count(CREATE)) > 0;
        while !is_sent() {
            std::thread::yield_now();
        }
    }
}

const INTO_FILE: &str = r#"exec "$0" "$@" >"$STANDARD_OUTPUT" 2>"$STANDARD_ERROR""#;

fn history(finished: &Finished) -> String {
    let folder = finished.home.path().join(".local/state/greengroup");
    std::fs::read_to_string(folder.join("history.jsonl")).unwrap()
}

#[test]
fn lost_terminal_reports_a_late_answer() {
    let fault = Fault::Delay(Duration::from_secs(2));
    let mut creating = Creating::begin(INTO_FILE, Some(fault));
    creating.wait_until_sent();
    creating.program.hang_up("\u{c}");
    let finished = creating.program.finish();
    let arn = creating.sandbox.account(|account| {
        let latest = account.group(GROUP).unwrap().latest().unwrap();
        latest.arn.to_string()
    });
    assert_eq!(finished.output.trim_end(), arn);
    assert_eq!(finished.status, 0, "{}", finished.complaint);
    assert!(history(&finished).contains(r#""outcome":"created""#));
}

#[test]
fn lost_terminal_reports_an_unknown_outcome() {
    let mut creating = Creating::begin(INTO_FILE, Some(Fault::Hang));
    creating.wait_until_sent();
    creating.program.hang_up("\u{c}");
    let finished = creating.program.finish();
    assert_eq!(finished.status, 3, "{}", finished.complaint);
    assert_eq!(finished.output, "");
    assert!(
        finished.complaint.contains("its outcome is unknown"),
        "{}",
        finished.complaint
    );
}

#[test]
fn lost_terminal_after_success_keeps_the_receipt() {
    let mut creating = Creating::begin(INTO_FILE, None);
    creating.program.wait_for("CREATED");
    let arn = creating.latest_arn();
    creating.program.hang_up("\u{c}");
    let finished = creating.program.finish();
    assert_eq!(
        (finished.status, finished.output.trim_end()),
        (0, arn.as_str())
    );
}

/// Creates and quits; standard error has the ARN of the version on a separate line.
fn receipt_goes_to_standard_error(script: &'static str) -> Finished {
    let mut creating = Creating::begin(script, None);
    creating.program.wait_for("CREATED");
    let arn = creating.latest_arn();
    creating.program.send("q");
    let finished = creating.program.finish();
    let complaint = &finished.complaint;
    assert!(complaint.lines().any(|line| line == arn), "{complaint}");
    finished
}

#[test]
fn full_disk_moves_receipt_to_standard_error() {
    let script = r#"exec "$0" "$@" >/dev/full 2>"$STANDARD_ERROR""#;
    assert_eq!(receipt_goes_to_standard_error(script).status, 0);
}

#[test]
fn closed_pipe_moves_receipt_to_standard_error() {
    let script = r#"{ "$0" "$@" 2>"$STANDARD_ERROR"; echo $? >"$STANDARD_OUTPUT"; } | true"#;
    assert_eq!(receipt_goes_to_standard_error(script).output, "0\n");
}

/// A program error or a system limit sends these; each would leave the terminal in raw mode by default.
#[rstest]
#[case(Signal::QUIT)]
#[case(Signal::ABORT)]
#[case(Signal::USR1)]
#[case(Signal::USR2)]
#[case(Signal::ALARM)]
#[case(Signal::VTALARM)]
#[case(Signal::PROF)]
#[case(Signal::XCPU)]
fn every_ending_signal_gives_the_terminal_back(#[case] signal: Signal) {
    let mut program = Start::with("--sandbox --group press-line-3").run();
    program.wait_for("kept 5");
    program.send("3x");
    program.wait_for("dropped 1");
    program.signal(signal);
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 130);
}

#[test]
fn limit_of_file_sizes_ends_nothing() {
    let mut program = Start::with("--sandbox --group press-line-3").run();
    program.wait_for("kept 5");
    program.signal(Signal::XFSZ);
    program.send("3x");
    program.wait_for("dropped 1");
    program.signal(Signal::TERM);
    program.finish().assert_given_back();
}

/// Standard error is the terminal, which accepts no more bytes.
#[test]
fn stalled_terminal_does_not_keep_the_process() {
    let script = r#"exec "$0" "$@""#;
    // One frame of this size exceeds the terminal's buffer for a stopped reader.
    let mut creating = Creating::begin_in((250, 100), script, Some(Fault::Deny));
    creating.program.wait_for("FAILED");
    creating.program.stall("\u{c}");
    creating.program.signal(Signal::TERM);
    let finished = creating.program.finish();
    assert_eq!(finished.status, 1);
}

#[test]
fn shortage_of_files_is_not_a_missing_terminal() {
    let script =
        r#"for n in 12 11 10; do (ulimit -n $n; exec "$0" "$@"); done 2>"$STANDARD_ERROR""#;
    let finished = Start::with("--sandbox").script(script).run().finish();
    let complaints: Vec<&str> = finished.complaint.lines().collect();
    assert_eq!(complaints.len(), 3, "{complaints:?}");
    for complaint in complaints {
        assert!(complaint.contains("Too many open files"), "{complaint}");
        assert_eq!(complaint.matches("the terminal failed").count(), 1);
    }
    assert_eq!(finished.status, 1);
}
