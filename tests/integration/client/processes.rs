//! `credential_process`: runs once for all callers, without the terminal, and ends with the program.

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use rstest::rstest;
use rustix::fs::{CWD, FileType, Mode};
use serde_json::json;

use super::loopback::Server;
use super::machine::Machine;
use crate::support::pty::Start;

const ENDED: &str = r#"echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s3cr3t/proc+key", "SessionToken": "s3cr3t/t0k3n", "Expiration": "2020-01-01T00:00:00Z"}'"#;
const GIVES: &str =
    r#"echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s3cr3t/proc+key"}'"#;

/// Each run adds a line to a file.
#[rstest]
#[case::fails("exit 3", "NoCredentials")]
#[case::has_ended(ENDED, "ExpiredCredentials")]
#[tokio::test]
async fn failed_process_runs_once_for_all_callers(#[case] end: &str, #[case] kind: &str) {
    let server = Server::start().await;
    let machine = Machine::bare()
        .with("AWS_REGION", "eu-west-1")
        .with("PATH", "/usr/bin:/bin")
        .with("AWS_ENDPOINT_URL_STS", &server.url());
    let runs = machine.path("runs");
    let script = format!("echo run >> {runs}\n{end}\n");
    let process = format!("sh {}", machine.path("give.sh"));
    let machine = machine.file("give.sh", &script).file(
        ".aws/config",
        &format!("[default]\ncredential_process = {process}\n"),
    );
    let found = machine
        .connect(json!({ "endpoint_url": server.url() }))
        .await;
    assert_eq!(found["groups"]["kind"], kind, "{found}");
    let identity = found["identity"].as_str().unwrap();
    assert_eq!(
        identity.contains("exit status 3"),
        kind == "NoCredentials",
        "{found}"
    );
    assert_eq!(fs::read_to_string(runs).unwrap(), "run\n");
    assert_eq!(server.take_paths(), Vec::<String>::new());
}

fn executable(home: &Path, name: &str, script: &str) {
    let file = home.join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

fn start(script: &str) -> Start {
    let start = Start::with("--region eu-central-1 --endpoint-url http://127.0.0.1:1");
    fs::create_dir(start.home().join(".aws")).unwrap();
    executable(start.home(), "give", script);
    let give = start.home().join("give");
    let config = format!("[default]\ncredential_process = {}\n", give.display());
    start.file(".aws/config", config)
}

#[test]
fn process_has_no_terminal() {
    let script = format!(
        "if ( : </dev/tty ) 2>/dev/null; then echo terminal; else echo none; fi >seen\ncat >>seen\n{GIVES}"
    );
    let mut program = start(&script).run();
    program.wait_for("unreachable");
    program.send("q");
    let finished = program.finish();
    let seen = fs::read_to_string(finished.home.path().join("seen")).unwrap();
    assert_eq!(seen, "none\n");
}

#[test]
fn hanging_process_is_named_and_ended() {
    let start = start("sleep 100000 >alive & wait");
    let alive = start.home().join("alive");
    rustix::fs::mknodat(CWD, &alive, FileType::Fifo, Mode::RWXU, 0).unwrap();
    let (sender, ended) = channel();
    thread::spawn(move || {
        // Ends when the last process that can write has ended.
        let mut rest = Vec::new();
        _ = fs::File::open(alive).unwrap().read_to_end(&mut rest);
        _ = sender.send(());
    });
    let mut program = start.run();
    program.wait_for("credential_process");
    program.send("q");
    program.finish();
    let outlives = ended.recv_timeout(Duration::from_secs(10)).is_err();
    assert!(!outlives, "the process has outlived the program");
}

/// Nine requests wait for the credentials at the start, and again after `R`.
#[test]
fn failed_process_runs_again_after_reload() {
    let start = start("echo run >>runs; exit 3");
    let runs = start.home().join("runs");
    let count = || {
        fs::read_to_string(&runs)
            .unwrap_or_default()
            .lines()
            .count()
    };
    let mut program = start.run();
    program.wait_for("exit status 3");
    assert_eq!(count(), 1);
    program.send("R");
    program.wait_until("the second run", |_| count() == 2);
    program.wait_for("exit status 3");
    program.send("q");
    let _home = program.finish();
    assert_eq!(count(), 2);
}
