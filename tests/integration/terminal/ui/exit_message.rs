//! The last messages quote the service's text, without control characters for the terminal.

use greengroup::app::Launch;
use greengroup::domain::GroupVersionId;
use greengroup::domain::printable::is_dangerous;

use super::account::Account;
use super::stage::Stage;

const HOSTILE: &str = "a\n\u{1b}[2J\u{202e}b";

fn last_words(account: Account, launch: Launch) -> String {
    let stage = Stage::launched(account, (80, 24), launch);
    let words = stage.app.session.ending().message.unwrap();
    let is_safe = |character: char| character == '\n' || !is_dangerous(character);
    assert!(words.chars().all(is_safe), "{words:?}");
    assert!(words.contains(r"a\u{a}\u{1b}[2J\u{202e}b"), "{words:?}");
    words
}

#[test]
fn of_the_groups_that_a_name_may_mean() {
    let mut account = Account::default();
    for id in [HOSTILE, "other"] {
        account.group(id, Some("twice"), "2026-04-30T10:00:00Z");
    }
    let launch = Launch {
        group: Some("twice".to_owned()),
        ..Launch::default()
    };
    assert_eq!(last_words(account, launch).lines().count(), 3);
}

#[test]
fn missing_version_of_nameless_group_is_reported() {
    let mut account = Account::default();
    account.group(HOSTILE, None, "2026-04-30T10:00:00Z");
    let launch = Launch {
        group: Some(HOSTILE.to_owned()),
        from: Some(GroupVersionId::new("\u{7}none")),
        ..Launch::default()
    };
    let words = last_words(account, launch);
    assert!(words.contains(r"has no version \u{7}none;"), "{words}");
    assert_eq!(words.lines().count(), 1);
}
