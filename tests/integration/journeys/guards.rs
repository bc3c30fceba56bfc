//! Guards against creating a version unknowingly and against losing a pick, with events in unusual orders.

use std::time::Duration;

use greengroup::app::effect::AccountChoice;
use greengroup::app::event::{ConnectFailure, Connected};
use greengroup::app::overlay::Overlay;
use greengroup::app::protection::Protection;
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::{Acknowledgement, Review, ReviewStage};
use greengroup::app::{Event, Launch};
use greengroup::domain::{
    CallOutcome, DefinitionKind, ErrorKind, GroupVersionId, PerKind, SlotState,
};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Fault, Operation, PageSizes, Sandbox};

use crate::support::session::Session;

fn opening(group: &str) -> Launch {
    Launch {
        group: Some(group.to_owned()),
        is_sandbox: true,
        ..Launch::default()
    }
}

async fn opened(group: &str) -> Session {
    Session::start(Sandbox::demo(), opening(group)).await
}

fn review(session: &Session) -> &Review {
    match session.app.screen() {
        Screen::Review(review) => review,
        _ => panic!("{}", session.screen()),
    }
}

fn has_box(session: &Session, is_meant: impl Fn(&Acknowledgement) -> bool) -> bool {
    review(session)
        .boxes
        .all()
        .iter()
        .any(|one| is_meant(&one.what))
}

fn created(session: &Session) -> usize {
    session
        .sandbox()
        .traffic(|traffic| traffic.count(Operation::CreateGroupVersion))
}

/// The group's versions, oldest first, each with its slots.
fn versions(sandbox: &Sandbox, name: &str) -> Vec<(GroupVersionId, PerKind<Option<String>>)> {
    sandbox.account(|account| {
        let mut groups = account.groups().iter();
        let group = groups.find(|group| group.metadata().name.as_deref() == Some(name));
        let versions = group.unwrap().versions();
        versions
            .map(|version| {
                let holds =
                    PerKind::from_fn(|kind| version.holds[kind].as_ref().map(ToString::to_string));
                (GroupVersionId::new(&*version.id), holds)
            })
            .collect()
    })
}

#[tokio::test(start_paused = true)]
async fn protected_group_asks_for_name_during_reload() {
    let mut session = opened("press-line-3").await;
    session.app.session.protect(Protection {
        groups: vec!["press-*".to_owned()],
        ..Protection::default()
    });
    session.press("7x").await;
    session.press_now("Ra");
    session.settle().await;
    session.wait(Duration::from_secs(1)).await;
    session.press("<Space><Right><Enter>").await;
    assert_eq!(created(&session), 0, "{}", session.screen());
    session.assert_body("Protected: type the group's name");
    session.press("press-line-3<Enter>").await;
    assert_eq!(created(&session), 1, "{}", session.screen());
}

