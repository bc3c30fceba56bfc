//! Arguments, environment and files with control characters: the real program's messages contain none.

use rstest::rstest;

use super::is_safe;
use crate::support::pty::Start;

/// A title, a colour, a new line, and reversed text.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[31m\r\u{9b}2J\u{202e}evil";

#[rstest]
#[case::unknown_flag(&[], "--")]
#[case::unknown_word(&[], "")]
#[case::unknown_choice(&["--output"], "")]
#[case::unknown_group(&["--sandbox", "--group"], "")]
#[case::no_slot(&["--sandbox", "--set"], "")]
#[case::no_arn(&["--sandbox", "--set"], "core=")]
#[case::no_version(&["--sandbox", "--group", "press-line-3", "--from"], "")]
#[case::no_account_file(&[], "--sandbox=")]
#[case::no_configuration(&["--sandbox", "--config"], "")]
#[case::no_profile(&["--region", "eu-central-1", "--profile"], "")]
#[case::no_region(&["--region"], "")]
#[case::no_endpoint(&["--region", "eu-central-1", "--endpoint-url"], "")]
#[case::no_theme(&["--sandbox", "--color"], "")]
fn complaint_contains_no_escape_sequence(#[case] before: &[&str], #[case] prefix: &str) {
    let mut start = Start::with("");
    for argument in before {
        start = start.argument(*argument);
    }
    let finished = start.argument(format!("{prefix}{HOSTILE}")).run().finish();
    assert_ne!(finished.status, 0);
    assert!(!finished.complaint.is_empty());
    assert!(is_safe(&finished.complaint), "{:?}", finished.complaint);
    let raw = String::from_utf8_lossy(&finished.raw);
    assert!(!raw.contains("owned\u{7}"), "{raw:?}");
}

#[test]
fn hostile_configuration_is_refused_safely() {
    // TOML writes a character as `\U0000001b`.
    let escaped = HOSTILE
        .chars()
        .map(|one| format!("\\U{:08x}", u32::from(one)));
    let text = format!("[requests]\n\"{}\" = 1\n", escaped.collect::<String>());
    let start = Start::with("--sandbox --config config.toml").file("config.toml", text);
    let finished = start.run().finish();
    assert_eq!(finished.status, 2);
    assert!(is_safe(&finished.complaint), "{:?}", finished.complaint);
}
