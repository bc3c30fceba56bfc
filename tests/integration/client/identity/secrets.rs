//! No secret that the program is given is in anything that it writes, with its log at trace.

use std::fs;

use rstest::rstest;

use super::account::Account;
use super::cases::secret_in;
use crate::support::pty::{Finished, Start};

const KEYS: &[u8] = b"[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\naws_session_token = t0k3n/file+key\n";
const BASE: &[u8] =
    b"[base]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n";
const LATIN: &[u8] = b"[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n[other]\nname = M\xfcnchen\n";
const PROCESS: &str = "[default]\ncredential_process = cat answer.json\n";
const ROLE: &str =
    "[default]\nrole_arn = arn:aws:iam::111122223333:role/plant\nsource_profile = base\n";
const ANSWER: &str = r#"{"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s3cr3t/proc+key", "SessionToken": "t0k3n/file+key"}"#;

fn start(account: &Account, config: &str, credentials: &[u8]) -> Start {
    let start = Start::with("--log-level trace").file("answer.json", ANSWER);
    fs::create_dir(start.home().join(".aws")).unwrap();
    start
        .file(".aws/config", config)
        .file(".aws/credentials", credentials)
        .variable("HTTP_PROXY", "http://anna:s3cr3t/env+key@127.0.0.1:1")
        .variable("AWS_CONTAINER_AUTHORIZATION_TOKEN", "s3cr3t/env+key")
        .variable("AWS_REGION", "eu-central-1")
        .variable("AWS_ENDPOINT_URL", &account.url())
}

/// The screen, standard error, and every file of the state.
fn written(finished: &Finished) -> String {
    let mut written = String::from_utf8_lossy(&finished.raw).into_owned();
    written.push_str(&finished.complaint);
    let state = finished.home.path().join(".local/state/greengroup");
    for entry in fs::read_dir(state).unwrap().filter_map(Result::ok) {
        if let Ok(content) = fs::read(entry.path()) {
            written.push_str(&String::from_utf8_lossy(&content));
        }
    }
    written
}

#[rstest]
#[case::keys("", KEYS)]
#[case::process(PROCESS, b"")]
#[case::role(ROLE, BASE)]
fn no_secret_is_written_while_requests_are_signed(
    #[case] config: &str,
    #[case] credentials: &[u8],
) {
    let account = Account::start();
    let mut program = start(&account, config, credentials).run();
    program.wait_for("111122223333");
    program.send("R");
    program.wait_for("111122223333");
    program.send("q");
    let written = written(&program.finish());
    assert!(
        written.contains("greengroup::greengrass"),
        "the log has lines: {written}"
    );
    assert_eq!(secret_in(&written), None, "{written}");
}

#[rstest]
#[case::half_a_key(
    ROLE,
    b"[base]\naws_secret_access_key = s3cr3t/file+key\n",
    "aws_access_key_id"
)]
#[case::latin_1("", LATIN, "not UTF-8")]
#[case::line_without_a_key("", b"[default]\naws_secret_access_key s3cr3t/file+key\n", "neither")]
fn no_secret_is_written_with_the_reason(
    #[case] config: &str,
    #[case] credentials: &[u8],
    #[case] reason: &str,
) {
    let account = Account::start();
    let finished = start(&account, config, credentials).run().finish();
    assert!(
        finished.complaint.contains(reason),
        "{}",
        finished.complaint
    );
    let written = written(&finished);
    assert!(
        written.contains("greengroup::runtime"),
        "the log has lines: {written}"
    );
    assert_eq!(secret_in(&written), None, "{written}");
}

#[test]
fn secret_is_found_in_every_form() {
    let secret = "s3cr3t/file+key";
    assert!(secret_in(&format!("a {secret} b")).is_some());
    assert!(secret_in("s3cr3t%2Ffile%2Bkey").is_some());
    assert!(secret_in("czNjcjN0L2ZpbGUra2V5").is_some());
    assert!(
        secret_in("[10, 115, 51, 99, 114, 51, 116, 47, 102, 105, 108, 101, 43, 107, 101, 121, 10]")
            .is_some()
    );
    assert!(secret_in("nothing").is_none());
}
