//! Wrong input: an exact exit status, and one sentence on standard error with the fix.

use std::io::{Read, Write};
use std::net::TcpListener;

use greengroup::domain::printable::is_dangerous;
use rstest::rstest;

use crate::support::program::{greengroup, own_test, ran};
use crate::support::pty::{Finished, Start};

const GROUP: &str = "--sandbox --group press-line-3";
const CORE: &str =
    "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/cores/a/versions/b";

fn refused(start: Start) -> Finished {
    let finished = start.into_file().run().finish();
    finished.assert_given_back();
    assert_eq!(finished.output, "", "standard output is for receipts");
    for trace in [
        "panicked",
        "RUST_BACKTRACE",
        "stack backtrace",
        "Error {",
        "src/",
    ] {
        assert!(
            !finished.complaint.contains(trace),
            "{}",
            finished.complaint
        );
    }
    finished
}

#[rstest]
#[case::unknown_group(
    "--sandbox --group nowhere",
    "no group is called \"nowhere\" and none has this id; start without --group to see them all"
)]
#[case::unknown_version(
    "--sandbox --group press-line-3 --from 00000000-0000-0000-0000-000000000000",
    "the group press-line-3 has no version 00000000-0000-0000-0000-000000000000; leave --from out for its latest, where b lists them all"
)]
#[case::missing_file(
    "--sandbox=nowhere.json",
    "there is no account file nowhere.json; `greengroup snapshot FILE` writes one, `greengroup serve --empty FILE` begins an empty one, and --sandbox without a file opens the demo account"
)]
#[case::file_is_a_folder(
    "--sandbox=.",
    "the account file . cannot be read: Is a directory (os error 21); name a file that `greengroup snapshot` wrote"
)]
#[case::unknown_beginning(
    "--sandbox --group press-line-3 --from 00000000",
    "the group press-line-3 has no version 00000000; leave --from out for its latest, where b lists them all"
)]
#[case::missing_configuration(
    "--sandbox --config nowhere.toml",
    "the configuration nowhere.toml cannot be read: No such file or directory (os error 2); fix that, or name another file with --config"
)]
#[case::foreign_address(
    "serve --listen 192.0.2.1:1",
    "cannot listen at 192.0.2.1:1: Cannot assign requested address (os error 99); choose another address with --listen"
)]
#[case::served_sandbox(
    "--sandbox=nowhere.json serve",
    "`greengroup serve` serves the demo account, or that in FILE as `greengroup serve FILE`; leave --sandbox out"
)]
#[case::served_profile(
    "--profile ops serve",
    "`greengroup serve` serves the demo account, or that in FILE as `greengroup serve FILE`; leave --profile out"
)]
#[case::served_twice(
    "--sandbox serve nowhere.json",
    "`greengroup serve` serves the demo account, or that in FILE as `greengroup serve FILE`; leave --sandbox out"
)]
#[case::served_read_only(
    "--read-only serve",
    "`greengroup serve` has no use for --read-only; leave it out"
)]
#[case::snapshot_of_a_group(
    "--sandbox --group press-line-3 snapshot plant.json",
    "`greengroup snapshot` has no use for --group; leave it out"
)]
#[case::doctor_in_a_dry_run(
    "--dry-run doctor",
    "`greengroup doctor` has no use for --dry-run; leave it out"
)]
#[case::manual_of_an_account(
    "--region eu-central-1 man",
    "`greengroup man` has no use for --region; leave it out"
)]
#[case::no_region(
    "",
    "no region is set; use --region, AWS_REGION, or region = … in the profile"
)]
fn impossible_setting_gets_one_sentence(#[case] arguments: &str, #[case] sentence: &str) {
    let finished = refused(Start::with(arguments));
    assert_eq!(finished.complaint, format!("greengroup: {sentence}\n"));
    assert_eq!(finished.status, 2);
}

#[rstest]
#[case::unknown_slot("--set", "cores=none", "no slot is called \"cores\"")]
#[case::no_value("--set", "core", "KIND=ARN|none|@FILE")]
#[case::no_arn("--set", "core=press-line", "an ARN has six parts")]
#[case::unknown_output("--output", "yaml", "[possible values: text, json, arn]")]
#[case::two_accounts(
    "--endpoint-url",
    "http://127.0.0.1:1",
    "cannot be used with '--endpoint-url"
)]
fn malformed_arguments_are_refused_before_any_request(
    #[case] option: &str,
    #[case] value: &str,
    #[case] part: &str,
) {
    let finished = refused(Start::with(GROUP).argument(option).argument(value));
    assert!(finished.complaint.contains(part), "{}", finished.complaint);
    assert_is_one_sentence(&finished);
}

