//! Another profile in a running session, by `c`: the credentials that sign afterwards, and their text on the
//! screen.

use super::account::Account;
use crate::support::program::{greengroup, ran};
use crate::support::pty::Start;

/// The AWS CLI v1 takes these, and its default is `legacy`.
const CONFIG: &str = "[profile plant]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n\
    retry_mode = legacy\nmax_attempts = -1\n";

#[test]
fn profile_chosen_in_session_overrides_environment_keys() {
    let account = Account::start();
    let start = Start::with("").credentials();
    std::fs::create_dir(start.home().join(".aws")).unwrap();
    let start = start
        .file(".aws/config", CONFIG)
        .variable("AWS_RETRY_MODE", "legacy")
        .variable("AWS_MAX_ATTEMPTS", "0")
        .variable("AWS_ENDPOINT_URL", &account.url());
    let mut program = start.size(140, 40).run();
    program.wait_for("credentials from the environment");
    program.wait_for("No groups in this account");
    program.send("c");
    program.wait_for("Credentials: the environment.");
    assert_eq!(signers(&account), ["AKIDEXAMPLE"]);
    program.send("/plant\r");
    program.send("\r");
    program.wait_for("profile plant");
    program.wait_for("No groups in this account");
    program.send("c");
    program.wait_for("Credentials: the keys of the profile \"plant\"");
    assert_eq!(signers(&account), ["AKIAFILE"]);
    program.send("\u{1b}");
    program.wait_for("q quit");
    program.send("q");
    assert_eq!(program.finish().status, 130);
}

#[test]
fn snapshot_is_signed_by_the_named_profile() {
    let account = Account::start();
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    std::fs::write(home.path().join(".aws/config"), CONFIG).unwrap();
    for (arguments, signer) in [
        (["snapshot", "a.json"].as_slice(), "AKIAENV"),
        (&["snapshot", "b.json", "--profile", "plant"], "AKIAFILE"),
    ] {
        let mut command = greengroup(home.path());
        command
            .args(arguments)
            .current_dir(home.path())
            .env("AWS_ACCESS_KEY_ID", "AKIAENV")
            .env("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key")
            .env("AWS_REGION", "eu-central-1")
            .env("AWS_ENDPOINT_URL", account.url());
        ran(&mut command);
        assert_eq!(signers(&account), [signer]);
    }
}

/// The keys that signed a list of the groups since the last call.
fn signers(account: &Account) -> Vec<String> {
    let asked = account.take().into_iter();
    let lists = asked.filter(|asked| asked.what == "ListGroups");
    let mut keys: Vec<String> = lists.filter_map(|asked| asked.key).collect();
    keys.dedup();
    keys
}
