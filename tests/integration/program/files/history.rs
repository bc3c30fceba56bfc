//! The history records each request before it is sent, and its outcome afterwards.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use greengroup::domain::{DefinitionKind, GroupId, Slots, Timestamp};
use greengroup::runtime::files::history::{
    Entry, History, OutcomeKind, RecordedOutcome, Sending, SlotsChange,
};
use tempfile::TempDir;

fn sending(token: &str) -> Sending {
    let mut new = Slots::default();
    new.fill_verbatim(DefinitionKind::Core, "text that is no ARN");
    Sending {
        at: Timestamp::from_milliseconds(1_800_000_000_000),
        caller: Some("arn:aws:sts::111122223333:assumed-role/ops-admin/anna".to_owned()),
        region: "eu-central-1".to_owned(),
        endpoint: Some("https://me:secret@localhost:4566".to_owned()),
        group: GroupId::new("9f8e21c0"),
        change: SlotsChange {
            base: None,
            old: Slots::default(),
            new,
        },
        client_token: token.to_owned(),
    }
}

fn outcome(token: &str) -> Entry {
    Entry::Outcome(Box::new(RecordedOutcome {
        at: Timestamp::from_milliseconds(1_800_000_001_000),
        client_token: token.to_owned(),
        request_id: Some("r-1".to_owned()),
        result: OutcomeKind::Created {
            version: Some("v".to_owned()),
            arn: None,
        },
    }))
}

/// A request to this group.
fn sent(token: &str, group: &str) -> Entry {
    Entry::Sending(Box::new(Sending {
        group: GroupId::new(group),
        ..sending(token)
    }))
}

/// A folder for a history, and the path of its file.
fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.jsonl");
    (folder, path)
}

/// The tokens of the requests without an outcome.
fn tokens(history: &History) -> Vec<String> {
    let unsettled = history.unsettled().unwrap();
    unsettled
        .into_iter()
        .map(|sent| sent.client_token)
        .collect()
}

#[test]
fn each_request_has_two_lines() {
    let (_folder, path) = file();
    let history = History::at(path.clone());
    assert_eq!(history.unsettled().unwrap(), []);
    history.append(&sent("one", "9f8e21c0")).unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(history.unsettled().unwrap().len(), 1);
    history.append(&outcome("one")).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["event"], "sending");
    assert_eq!(lines[0]["new"]["core"], "text that is no ARN");
    assert_eq!(lines[0]["endpoint"], "https://localhost:4566");
    assert_eq!(lines[1]["outcome"], "created");
    assert_eq!(lines[1]["request_id"], "r-1");
    assert_eq!(history.unsettled().unwrap(), []);
}

#[test]
fn truncated_line_affects_no_other() {
    let (_folder, path) = file();
    let history = History::at(path.clone());
    history.append(&sent("one", "9f8e21c0")).unwrap();
    let whole = fs::read(&path).unwrap();
    let mut cut = whole.clone();
    cut.extend_from_slice(&whole[..whole.len() / 2]);
    fs::write(&path, cut).unwrap();
    history.append(&sent("two", "another")).unwrap();
    assert_eq!(tokens(&history), ["one", "two"]);
}

#[test]
fn request_is_open_until_outcome_or_successor() {
    let (_folder, path) = file();
    let history = History::at(path);
    let send = |token: &str| history.append(&sent(token, "9f8e21c0")).unwrap();
    send("one");
    let Entry::Outcome(mut unknown) = outcome("one") else {
        unreachable!("it is an outcome");
    };
    unknown.result = OutcomeKind::Unknown {
        message: "no answer".to_owned(),
    };
    history.append(&Entry::Outcome(unknown)).unwrap();
    assert_eq!(tokens(&history), ["one"], "unknown is no outcome");
    send("two");
    assert_eq!(tokens(&history), ["two"]);
    history.append(&outcome("two")).unwrap();
    assert_eq!(tokens(&history), [""; 0]);
}

#[test]
fn rotation_carries_unsettled_requests_over() {
    let (folder, path) = file();
    let history = History::limited(path.clone(), 4096);
    history.append(&sent("lost", "silent")).unwrap();
    for number in 0..50 {
        let token = number.to_string();
        history.append(&sent(&token, "busy")).unwrap();
        history.append(&outcome(&token)).unwrap();
        assert!(fs::metadata(&path).unwrap().len() <= 4096);
        assert_eq!(tokens(&history), ["lost"]);
    }
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["history.jsonl", "history.jsonl.1"]);
}

#[test]
fn large_history_is_read_from_its_end() {
    let (_folder, path) = file();
    let line = serde_json::to_string(&sent("last", "9f8e21c0")).unwrap();
    let mut text = "x".repeat(5000);
    text.push('\n');
    text.push_str(&line);
    fs::write(&path, text).unwrap();
    let history = History::limited(path, 4096);
    assert_eq!(tokens(&history), ["last"]);
}

#[test]
fn unsettled_requests_survive_crash_during_rotation() {
    let (folder, path) = file();
    let history = History::at(path.clone());
    history.append(&sent("one", "9f8e21c0")).unwrap();
    fs::rename(&path, folder.path().join("history.jsonl.1")).unwrap();
    assert_eq!(tokens(&history), ["one"]);
}

#[test]
fn two_programs_lose_no_line_during_rotation() {
    let (_folder, path) = file();
    let history = || History::limited(path.clone(), 2048);
    std::thread::scope(|scope| {
        for program in 0..4 {
            scope.spawn(move || {
                for number in 0..25 {
                    let token = format!("{program}-{number}");
                    let sent = sent(&token, &program.to_string());
                    history().append(&sent).unwrap();
                }
            });
        }
    });
    let mut last = tokens(&history());
    last.sort();
    assert_eq!(last, ["0-24", "1-24", "2-24", "3-24"]);
}

/// A size that a script reaches in some years: it is read quickly, and rotated with the next request.
#[test]
fn history_of_500_mb_is_read_and_rotated() {
    let (folder, path) = file();
    let history = History::at(path.clone());
    let file = fs::File::create(&path).unwrap();
    // A sparse file, which takes no disk space and reads as zeroes.
    file.set_len(500 * 1024 * 1024).unwrap();
    let line = serde_json::to_string(&sent("lost", "silent")).unwrap();
    let mut end = fs::OpenOptions::new().append(true).open(&path).unwrap();
    std::io::Write::write_all(&mut end, format!("\n{line}\n").as_bytes()).unwrap();
    assert_eq!(tokens(&history), ["lost"]);
    history.append(&sent("next", "busy")).unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 2048);
    assert_eq!(tokens(&history), ["lost", "next"]);
    let older = fs::metadata(folder.path().join("history.jsonl.1")).unwrap();
    assert!(older.len() > 500 * 1024 * 1024);
}
