//! The report of `greengroup doctor` about AWS's files, the proxies, and the hosts of the credentials.

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use rstest::rstest;
use tempfile::TempDir;

use crate::support::program::{greengroup, ran};

const ROLE: &str = "[profile plant]\nrole_arn = arn:aws:iam::111122223333:role/plant\nsource_profile = base\n[profile other]\na#b\n";
const BASE: &[u8] =
    b"[base]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n";
const LATIN: &[u8] = b"[base]\naws_secret_access_key = s3cr3t/file+key\nname = M\xfcnchen\n";

/// No server listens there, so no request leaves this machine.
const NOWHERE: &str = "http://127.0.0.1:1";

fn home(config: &str, credentials: &[u8]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join(".aws")).unwrap();
    fs::write(home.path().join(".aws/config"), config).unwrap();
    fs::write(home.path().join(".aws/credentials"), credentials).unwrap();
    home
}

/// The report, checked for secrets.
fn report(home: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = greengroup(home);
    command
        .args(["doctor", "--region", "eu-central-1"])
        .args(arguments)
        .envs(variables.iter().copied());
    ran(&mut command).1
}

fn assert_has(report: &str, line: &str) {
    assert!(report.lines().any(|one| one == line), "{line}\n{report}");
}

#[test]
fn both_files_and_lines_passed_over_are_listed() {
    let home = home(ROLE, BASE);
    let (config, credentials) = (".aws/config", ".aws/credentials");
    let path = |name: &str| home.path().join(name).display().to_string();
    let shown = report(home.path(), &["--endpoint-url", NOWHERE], &[]);
    let line = format!("  AWS config       {} (there, UTF-8)", path(config));
    assert_has(&shown, &line);
    assert!(shown.contains("    passed over    line 5: "), "{shown}");
    let line = format!("  AWS credentials  {} (there, UTF-8)", path(credentials));
    assert_has(&shown, &line);
    fs::write(home.path().join(credentials), LATIN).unwrap();
    let shown = report(home.path(), &["--endpoint-url", NOWHERE], &[]);
    let line = format!(
        "! AWS credentials  {}: line 3 is not UTF-8",
        path(credentials)
    );
    assert!(shown.contains(&line), "{shown}");
    fs::remove_file(home.path().join(credentials)).unwrap();
    let shown = report(home.path(), &["--endpoint-url", NOWHERE], &[]);
    let line = format!("  AWS credentials  {} (not there)", path(credentials));
    assert_has(&shown, &line);
}

/// A password may contain any character, and no form of the address shows it.
#[rstest]
#[case::number_sign("http://anna:s3cr3t#x@proxy:1")]
#[case::slash("http://anna:s3cr3t/x@proxy:1")]
#[case::question_mark("http://anna:s3cr3t?x@proxy:1")]
#[case::at_sign("http://anna:s3cr3t@x@proxy:1")]
#[case::odd_scheme("s3cr3t://anna:s3cr3t@proxy:1")]
#[case::no_scheme("anna:s3cr3t@proxy:1")]
fn proxy_is_shown_without_its_password(#[case] value: &str) {
    let home = home("", BASE);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        let shown = report(home.path(), &["--endpoint-url", NOWHERE], &[(name, value)]);
        assert_has(&shown, &format!("  {name:<16} proxy:1"));
    }
}

#[test]
fn proxies_that_do_not_count_are_marked() {
    let home = home("", BASE);
    let shown =
        |variables: &[(&str, &str)]| report(home.path(), &["--endpoint-url", NOWHERE], variables);
    let report = shown(&[("HTTP_PROXY", "upper:1"), ("http_proxy", "lower:1")]);
    assert_has(&report, "  HTTP_PROXY       upper:1 (not used)");
    assert_has(&report, "  http_proxy       lower:1");
    let report = shown(&[("HTTP_PROXY", "a:1"), ("ALL_PROXY", "b:1")]);
    assert_has(&report, "  ALL_PROXY        b:1");
    let every = [
        ("HTTP_PROXY", "a:1"),
        ("HTTPS_PROXY", "a:1"),
        ("ALL_PROXY", "b:1"),
    ];
    assert_has(&shown(&every), "  ALL_PROXY        b:1 (not used)");
}

/// `--endpoint-url` applies to Greengrass only: a role uses STS, here behind a proxy that does not run.
#[test]
fn host_that_gives_a_role_is_named() {
    let home = home(ROLE, BASE);
    let arguments = ["--profile", "plant", "--endpoint-url", NOWHERE];
    let shown = report(home.path(), &arguments, &[("HTTPS_PROXY", NOWHERE)]);
    let host = "sts.eu-central-1.amazonaws.com";
    let line = format!("{host} is asked for them, whatever --endpoint-url is");
    assert!(shown.contains(&line), "{shown}");
    let mut problems = shown.lines().filter(|line| line.starts_with("! groups"));
    assert!(problems.all(|line| line.contains(host)), "{shown}");
}

/// The report shows the error of the last attempt, not a timeout of its own.
#[test]
fn silent_server_is_reported_with_its_address() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let home = home("", BASE);
    let endpoint = format!("http://{address}");
    let arguments = ["--profile", "base", "--endpoint-url", &endpoint];
    let shown = report(home.path(), &arguments, &[]);
    let reason = format!("{address} did not answer");
    assert!(shown.contains(&reason), "{shown}");
}
