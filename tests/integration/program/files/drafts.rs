//! Drafts are restored unchanged, damaged ones are renamed, and one program has a draft at a time.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use greengroup::domain::{Base, DefinitionKind, Draft, GroupId, Slots, Timestamp};
use greengroup::runtime::files::drafts::{DraftKey, Drafts, Found, SavedDraft};
use greengroup::runtime::files::lock::{Holder, LockError};
use proptest::prelude::*;
use rstest::rstest;
use tempfile::TempDir;

use crate::support::program::own_test;

const NOW: Timestamp = Timestamp::from_milliseconds(1_800_000_000_000);

fn key(group: &str) -> DraftKey {
    DraftKey::new("111122223333", "eu-central-1", None, GroupId::new(group))
}

fn draft(key: &DraftKey) -> SavedDraft {
    let mut slots = Slots::default();
    let arn = |kind: &str, version: &str| {
        format!(
            "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/{kind}/d0000000-0000-0000-0000-000000000000/versions/{version}"
        )
    };
    let version = "00000000-0000-0000-0000-000000000001";
    slots.fill_verbatim(DefinitionKind::Core, &arn("cores", version));
    slots.fill_verbatim(DefinitionKind::Logger, "not an ARN, but kept");
    let base = Base {
        version: None,
        slots,
    };
    let mut draft = Draft::new(key.group().clone(), base);
    draft.pick(arn("functions", version).parse().unwrap());
    draft.empty(DefinitionKind::Core);
    draft.undo();
    SavedDraft {
        key: key.clone(),
        saved: NOW,
        draft,
    }
}

fn drafts() -> (TempDir, Drafts) {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(folder.path().to_owned());
    (folder, drafts)
}

fn only_file(folder: &Path) -> std::path::PathBuf {
    let mut entries = fs::read_dir(folder).unwrap();
    let path = entries.next().unwrap().unwrap().path();
    assert!(entries.next().is_none());
    path
}

#[test]
fn draft_keeps_undo_and_redo() {
    let (_folder, drafts) = drafts();
    let key = key("9f8e21c0-1111");
    assert_eq!(drafts.load(&key, NOW).unwrap(), Found::Nothing);
    let mut saved = draft(&key);
    drafts.save(&saved).unwrap();
    assert_eq!(
        drafts.load(&key, NOW).unwrap(),
        Found::Draft(Box::new(saved.clone()))
    );
    assert!(saved.draft.can_undo() && saved.draft.can_redo());
    saved.draft.redo();
    drafts.save(&saved).unwrap();
    assert_eq!(
        drafts.load(&key, NOW).unwrap(),
        Found::Draft(Box::new(saved))
    );
    drafts.remove(&key).unwrap();
    drafts.remove(&key).unwrap();
    assert_eq!(drafts.load(&key, NOW).unwrap(), Found::Nothing);
}

#[test]
fn drafts_are_keyed_by_account_endpoint_and_group() {
    let (_folder, drafts) = drafts();
    let group = || GroupId::new("9f8e21c0");
    let keys = [
        DraftKey::new("111122223333", "eu-central-1", None, group()),
        DraftKey::new("444455556666", "eu-central-1", None, group()),
        DraftKey::new("111122223333", "us-east-1", None, group()),
        DraftKey::new(
            "111122223333",
            "eu-central-1",
            Some("http://localhost:1"),
            group(),
        ),
        DraftKey::new(
            "111122223333",
            "eu-central-1",
            None,
            GroupId::new("9f8e21c0-2"),
        ),
    ];
    for key in &keys {
        drafts.save(&draft(key)).unwrap();
    }
    for key in &keys {
        let found = drafts.load(key, NOW).unwrap();
        assert_eq!(found, Found::Draft(Box::new(draft(key))));
    }
}

#[test]
fn credentials_in_an_endpoint_are_not_kept() {
    let (folder, drafts) = drafts();
    let endpoint = Some("https://me:secret@greengrass.example/");
    let key = DraftKey::new("1", "eu-central-1", endpoint, GroupId::new("g"));
    drafts.save(&draft(&key)).unwrap();
    let text = fs::read_to_string(only_file(folder.path())).unwrap();
    assert!(
        !text.contains("secret") && text.contains("greengrass.example"),
        "{text}"
    );
}

