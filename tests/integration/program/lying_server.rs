//! False responses to the real program: its screen and its end are correct nevertheless.

use greengroup::sandbox::Sandbox;
use rstest::rstest;
use rustix::process::Signal;

use super::journey::{acknowledge_and_create, to_review};
use crate::support::hostile_server::{HostileServer, Line};
use crate::support::pty::{Program, Start};

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";
const OTHER: &str = r#"{"Id": "00000000-0000-4000-8000-000000000000", "Version": "00000000-0000-4000-8000-000000000001"}"#;

const THROTTLED: &str = r#"{"__type": "ThrottlingException", "message": "Rate exceeded"}"#;

fn versions(sandbox: &Sandbox) -> usize {
    sandbox.account(|account| account.group(GROUP).unwrap().versions().len())
}

fn started(server: &HostileServer, arguments: &str) -> Program {
    let start = Start::with(arguments).argument("--endpoint-url");
    start.argument(&server.endpoint).credentials().run()
}

fn create_over(table: Vec<Line>) -> (Program, HostileServer, Sandbox) {
    let sandbox = Sandbox::demo();
    let server = HostileServer::start(sandbox.clone(), table);
    let mut program = started(&server, "--group press-line-3");
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    (program, server, sandbox)
}

#[rstest]
#[case::throttled(429, r#"{"message": "Too Many Requests"}"#)]
#[case::with_the_code(429, THROTTLED)]
#[case::unavailable(503, "")]
#[case::page(429, "<html><title>Slow down</title></html>")]
#[case::about_another_group(200, OTHER)]
#[case::empty(200, "{}")]
fn any_answer_creates_and_finds_one_version(#[case] status: u16, #[case] body: &str) {
    let line = Line {
        has_effect: true,
        status,
        ..Line::new("POST", "/versions", body)
    };
    let before = versions(&Sandbox::demo());
    let (mut program, server, sandbox) = create_over(vec![line]);
    program.wait_for("CREATED");
    program.send("q");
    assert_eq!(program.finish().status, 0);
    assert_eq!(server.count("POST", "/versions"), 1);
    assert_eq!(versions(&sandbox), before + 1);
}

/// A GetGroup response without a latest version must not count as unchanged.
#[rstest]
#[case("{}")]
#[case(r#"{"Id": "cfe25d79-95b2-4438-b0ad-41ddccd688af", "LatestVersion": null}"#)]
fn unreadable_group_prevents_sending(#[case] body: &str) {
    let sandbox = Sandbox::demo();
    let path = "/greengrass/groups/cfe25d79-95b2-4438-b0ad-41ddccd688af";
    let line = Line::new("GET", path, body);
    let server = HostileServer::start(sandbox, vec![line]);
    let mut program = started(&server, "--group press-line-3");
    program.wait_for("kept 5");
    program.send("7xa");
    program.wait_for("names no");
    program.send("\t \r");
    program.wait_until("nothing is sent", |screen| {
        screen.contents().contains("Review")
    });
    assert_eq!(server.count("POST", "/versions"), 0);
}

#[test]
fn list_without_its_member_is_an_error() {
    let line = Line::new("GET", "/greengrass/groups", "{}");
    let server = HostileServer::start(Sandbox::demo(), vec![line]);
    let program = started(&server, "");
    let shown = program.wait_for("the answer has no Groups");
    assert!(!shown.contains("There is no group"), "{shown}");
}

/// The SDK would panic on a request with more than 64 kB in its address.
#[rstest]
#[case::token("", r#"{"Groups": [], "NextToken": "@"}"#)]
#[case::id(
    "--group press",
    r#"{"Groups": [{"Id": "@", "Name": "press", "LatestVersion": "v"}]}"#
)]
#[case::latest(
    "--group press",
    r#"{"Groups": [{"Id": "cfe25d79-95b2-4438-b0ad-41ddccd688af", "Name": "press", "LatestVersion": "@"}]}"#
)]
fn text_too_long_for_a_request_ends_nothing(#[case] arguments: &str, #[case] body: &str) {
    let body = body.replace('@', &"x".repeat(70_000));
    let line = Line::new("GET", "/greengrass/groups", body);
    let server = HostileServer::start(Sandbox::demo(), vec![line]);
    let program = started(&server, arguments);
    program.wait_for("longer than");
    program.signal(Signal::TERM);
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 130, "{}", finished.complaint);
}

/// Another user creates a version between the effect of the request and the look at the group.
#[test]
fn version_below_another_is_found_after_throttling() {
    let sandbox = Sandbox::demo();
    let throttled = Line {
        has_effect: true,
        status: 429,
        ..Line::new("POST", "/versions", THROTTLED)
    };
    let server = HostileServer::start(sandbox.clone(), vec![throttled]);
    let mut program = started(&server, "--group press-line-3");
    let before = versions(&sandbox);
    to_review(&mut program);
    acknowledge_and_create(&mut program);
    while versions(&sandbox) == before {
        std::thread::yield_now();
    }
    sandbox.change(|account, moment| {
        let slots = account
            .group(GROUP)
            .unwrap()
            .versions()
            .next()
            .unwrap()
            .holds
            .clone();
        account.create_group_version(moment, GROUP, slots).unwrap();
    });
    let shown = program.wait_for("CREATED");
    let own = sandbox.account(|account| {
        let versions = account.group(GROUP).unwrap().versions();
        versions
            .map(|version| version.id.to_string())
            .nth(before)
            .unwrap()
    });
    assert!(shown.contains(&own), "{own}\n{shown}");
    program.send("q");
    assert_eq!(program.finish().status, 0);
    assert_eq!(server.count("POST", "/versions"), 1);
}