fn assert_is_one_sentence(finished: &Finished) {
    let complaint = &finished.complaint;
    assert!(complaint.starts_with("greengroup: "), "{complaint}");
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    assert_eq!(finished.status, 2);
}

#[rstest]
#[case(
    "--profil ops",
    "unexpected argument '--profil' found; a similar argument exists: '--profile'; see greengroup --help"
)]
#[case(
    "--color blue",
    "invalid value 'blue' for '--color <WHEN>' [possible values: auto, always, never]; see greengroup --help"
)]
#[case(
    "snapshot",
    "the following required arguments were not provided: <FILE>; see greengroup snapshot --help"
)]
#[case(
    "serve --listen nowhere",
    "invalid value 'nowhere' for '--listen <HOST:PORT>': it must be HOST:PORT, such as 127.0.0.1:8471; see greengroup --help"
)]
#[case(
    "docter",
    "unrecognized subcommand 'docter'; a similar subcommand exists: 'doctor'; see greengroup --help"
)]
fn wrong_argument_gets_sentence_and_suggestion(#[case] arguments: &str, #[case] sentence: &str) {
    let finished = refused(Start::with(arguments));
    assert_eq!(finished.complaint, format!("greengroup: {sentence}\n"));
    assert_is_one_sentence(&finished);
}

#[test]
fn a_slot_is_not_filled_with_another_kind() {
    let start = Start::with(GROUP)
        .argument("--set")
        .argument(format!("function={CORE}"));
    let finished = refused(start);
    assert!(
        finished.complaint.contains("function") && finished.complaint.contains("core"),
        "{}",
        finished.complaint
    );
    assert_eq!(finished.status, 2);
}

#[test]
fn ambiguous_name_lists_groups_with_ids() {
    let finished = refused(Start::with("--sandbox --group staging"));
    let lines: Vec<&str> = finished.complaint.lines().collect();
    assert_eq!(
        lines[0],
        "greengroup: several groups are called \"staging\"; name one by its id:"
    );
    assert!(
        lines[1].starts_with("  3ea94921-8e7c-416a-9d8e-a92637af7ba5  created "),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].starts_with("  8bee1589-240c-48c3-ad59-08ee85308804  created "),
        "{}",
        lines[2]
    );
    assert_eq!((lines.len(), finished.status), (3, 2));
}

#[test]
fn ambiguous_version_prefix_lists_all_versions() {
    let account = include_str!("../../../assets/demo-account.json");
    let account = account.replace("6f1d5365-bb73", "9f8e21c0-bb73");
    let start = Start::with("--sandbox=account.json --group press-line-3 --from 9f8e21c0");
    let finished = refused(start.file("account.json", account));
    let expected = "greengroup: several versions of the group press-line-3 begin with 9f8e21c0; give one in full:\n  \
                    9f8e21c0-f46f-4f36-a572-1f0964b38d6a\n  9f8e21c0-bb73-4ba6-9d56-84ab046ec5ef\n";
    assert_eq!(
        (finished.complaint.as_str(), finished.status),
        (expected, 2)
    );
}

#[rstest]
#[case(r#"{"format": "greengroup-account/1", "account": 5"#, "line 1")]
#[case("{\n\"format\": \"other\"}", "line 2")]
#[case("", "line 1")]
#[case("not json\n", "line 1")]
fn damaged_account_file_is_refused_and_unchanged(#[case] content: &str, #[case] place: &str) {
    let finished = refused(Start::with("--sandbox=account.json").file("account.json", content));
    let start = format!("greengroup: the account file account.json is damaged at {place}");
    assert!(
        finished.complaint.starts_with(&start),
        "{}",
        finished.complaint
    );
    let end = "; correct that place, or write the file again with `greengroup snapshot`\n";
    assert!(finished.complaint.ends_with(end), "{}", finished.complaint);
    assert_eq!(
        (finished.complaint.lines().count(), finished.status),
        (1, 2)
    );
    let left = std::fs::read_to_string(finished.home.path().join("account.json")).unwrap();
    assert_eq!(left, content);
}

/// Set for [`without_a_terminal`] when it runs as its own process.
const DETACHED: &str = "GREENGROUP_TEST_DETACHED";

#[test]
fn without_a_terminal_there_is_one_sentence() {
    let mut detached = own_test("program::refused::without_a_terminal");
    let (status, printed, said) = ran(detached.env(DETACHED, "1"));
    assert!(
        status == Some(0) && printed.contains("1 passed"),
        "{printed}{said}"
    );
}

