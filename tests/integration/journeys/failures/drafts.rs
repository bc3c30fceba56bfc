//! Drafts and history of a program that ends at any moment: the surviving and the lost changes.

use std::time::Duration;

use greengroup::app::Launch;
use greengroup::app::event::{Connected, DraftFile};
use greengroup::app::launch::SetSlot;
use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::question::Topic;
use greengroup::domain::{DefinitionKind, Draft};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Fault, Operation, Sandbox};
use serde_json::Value;

use super::{CREATE, Machine, PICK, press_line};
use crate::support::session::Session;

fn asked(session: &Session) -> Option<&Topic> {
    match session.app.overlays().last() {
        Some(Overlay::Question(question)) => Some(&question.topic),
        _ => None,
    }
}

/// The first session on a machine, with another version picked.
async fn picked() -> (Machine, Sandbox, Session) {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    session.press(PICK).await;
    (machine, sandbox, session)
}

/// The draft of a session, which ends.
fn drafted(session: Session) -> Draft {
    session.draft().clone()
}

/// The next session resumes the draft of the earlier one.
async fn assert_resumed(machine: &Machine, sandbox: &Sandbox, draft: Draft) {
    let mut session = machine.start(sandbox).await;
    session.press("<Enter>").await;
    assert_eq!(*session.draft(), draft);
}

#[tokio::test(start_paused = true)]
async fn draft_survives_and_is_offered_again() {
    let (machine, sandbox, mut session) = picked().await;
    session.press("7x").await;
    let draft = session.draft().clone();
    drop(session);
    let mut session = machine.start(&sandbox).await;
    assert!(matches!(
        asked(&session),
        Some(Topic::Resume {
            base_moved: false,
            ..
        })
    ));
    session.assert_body("in 2 slots: function CHANGED, logger DROPPED.");
    session.assert_body("A draft of press-line-3 from 20");
    session.press("<Enter>").await;
    assert_eq!(*session.draft(), draft);
    session.press("u").await;
    assert_eq!(
        session.draft().changed_kinds().collect::<Vec<_>>(),
        [DefinitionKind::Function]
    );
}

#[tokio::test(start_paused = true)]
async fn groups_show_and_offer_an_earlier_draft() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    session.press("3x7x").await;
    drop(session);
    let launch = Launch {
        is_sandbox: true,
        ..Launch::default()
    };
    let journal = Journal::at(&machine.paths());
    let mut session = Session::start_with(sandbox, launch, journal, (80, 24)).await;
    let screen = session.screen();
    let mut lines = screen.lines();
    let header = lines.nth(1).unwrap();
    assert!(
        header.starts_with(" press-line-3 has a draft from "),
        "{screen}"
    );
    assert!(
        header.ends_with(" ago, 2 slots changed; Enter opens it."),
        "{screen}"
    );
    let row = lines.find(|line| line.starts_with(" > ")).unwrap();
    assert!(row.contains("press-line-3 "), "{screen}");
    assert!(row.ends_with("  draft: 2 changed"), "{screen}");
    session.press("<Enter>").await;
    session.press("<Enter>").await;
    session.assert_body(" 3 function  DROPPED");
    session.press("<Esc>").await;
    let screen = session.screen();
    session.assert_body("  draft: 2 changed");
    assert!(!screen.contains("has a draft from"), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn options_apply_to_a_resumed_draft() {
    let (machine, sandbox, session) = picked().await;
    drop(session);
    let launch = Launch {
        set: vec![SetSlot::Empty(DefinitionKind::Logger)],
        ..press_line()
    };
    let journal = Journal::at(&machine.paths());
    let mut session = Session::start_with(sandbox, launch, journal, (80, 24)).await;
    session.press("<Enter>").await;
    let changed = |session: &Session| session.draft().changed_kinds().collect::<Vec<_>>();
    let both = [DefinitionKind::Function, DefinitionKind::Logger];
    assert_eq!(changed(&session), both);
    session.press("u").await;
    assert_eq!(changed(&session), [DefinitionKind::Function]);
}

#[tokio::test(start_paused = true)]
async fn draft_reports_a_moved_base() {
    let (machine, sandbox, session) = picked().await;
    session.somebody_creates(|_, _| {});
    drop(session);
    let session = machine.start(&sandbox).await;
    assert!(matches!(
        asked(&session),
        Some(Topic::Resume {
            base_moved: true,
            ..
        })
    ));
    session.assert_body("The group has a newer version now");
}

#[tokio::test(start_paused = true)]
async fn declined_draft_stays_until_a_change() {
    let (machine, sandbox, session) = picked().await;
    drop(session);
    let mut session = machine.start(&sandbox).await;
    session.press("<Right><Enter>").await;
    assert!(!session.draft().differs());
    drop(session);
    let session = machine.start(&sandbox).await;
    assert!(asked(&session).is_some());
}

#[tokio::test(start_paused = true)]
async fn a_damaged_draft_is_put_aside_and_named() {
    let (machine, sandbox, session) = picked().await;
    drop(session);
    let path = machine.paths().drafts_folder().join(&machine.drafts()[0]);
    std::fs::write(&path, b"{\"format\":1,\"key\":").unwrap();
    let session = machine.start(&sandbox).await;
    let aside = session.work().quarantined.clone().unwrap();
    assert_eq!(std::fs::read(&aside).unwrap(), b"{\"format\":1,\"key\":");
    assert!(
        aside
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .contains("damaged")
    );
    assert_eq!(machine.drafts().len(), 0);
    assert_eq!(asked(&session), None);
}

#[tokio::test(start_paused = true)]
async fn second_program_on_group_writes_nothing() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut first = machine.start(&sandbox).await;
    let mut second = machine.start(&sandbox).await;
    let reason = second.work().not_kept.clone().unwrap();
    assert!(reason.contains("another greengroup"), "{reason}");
    first.press(PICK).await;
    second.press("7x").await;
    drop(second);
    assert_resumed(&machine, &sandbox, drafted(first)).await;
}