/// The demo account has the name decomposed, but keyboards type it composed.
#[tokio::test(start_paused = true)]
async fn decomposed_group_name_is_found_protected_and_confirmed() {
    let mut session = opened("qu\u{e9}bec-quai").await;
    session.app.session.protect(Protection {
        groups: vec!["qu\u{e9}bec-*".to_owned()],
        ..Protection::default()
    });
    assert!(session.app.session.is_protected());
    session.press("7xa").await;
    session.wait(Duration::from_secs(1)).await;
    session.press("<Space><Right>").await;
    session.assert_body("Protected: type");
    session.press("qu\u{e9}bec-quai").await;
    let screen = session.screen();
    assert!(!screen.contains("Protected: type"), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn unknown_account_counts_as_protected() {
    let mut session = opened("press-line-3").await;
    session.app.session.protect(Protection {
        accounts: vec!["999988887777".to_owned()],
        ..Protection::default()
    });
    assert!(!session.app.session.is_protected());
    session.press_now("R");
    assert!(session.app.session.is_protected());
}

#[tokio::test(start_paused = true)]
async fn key_that_closes_overlay_creates_nothing() {
    for front in ["?<Enter>", "?<Esc>", "q<Enter>", "q<Esc>"] {
        let mut session = opened("press-line-3").await;
        session.press("7xa").await;
        session.wait(Duration::from_secs(1)).await;
        session.press("<Space><Right>").await;
        session.press_now(front);
        assert!(session.app.overlays().is_empty(), "{front}");
        session.press_now("<Enter>");
        session.settle().await;
        assert_eq!(created(&session), 0, "{front}: {}", session.screen());
        session.press("<Enter>").await;
        assert_eq!(created(&session), 1, "{front}: {}", session.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn offline_review_reads_group_after_connecting() {
    let mut session = opened("press-line-3").await;
    session.press_now("7xRa");
    session.settle().await;
    assert_eq!(
        review(&session).stage,
        ReviewStage::Ready,
        "{}",
        session.screen()
    );
}

#[tokio::test(start_paused = true)]
async fn group_keeps_name_during_reload() {
    let mut session = opened("press-line-3").await;
    session.press_now("R");
    assert_eq!(session.app.session.open_group_name(), "press-line-3");
    session.settle().await;
    let work = session.work();
    let latest = session.app.session.catalog().group(&work.group);
    assert!(latest.is_some_and(|group| group.latest.is_some()));
}

#[tokio::test(start_paused = true)]
async fn failed_account_switch_can_be_undone() {
    let launch = Launch {
        is_sandbox: false,
        ..opening("press-line-3")
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    let bad = AccountChoice {
        profile: Some("elsewhere".to_owned()),
        region: None,
    };
    session.feed(Event::Connected(Ok(Connected {
        profiles: vec!["ops".to_owned()],
        ..Connected::default()
    })));
    session.app.session.connect(bad);
    session.feed(Event::Connected(Err(ConnectFailure {
        message: "no region".to_owned(),
    })));
    session.press_now("c");
    let Some(Overlay::AccountMenu(contexts)) = session.app.overlays().last() else {
        panic!("{}", session.screen());
    };
    let rows: Vec<&str> = contexts
        .menu
        .visible()
        .map(|row| row.text.as_str())
        .collect();
    assert!(rows.iter().any(|row| row.starts_with("start ")), "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("ops")), "{rows:?}");
}

#[tokio::test(start_paused = true)]
async fn slot_filled_only_in_latest_needs_acknowledgement() {
    let sandbox = Sandbox::demo();
    let all = versions(&sandbox, "packaging-a");
    let (latest, latest_holds) = all.last().unwrap();
    let (older, older_holds) = all
        .iter()
        .rev()
        .find(|(_, holds)| holds[DefinitionKind::Logger].is_none())
        .unwrap();
    assert!(latest_holds[DefinitionKind::Logger].is_some());
    assert!(older_holds[DefinitionKind::Core].is_some());
    let launch = Launch {
        from: Some(older.clone()),
        ..opening("packaging-a")
    };
    let mut session = Session::start(sandbox, launch).await;
    session.press("a").await;
    let left_out = Acknowledgement::LeftOut(DefinitionKind::Logger, latest.clone());
    assert_eq!(
        review(&session).boxes.all()[0].what,
        left_out,
        "{}",
        session.screen()
    );
    session.assert_body("latest has ");
    assert!(
        !session.screen().contains("somebody else"),
        "the person chose the older base: {}",
        session.screen()
    );
    session.press("<Right><Enter>").await;
    assert_eq!(created(&session), 0);
}

#[tokio::test(start_paused = true)]
async fn copy_of_latest_version_is_reported() {
    let sandbox = Sandbox::demo();
    let all = versions(&sandbox, "press-line-3");
    let (_, latest) = all.last().unwrap();
    let (older, before) = &all[all.len() - 2];
    let set = DefinitionKind::ALL
        .into_iter()
        .filter(|&kind| latest[kind] != before[kind])
        .map(|kind| match &latest[kind] {
            Some(arn) => format!("{kind}={arn}").parse().unwrap(),
            None => format!("{kind}=none").parse().unwrap(),
        })
        .collect();
    let launch = Launch {
        from: Some(older.clone()),
        set,
        ..opening("press-line-3")
    };
    let mut session = Session::start(sandbox, launch).await;
    session.press("a").await;
    assert!(
        has_box(&session, |what| *what == Acknowledgement::IdenticalCopy),
        "{}",
        session.screen()
    );
}

#[tokio::test(start_paused = true)]
async fn space_ignores_box_that_just_appeared() {
    let sandbox = Sandbox::demo();
    let mut session = Session::start(sandbox.clone(), opening("press-line-3")).await;
    let content = Operation::GetDefinitionVersion(DefinitionKind::Function);
    sandbox.fail(content, u32::MAX, Fault::Delay(Duration::from_secs(2)));
    // The picked function version breaks subscriptions, and its content is still loading.
    session.press_now("3/88d2<Enter>a");
    session.wait(Duration::from_millis(500)).await;
    let is_unchecked = |what: &Acknowledgement| matches!(what, Acknowledgement::Unchecked(_));
    assert!(has_box(&session, is_unchecked), "{}", session.screen());
    let cursor = review(&session).boxes.cursor().unwrap();
    assert!(is_unchecked(&review(&session).boxes.all()[cursor].what));
    session.press_now("<Right><Enter>");
    assert_eq!(
        review(&session).stage,
        ReviewStage::Ready,
        "{}",
        session.screen()
    );
    session.settle().await;
    assert_eq!(created(&session), 0);
    assert!(!has_box(&session, is_unchecked), "{}", session.screen());
    assert!(
        !review(&session).boxes.all().is_empty(),
        "{}",
        session.screen()
    );
    session.press_now("<Space>");
    assert!(
        review(&session).boxes.all().iter().all(|one| !one.ticked),
        "{}",
        session.screen()
    );
    session.press_now("<Space>");
    assert!(review(&session).boxes.all().iter().any(|one| one.ticked));
}

#[tokio::test(start_paused = true)]
async fn unread_content_must_be_acknowledged() {
    let sandbox = Sandbox::demo();
    let mut session = Session::start(sandbox.clone(), opening("press-line-3")).await;
    sandbox.fail(
        Operation::GetDefinitionVersion(DefinitionKind::Function),
        u32::MAX,
        Fault::Deny,
    );
    session.press("3/88d2<Enter>a").await;
    let unchecked = Acknowledgement::Unchecked(vec![DefinitionKind::Function]);
    assert!(
        has_box(&session, |what| *what == unchecked),
        "{}",
        session.screen()
    );
    session.press("<Right><Enter>").await;
    assert_eq!(created(&session), 0);
}

#[tokio::test(start_paused = true)]
async fn picks_survive_a_visit_to_another_group() {
    let mut session = Session::begin(
        Sandbox::demo(),
        opening("press-line-3"),
        Journal::nowhere(),
        (80, 24),
    );
    session.settle().await;
    session.press("7x3/88d2<Enter>").await;
    session.press("<Esc>").await;
    assert_eq!(session.screen_name(), "Groups");
    session.press("/press-line-3<Enter>").await;
    assert_eq!(session.state(DefinitionKind::Logger), SlotState::Dropped);
    assert_eq!(session.state(DefinitionKind::Function), SlotState::Changed);
    session.press("uu").await;
    assert!(!session.draft().differs(), "undo reaches back as well");
}

#[tokio::test(start_paused = true)]
async fn older_versions_load_across_screen_changes() {
    let sandbox = Sandbox::demo();
    let mut session = Session::start(sandbox.clone(), opening("press-line-3")).await;
    sandbox.set_pages(PageSizes {
        list: 1,
        ..PageSizes::default()
    });
    sandbox.set_delay(Duration::from_millis(80));
    session.press_now("3v4");
    session.settle().await;
    let refused = CallOutcome::Failed(ErrorKind::Refused);
    let mut calls = session.app.session.calls().iter();
    assert!(!calls.any(|call| call.end.as_ref().is_some_and(|end| end.outcome == refused)));
    let function = session.draft().slots().version(DefinitionKind::Function);
    let versions = session
        .app
        .session
        .catalog()
        .versions(&function.unwrap().definition_id())
        .unwrap();
    assert!(versions.is_complete() && versions.items().len() > 1);
}

/// The Enter waits for a following key; the button must still be visible afterwards.
#[tokio::test(start_paused = true)]
async fn enter_presses_no_hidden_button() {
    for (size, sent) in [((120, 10), 0), ((120, 40), 1)] {
        let mut session = opened("press-line-3").await;
        session.press("7xa<Space><Right>").await;
        session.press_now("<Enter>");
        session.resize_now(size);
        session.settle().await;
        assert_eq!(created(&session), sent, "{size:?}");
    }
}
