//! The history says before and after each request what was sent and what became of it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use greengroup::domain::{DefinitionKind, GroupId, Slots, Timestamp};
use greengroup::runtime::files::history::{Entry, History, Outcome, OutcomeKind, Sending};

fn sending(token: &str) -> Sending {
    let mut new = Slots::default();
    new.fill_verbatim(DefinitionKind::Core, "text that is no ARN");
    Sending {
        at: Timestamp::from_milliseconds(1_800_000_000_000),
        caller: Some("arn:aws:sts::111122223333:assumed-role/ops-admin/anna".to_owned()),
        region: "eu-central-1".to_owned(),
        endpoint: Some("https://me:secret@localhost:4566".to_owned()),
        group: GroupId::new("9f8e21c0"),
        base: None,
        old: Slots::default(),
        new,
        client_token: token.to_owned(),
    }
}

fn outcome(token: &str) -> Entry {
    Entry::Outcome(Box::new(Outcome {
        at: Timestamp::from_milliseconds(1_800_000_001_000),
        client_token: token.to_owned(),
        request_id: Some("r-1".to_owned()),
        result: OutcomeKind::Created {
            version: Some("v".to_owned()),
            arn: None,
        },
    }))
}

#[test]
fn each_request_has_two_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.jsonl");
    let history = History::at(path.clone());
    assert_eq!(history.unsettled().unwrap(), []);
    history
        .append(&Entry::Sending(Box::new(sending("one"))))
        .unwrap();
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
fn truncated_line_spoils_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.jsonl");
    let history = History::at(path.clone());
    history
        .append(&Entry::Sending(Box::new(sending("one"))))
        .unwrap();
    let whole = fs::read(&path).unwrap();
    let mut cut = whole.clone();
    cut.extend_from_slice(&whole[..whole.len() / 2]);
    fs::write(&path, cut).unwrap();
    let two = Sending {
        group: GroupId::new("another"),
        ..sending("two")
    };
    history.append(&Entry::Sending(Box::new(two))).unwrap();
    let tokens: Vec<String> = history
        .unsettled()
        .unwrap()
        .into_iter()
        .map(|sending| sending.client_token)
        .collect();
    assert_eq!(tokens, ["one", "two"]);
}

#[test]
fn request_is_open_until_outcome_or_successor() {
    let folder = tempfile::tempdir().unwrap();
    let history = History::at(folder.path().join("history.jsonl"));
    let send = |token: &str| {
        let entry = Entry::Sending(Box::new(sending(token)));
        history.append(&entry).unwrap();
    };
    let tokens = || -> Vec<String> {
        let unsettled = history.unsettled().unwrap();
        unsettled
            .into_iter()
            .map(|sent| sent.client_token)
            .collect()
    };
    send("one");
    let Entry::Outcome(mut unknown) = outcome("one") else {
        unreachable!("it is an outcome");
    };
    unknown.result = OutcomeKind::Unknown {
        message: "no answer".to_owned(),
    };
    history.append(&Entry::Outcome(unknown)).unwrap();
    assert_eq!(tokens(), ["one"], "unknown is no outcome");
    send("two");
    assert_eq!(tokens(), ["two"]);
    history.append(&outcome("two")).unwrap();
    assert_eq!(tokens(), [""; 0]);
}
