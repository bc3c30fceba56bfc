//! No secret appears in any output of the program, even with its log at trace.

use std::fs;

use greengroup::sandbox::Sandbox;
use rstest::rstest;
use rustix::process::Signal;

use super::account::Account;
use crate::program::journey::{acknowledge_and_create, to_review};
use crate::support::program::{greengroup, ran};
use crate::support::pty::{Finished, Start};
use crate::support::secrets::kept;
use crate::support::served::Served;

const KEYS: &[u8] = b"[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\naws_session_token = s3cr3t/t0k3n+key\n";
const BASE: &[u8] =
    b"[base]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n";
const LATIN: &[u8] = b"[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n[other]\nname = M\xfcnchen\n";
const PROCESS: &str = "[default]\ncredential_process = cat answer.json\n";
const ROLE: &str =
    "[default]\nrole_arn = arn:aws:iam::111122223333:role/plant\nsource_profile = base\n";
const ANSWER: &str = r#"{"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s3cr3t/proc+key", "SessionToken": "s3cr3t/t0k3n+key"}"#;

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

/// The log has lines. [`Finished`] itself checks that they contain no secret.
fn assert_logged(finished: &Finished, part: &str) {
    let log = kept(&finished.home.path().join(".local"));
    assert!(log.contains(part), "{log}");
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
    assert_logged(&program.finish(), "greengroup::greengrass");
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
    assert_logged(&finished, "greengroup::runtime");
}

/// Creates a version and leaves a draft, with the log at trace.
#[test]
fn no_secret_is_in_history_or_draft() {
    let served = Served::start(Sandbox::demo());
    let run = || {
        let start = Start::with("--log-level trace --group press-line-3");
        let start = start.argument("--endpoint-url").argument(&served.endpoint);
        start.credentials().run()
    };
    let mut program = run();
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_logged(&finished, "greengroup::greengrass");
    assert_logged(&finished, "\"event\":\"sending\"");
    let mut program = run();
    program.wait_for("kept 5");
    program.send("7x");
    program.wait_for("dropped 1");
    program.signal(Signal::TERM);
    let finished = program.finish();
    let drafts = ".local/state/greengroup/drafts";
    assert_ne!(kept(&finished.home.path().join(drafts)), "");
}

#[test]
fn standard_error_of_failed_process_is_hidden() {
    let account = Account::start();
    let process = "[default]\ncredential_process = sh fail.sh\n";
    let script = "echo s3cr3t/proc+key >&2; echo s3cr3t/proc+key; exit 3";
    let start = start(&account, process, b"").file("fail.sh", script);
    let mut program = start.run();
    program.wait_for("exit status 3");
    program.send("Y");
    program.wait_for("message: credential_process sh: ended with exit status 3");
    program.signal(Signal::TERM);
    assert_logged(&program.finish(), "greengroup::");
}

/// A gateway's address may contain a password anywhere after the host.
#[rstest]
#[case("/s3cr3t/path", "cannot connect to 127.0.0.1:1")]
#[case("/s3cr3t/path#s3cr3t", "cannot connect to 127.0.0.1:1")]
#[case("/path?token=s3cr3t", "must not contain a query")]
fn endpoint_is_shown_up_to_its_host(#[case] rest: &str, #[case] shown: &str) {
    let url = format!("http://127.0.0.1:1{rest}");
    let account = Account::start();
    let mut program = start(&account, "", KEYS)
        .argument("--endpoint-url")
        .argument(&url)
        .run();
    if !rest.contains('?') {
        program.wait_for(shown);
        program.send("c");
        program.wait_for("Credentials:");
        program.signal(Signal::TERM);
    }
    let finished = program.finish();
    assert!(
        !rest.contains('?') || finished.complaint.contains(shown),
        "{}",
        finished.complaint
    );
    for arguments in [["doctor"].as_slice(), &["doctor", "--markdown"]] {
        let mut doctor = greengroup(finished.home.path());
        doctor
            .args(arguments)
            .args(["--region", "eu-central-1", "--endpoint-url", &url]);
        let (status, printed, said) = ran(&mut doctor);
        assert_eq!((status, said.as_str()), (Some(1), ""), "{printed}");
        assert!(printed.contains("127.0.0.1:1"), "{printed}");
    }
}