#[rstest]
#[case::cut("{\"format\":1,\"key\"")]
#[case::empty("")]
#[case::other_format("{\"format\":2}")]
#[case::no_draft("[1,2,3]")]
#[case::members_missing("{\"format\":1}")]
fn a_damaged_draft_is_put_aside_and_named(#[case] text: &str) {
    let (folder, drafts) = drafts();
    let key = key("9f8e21c0");
    drafts.save(&draft(&key)).unwrap();
    let path = only_file(folder.path());
    fs::write(&path, text).unwrap();
    let Found::Damaged(aside) = drafts.load(&key, NOW).unwrap() else {
        panic!("not noticed");
    };
    assert_eq!(aside.was, path);
    assert_eq!(fs::read_to_string(&aside.now).unwrap(), text);
    assert!(
        aside
            .now
            .to_str()
            .unwrap()
            .ends_with(".json.damaged-1800000000000")
    );
    assert!(aside.to_string().contains(aside.now.to_str().unwrap()));
    assert_eq!(drafts.load(&key, NOW).unwrap(), Found::Nothing);
    fs::write(&path, text).unwrap();
    let Found::Damaged(second) = drafts.load(&key, NOW).unwrap() else {
        panic!("not noticed");
    };
    let name = second.now.to_str().unwrap();
    assert!(name.ends_with("damaged-1800000000000-2"), "{name}");
}

#[test]
fn draft_of_other_group_is_not_used() {
    let (folder, drafts) = drafts();
    drafts.save(&draft(&key("one"))).unwrap();
    let one = only_file(folder.path());
    let text = fs::read_to_string(&one).unwrap();
    fs::remove_file(&one).unwrap();
    drafts.save(&draft(&key("two"))).unwrap();
    fs::write(only_file(folder.path()), text).unwrap();
    let found = drafts.load(&key("two"), NOW).unwrap();
    assert!(matches!(found, Found::Damaged(_)), "{found:?}");
}

#[test]
fn second_program_learns_the_draft_holder() {
    let (_folder, drafts) = drafts();
    let key = key("9f8e21c0");
    let holder = |process_id| Holder {
        process_id,
        since: NOW,
    };
    let first = drafts.lock(&key, &holder(41)).unwrap();
    let refused = drafts.lock(&key, &holder(42)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "another greengroup (process 41) has this group open since 2027-01-15 08:00Z"
    );
    drop(first);
    let second = drafts.lock(&key, &holder(42)).unwrap();
    let refused = drafts.lock(&key, &holder(43)).unwrap_err();
    assert!(matches!(refused, LockError::Held(Some(by)) if by == holder(42)));
    drop(second);
}

const HOLD: &str = "GREENGROUP_TEST_HOLD";

/// Not a test itself: the process that the next test kills.
#[test]
fn hold() {
    let Ok(folder) = std::env::var(HOLD) else {
        return;
    };
    let drafts = Drafts::in_folder(folder.into());
    let holder = Holder {
        process_id: std::process::id(),
        since: NOW,
    };
    let _lock = drafts.lock(&key("9f8e21c0"), &holder).unwrap();
    eprintln!("held");
    _ = std::io::Read::read(&mut std::io::stdin(), &mut [0]);
}

#[test]
fn a_lock_dies_with_its_holder() {
    let (folder, drafts) = drafts();
    let mut child = own_test("program::files::drafts::hold")
        .env(HOLD, folder.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = std::io::BufReader::new(child.stderr.take().unwrap());
    std::io::BufRead::read_line(&mut said, &mut String::new()).unwrap();
    let mine = Holder {
        process_id: 1,
        since: NOW,
    };
    let refused = drafts.lock(&key("9f8e21c0"), &mine).unwrap_err();
    assert!(matches!(refused, LockError::Held(Some(by)) if by.process_id == child.id()));
    child.kill().unwrap();
    child.wait().unwrap();
    drafts.lock(&key("9f8e21c0"), &mine).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_key_leads_out_of_the_folder(
        account in "\\PC{0,30}|\\.\\./\\.\\.", region in "[./a-z\u{0}-]{0,12}", group in "\\PC{0,400}|/etc/passwd",
    ) {
        let (folder, drafts) = drafts();
        let key = DraftKey::new(&account, &region, None, GroupId::new(group));
        drafts.save(&draft(&key)).unwrap();
        let name = only_file(folder.path()).file_name().unwrap().to_str().unwrap().to_owned();
        prop_assert!(name.len() < 120 && !name.starts_with('.'), "{name}");
        prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{name}");
        prop_assert!(matches!(drafts.load(&key, NOW).unwrap(), Found::Draft(_)));
    }
}