#[tokio::test(start_paused = true)]
async fn reading_credentials_again_goes_on_keeping_the_draft() {
    let (machine, sandbox, mut session) = picked().await;
    session.press("R").await;
    assert_eq!(asked(&session), None, "the draft is this program's own");
    session.press("7x").await;
    assert_eq!(session.draft().changed_kinds().count(), 2);
    assert_resumed(&machine, &sandbox, drafted(session)).await;
}

#[tokio::test(start_paused = true)]
async fn draft_before_identity_is_kept_and_found() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    sandbox.fail(Operation::GetCallerIdentity, 10, Fault::Hang);
    let mut session = Session::begin(
        sandbox.clone(),
        press_line(),
        Journal::at(&machine.paths()),
        (80, 24),
    );
    session.wait(Duration::from_secs(2)).await;
    session.press_now("3/press<Down><Enter>");
    session.wait(Duration::from_secs(1)).await;
    assert!(session.draft().differs());
    sandbox.clear_faults();
    assert_resumed(&machine, &sandbox, drafted(session)).await;
}

#[tokio::test(start_paused = true)]
async fn draft_is_removed_only_after_create() {
    let (machine, sandbox, mut session) = picked().await;
    assert_eq!(machine.drafts().len(), 1);
    session.press("a").await;
    session.press("<Esc><Esc>").await;
    assert_eq!(
        (session.screen_name(), machine.drafts().len()),
        ("Groups", 1)
    );
    drop(session);
    let mut session = machine.start(&sandbox).await;
    session.press("<Enter>a<Tab><Space><Enter>").await;
    assert_eq!(
        (session.screen_name(), machine.drafts().len()),
        ("Outcome", 0)
    );
    drop(session);
    let session = machine.start(&sandbox).await;
    assert_eq!(asked(&session), None);
}