/// The process of the test above. In its own session there is no terminal, even if the tests run in one.
#[test]
fn without_a_terminal() {
    if std::env::var_os(DETACHED).is_none() {
        return;
    }
    rustix::process::setsid().unwrap();
    let home = tempfile::tempdir().unwrap();
    let (status, printed, complaint) = ran(greengroup(home.path()).arg("--sandbox"));
    assert_eq!(
        complaint,
        "greengroup: this is a screen program and there is no terminal here; see greengroup --help for what works without one\n"
    );
    assert_eq!((status, printed.as_str()), (Some(2), ""));
}

/// A server with the same response to every request; ends with the test's process.
fn always(status: &'static str, kind: &'static str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut connection in listener.incoming().map_while(Result::ok) {
            let mut request = Vec::new();
            let mut buffer = [0; 1024];
            while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                match connection.read(&mut buffer) {
                    Ok(length) if length > 0 => request.extend_from_slice(&buffer[..length]),
                    _ => break,
                }
            }
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
            );
            drop(connection.write_all((head + body).as_bytes()));
        }
    });
    endpoint
}

/// The screen with all of `texts` instead of the list of groups; then `q` ends it with 130.
fn shown(start: Start, texts: &[&str]) -> String {
    let mut program = start.run();
    let screen = program.wait_until(&texts.join(", "), |screen| {
        let shown = screen.contents();
        texts.iter().all(|text| shown.contains(text))
    });
    program.send("q");
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!((finished.status, finished.complaint.as_str()), (130, ""));
    screen
}

fn pointed_at(endpoint: &str) -> Start {
    Start::with("--endpoint-url")
        .argument(endpoint)
        .credentials()
}

#[test]
fn html_endpoint_is_not_greengrass() {
    let endpoint = always("200 OK", "text/html", "<html><title>Sign in</title></html>");
    let texts = [
        "Something other than Greengrass",
        "answered with a web page: Sign in",
        "check the endpoint",
    ];
    shown(pointed_at(&endpoint), &texts);
}

#[test]
fn forbidden_page_is_not_the_end_of_v1() {
    let endpoint = always(
        "403 Forbidden",
        "text/html",
        "<html><title>Denied</title></html>",
    );
    let texts = ["web page: Denied", "check the endpoint"];
    shown(pointed_at(&endpoint), &texts);
}

#[test]
fn retired_endpoint_names_its_end_date() {
    let endpoint = always(
        "404 Not Found",
        "application/json",
        r#"{"message":"Not Found"}"#,
    );
    let texts = ["AWS ended Greengrass V1 on 2026-10-07", "--sandbox"];
    shown(pointed_at(&endpoint), &texts);
}

#[test]
fn missing_endpoint_is_unreachable() {
    // Bound and closed again: no server listens there.
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let endpoint = format!("http://{address}");
    shown(pointed_at(&endpoint), &["Check the network", "unreachable"]);
}

#[test]
fn missing_credentials_show_advice() {
    let finished = refused(Start::with("--region eu-central-1"));
    let sentence = &finished.complaint;
    assert!(sentence.contains("no credentials were found"), "{sentence}");
    assert!(sentence.contains("aws configure"), "{sentence}");
    assert_eq!(finished.status, 2);
}

#[rstest]
#[case("--group", "a\u{1b}[2J\u{202e}b")]
#[case("--from", "9f8e21c0-\u{1b}[2J\u{9b}31m\nb")]
#[case("--from", "\u{1b}]0;t\u{7}")]
#[case("--config", "\u{1b}[31m.toml")]
fn escapes_in_arguments_are_written_out(#[case] option: &str, #[case] value: &str) {
    let start = if option == "--group" {
        Start::with("--sandbox")
    } else {
        Start::with(GROUP)
    };
    harmless(&refused(start.argument(option).argument(value)));
}

#[test]
fn escapes_in_file_names_are_written_out() {
    harmless(&refused(
        Start::with("").argument("--sandbox=no\u{1b}[31m\u{200b}.json"),
    ));
}

fn harmless(finished: &Finished) {
    let complaint = &finished.complaint;
    let is_harmless = |character: char| character == '\n' || !is_dangerous(character);
    assert!(complaint.chars().all(is_harmless), "{complaint:?}");
    assert!(complaint.contains("\\u{1b}"), "{complaint:?}");
    assert_eq!((complaint.lines().count(), finished.status), (1, 2));
}