#[tokio::test(start_paused = true)]
async fn history_has_two_lines_and_no_secret() {
    let (machine, _sandbox, mut session) = picked().await;
    let draft = session.draft().clone();
    session.press("a<Tab><Space><Enter>").await;
    let history = machine.history();
    let [sending, outcome] = history.as_slice() else {
        panic!("{history:#?}");
    };
    assert_eq!(sending["event"], "sending");
    assert!(
        sending["caller"]
            .as_str()
            .unwrap()
            .starts_with("arn:aws:sts::")
    );
    for member in ["region", "client_token"] {
        assert!(sending[member].is_string(), "{member} of {sending}");
    }
    assert!(sending["at"].is_i64() && outcome["at"].is_i64());
    assert!(sending.get("endpoint").is_some());
    assert_eq!(sending["group"], session.group_id());
    assert_eq!(
        sending["old"],
        serde_json::to_value(&draft.base().slots).unwrap()
    );
    assert_eq!(sending["new"], serde_json::to_value(draft.slots()).unwrap());
    assert_eq!(outcome["event"], "outcome");
    assert_eq!(outcome["outcome"], "created");
    let request_id = outcome["request_id"].as_str().unwrap();
    assert!(session.app.session.calls().iter().any(|call| {
        let end = call.end.as_ref();
        end.and_then(|end| end.request_id.as_deref()) == Some(request_id)
    }));
    assert_eq!(outcome["client_token"], sending["client_token"]);
    assert_eq!(outcome["version"], session.latest_version().as_str());
    let sent = session
        .sandbox()
        .traffic(|traffic| traffic.client_tokens().to_vec());
    assert_eq!(sending["client_token"], *sent.last().unwrap());
    for file in ["history.jsonl", "greengroup.log"] {
        let text = std::fs::read_to_string(machine.state().join("greengroup").join(file))
            .unwrap_or_default();
        assert!(
            !text.contains("AKIASANDBOX") && !text.contains("Signature"),
            "{file}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn history_of_unknown_outcome_ends_with_result() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    sandbox.fail(Operation::CreateGroupVersion, 1, Fault::CutAfter);
    session.press(CREATE).await;
    let history = machine.history();
    let outcomes: Vec<&Value> = history.iter().map(|line| &line["outcome"]).collect();
    assert_eq!(
        outcomes,
        [
            &Value::Null,
            &Value::from("unknown"),
            &Value::from("created")
        ]
    );
    let tokens: Vec<&Value> = history.iter().map(|line| &line["client_token"]).collect();
    assert!(tokens.iter().all(|token| *token == tokens[0]));
}

#[tokio::test(start_paused = true)]
async fn unwritable_state_folder_is_reported() {
    let machine = Machine::new();
    std::fs::write(
        machine.state().join("greengroup"),
        b"a file where a folder belongs",
    )
    .unwrap();
    let session = machine.start(&Sandbox::demo()).await;
    assert!(session.work().not_kept.is_some());
    let nowhere = Session::start_with(
        Sandbox::demo(),
        Launch {
            dry_run: true,
            ..press_line()
        },
        Journal::without("no home".to_owned()),
        (80, 24),
    );
    assert_eq!(nowhere.await.work().not_kept.as_deref(), Some("no home"));
}

/// The account of its key is in the group's ARN, which arrives after the identity has failed.
#[tokio::test(start_paused = true)]
async fn draft_is_found_without_identity() {
    let (machine, sandbox, mut session) = picked().await;
    let identity = Operation::GetCallerIdentity;
    sandbox.fail(identity, 100, Fault::Deny);
    sandbox.fail(Operation::GetGroup, 1, Fault::Delay(Duration::from_secs(2)));
    session.press("R").await;
    session.press("7x").await;
    assert_eq!(machine.drafts().len(), 1, "{:?}", machine.drafts());
}

/// Neither STS nor the group's ARN names the account, and later both do again.
#[tokio::test(start_paused = true)]
async fn draft_stays_in_one_file_without_account() {
    let (machine, sandbox, mut session) = picked().await;
    let reads = [
        Operation::GetCallerIdentity,
        Operation::GetGroup,
        Operation::ListGroups,
    ];
    for operation in reads {
        sandbox.fail(operation, 100, Fault::Deny);
    }
    session.press("R").await;
    session.press("7x").await;
    assert_eq!(session.draft().changed_kinds().count(), 2);
    assert_eq!(machine.drafts().len(), 1, "{:?}", machine.drafts());
    sandbox.clear_faults();
    assert_resumed(&machine, &sandbox, drafted(session)).await;
}

#[tokio::test(start_paused = true)]
async fn draft_of_unknown_account_is_found_later() {
    let (_machine, sandbox, session) = picked().await;
    let draft = session.draft().clone();
    let machine = Machine::new();
    let mut journal = Journal::at(&machine.paths());
    journal.connected(session.app.session.connected().unwrap());
    assert_eq!(journal.open_draft(draft.group(), None), DraftFile::None);
    journal.save_draft(&draft).unwrap();
    drop(journal);
    let mut session = machine.start(&sandbox).await;
    assert!(matches!(asked(&session), Some(Topic::Resume { .. })));
    session.press("<Enter>").await;
    assert_eq!(*session.draft(), draft);
}

/// The file has the endpoint without the password.
#[tokio::test(start_paused = true)]
async fn draft_behind_a_password_is_announced() {
    let (_machine, _sandbox, session) = picked().await;
    let draft = session.draft().clone();
    let machine = Machine::new();
    let mut journal = Journal::at(&machine.paths());
    journal.connected(&Connected {
        endpoint: Some("http://anna:pw@localhost:4566".to_owned()),
        ..session.app.session.connected().unwrap().clone()
    });
    assert_eq!(journal.open_draft(draft.group(), None), DraftFile::None);
    journal.save_draft(&draft).unwrap();
    assert_eq!(journal.left_drafts().len(), 1);
}

/// A rollback changes no slot of its base, and is a draft like any other.
#[tokio::test(start_paused = true)]
async fn older_base_alone_is_a_draft() {
    let (machine, sandbox) = (Machine::new(), Sandbox::demo());
    let mut session = machine.start(&sandbox).await;
    session.press("bj<Enter>").await;
    let draft = session.draft().clone();
    session.assert_header("back 3");
    session.press("<Esc>").await;
    session.assert_body("draft: older base");
    session.press("<Enter>").await;
    assert_eq!(*session.draft(), draft);
    session.assert_header("back 3");
    session.press("q").await;
    let words = |session: &Session| {
        let screen = session.screen();
        screen.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let screen = words(&session);
    assert!(screen.contains("quit?"), "{screen}");
    assert!(
        screen.contains("starts from the older version cdb6a1ea"),
        "{screen}"
    );
    drop(session);
    let mut session = machine.start(&sandbox).await;
    let screen = words(&session);
    assert!(
        screen.contains("starts from the older version cdb6a1ea."),
        "{screen}"
    );
    assert!(!screen.contains("newer version now"), "{screen}");
    session.press("<Enter>").await;
    assert_eq!(*session.draft(), draft);
    session.assert_header("back 3");
    session.press("a").await;
    session.assert_body("BACK");
    session.press("<Esc>u").await;
    assert!(!session.draft().is_begun());
    session.press("<Esc>").await;
    let screen = session.screen();
    assert!(!screen.contains("draft: "), "{screen}");
}
