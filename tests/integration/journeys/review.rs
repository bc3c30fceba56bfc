//! The review: a group with a newer version, identical copies, and older versions as the base.

use greengroup::app::Launch;
use greengroup::app::overlay::Overlay;
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::{Acknowledgement, ReviewStage};
use greengroup::domain::{DefinitionKind, GroupVersionId, SlotState};
use greengroup::sandbox::{Operation, Sandbox};

use crate::support::open_group::press_line;
use crate::support::session::Session;

impl Session {
    fn somebody_empties(&self, kind: DefinitionKind) -> GroupVersionId {
        self.somebody_creates(|slots, _| slots[kind] = None)
    }

    fn stage(&self) -> ReviewStage {
        match self.app.screen() {
            Screen::Review(review) => review.stage.clone(),
            other => panic!("no review but {other:?}"),
        }
    }

    fn asks_about_move(&self) -> bool {
        matches!(self.app.overlays().last(), Some(Overlay::RebaseDialog(_)))
    }
}

async fn with_another_function() -> Session {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3/fns<Down><Down><Enter>").await;
    assert_eq!(session.state(DefinitionKind::Function), SlotState::Changed);
    session
}

#[tokio::test(start_paused = true)]
async fn review_sees_version_created_before_it() {
    let mut session = with_another_function().await;
    let theirs = session.somebody_empties(DefinitionKind::Logger);
    let before = session.count_versions();
    session.press("a").await;
    assert_eq!(session.stage(), ReviewStage::Moved(theirs));
    session.acknowledge_everything().await;
    session.press("<Tab><Enter>").await;
    assert!(session.asks_about_move(), "{}", session.screen());
    assert_eq!(
        session.count_versions(),
        before,
        "nothing is sent until it is decided"
    );
}

#[tokio::test(start_paused = true)]
async fn version_created_after_review_needs_acknowledgement() {
    let mut session = with_another_function().await;
    session.press("a").await;
    session.acknowledge_everything().await;
    session.somebody_empties(DefinitionKind::Logger);
    let before = session.count_versions();
    session.press("<Tab><Enter>").await;
    assert!(session.asks_about_move(), "{}", session.screen());
    assert_eq!(session.count_versions(), before);
}

#[tokio::test(start_paused = true)]
async fn rebasing_takes_theirs_where_nothing_of_mine_is() {
    let mut session = with_another_function().await;
    let theirs = session.somebody_empties(DefinitionKind::Logger);
    let mine = session
        .draft()
        .slots()
        .get(DefinitionKind::Function)
        .cloned();
    session.press("a<Tab><Enter>").await;
    session.press("<Right><Enter>").await;
    assert!(!session.asks_about_move());
    assert_eq!(session.draft().base().version.as_ref(), Some(&theirs));
    assert_eq!(session.draft().slots().get(DefinitionKind::Logger), None);
    assert_eq!(
        session
            .draft()
            .slots()
            .get(DefinitionKind::Function)
            .cloned(),
        mine
    );
    assert_eq!(
        session.state(DefinitionKind::Logger),
        SlotState::Empty,
        "theirs is no drop of mine"
    );
    session.acknowledge_everything().await;
    session.press("<Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn overwriting_has_to_be_acknowledged_as_well() {
    let mut session = with_another_function().await;
    let theirs = session.somebody_empties(DefinitionKind::Logger);
    session.press("a<Tab><Enter>").await;
    session.press("<Right><Right><Enter>").await;
    let Screen::Review(review) = session.app.screen() else {
        panic!("{}", session.screen())
    };
    let overwrites =
        review.boxes.all().iter().find(
            |one| matches!(&one.what, Acknowledgement::Supersedes(one) if one.version == theirs),
        );
    assert!(
        overwrites.is_some_and(|one| !one.ticked),
        "{}",
        session.screen()
    );
    session.acknowledge_everything().await;
    session.press("<Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn an_unchanged_draft_would_be_an_identical_copy() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("a<Tab><Enter>").await;
    assert_eq!(session.screen_name(), "Review");
    session.assert_body("identical copy");
    assert_eq!(
        session
            .sandbox()
            .traffic(|traffic| traffic.count(Operation::CreateGroupVersion)),
        0
    );
}

#[tokio::test(start_paused = true)]
async fn a_finding_leads_back_to_its_slot() {
    let mut session = with_another_function().await;
    session.press("an<Enter>").await;
    assert_eq!(session.screen_name(), "Assemble");
    let Screen::Assemble(assemble) = session.app.screen() else {
        unreachable!()
    };
    assert_eq!(assemble.focus, DefinitionKind::Subscription);
}

#[tokio::test(start_paused = true)]
async fn older_base_can_be_chosen_and_undone() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    let latest = session.draft().base().version.clone();
    session.press("b<Down><Enter>").await;
    let older = session.draft().base().version.clone();
    assert_ne!(older, latest, "{}", session.screen());
    assert!(
        !session.draft().differs(),
        "the draft starts from what that version holds"
    );
    session.press("a").await;
    let Screen::Review(review) = session.app.screen() else {
        panic!("{}", session.screen())
    };
    let is_shown = review
        .boxes
        .all()
        .iter()
        .any(|one| matches!(one.what, Acknowledgement::Supersedes(_)));
    assert!(
        is_shown,
        "creating from an older version supersedes the latest: {}",
        session.screen()
    );
    session.press("<Esc>u").await;
    assert_eq!(session.draft().base().version, latest);
}

#[tokio::test(start_paused = true)]
async fn history_marks_latest_and_deployed() {
    let launch = Launch {
        group: Some("warehouse-south".to_owned()),
        ..press_line()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.press("b").await;
    let body = session.body();
    let row_with = |mark: &str| body.lines().position(|row| row.contains(mark));
    let (latest, deployed) = (row_with(" latest"), row_with(" deployed ("));
    assert!(latest.is_some() && deployed.is_some(), "{body}");
    assert_ne!(latest, deployed, "{body}");
}

/// The lines of the screen from the one with `first`.
fn lines_from(session: &Session, first: &str) -> Vec<String> {
    let screen = session.screen();
    let lines = screen.lines().skip_while(|line| !line.contains(first));
    lines.map(str::to_owned).collect()
}

#[tokio::test(start_paused = true)]
async fn changed_slot_shows_what_changed_in_its_content() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3g<Enter>a").await;
    let lines = lines_from(&session, "CHANGED 3 function");
    assert!(lines[0].contains("→ 88d2f00a"), "{lines:#?}");
    assert_eq!(lines[1].trim(), "cam:12 → cam:13", "{lines:#?}");
    session.resize((140, 40)).await;
    let lines = lines_from(&session, "CHANGED 3 function");
    assert!(lines[0].ends_with("  cam:12 → cam:13"), "{lines:#?}");
    assert!(lines[0].contains("→ 88d2f00a"), "{lines:#?}");
}

#[tokio::test(start_paused = true)]
async fn slot_of_an_older_base_goes_back() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("b<Down><Enter>a").await;
    let screen = session.screen();
    let header = screen.lines().nth(1).unwrap();
    assert!(header.ends_with("kept 2  back 3"), "{screen}");
    let lines = lines_from(&session, "BACK    3 function");
    let line = &lines[0];
    assert!(
        line.contains("71c0be11") && line.contains("(latest) → 59563f5f"),
        "{screen}"
    );
    assert_eq!(lines[1].trim(), "cam:12 → cam:11", "{screen}");
    session.press("<Esc>").await;
    session.assert_body("a8e9c688  BACK");
}

#[tokio::test(start_paused = true)]
async fn boxes_number_findings_and_show_one_cursor() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3xa").await;
    let screen = session.screen();
    let numbered = screen.lines().filter(|line| line.contains(" blocking  "));
    assert!(numbered.count() > 0, "{screen}");
    let boxes: Vec<&str> = screen.lines().filter(|line| line.contains("[ ]")).collect();
    let blocking = boxes.iter().find(|line| line.contains("blocking")).unwrap();
    assert!(
        blocking.contains("finding") && !blocking.ends_with('…'),
        "{screen}"
    );
    for keys in ["", "<Right>", "<Tab>"] {
        session.press(keys).await;
        let screen = session.screen();
        let cursors = screen
            .lines()
            .filter(|line| line.trim_start().starts_with("> ") || line.contains(" > "));
        assert_eq!(cursors.count(), 1, "after {keys:?}:\n{screen}");
    }
}

#[tokio::test(start_paused = true)]
async fn outcome_keeps_old_and_new() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3g<Enter>a").await;
    session.press("<Space><Right><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    let lines = lines_from(&session, "CHANGED 3 function");
    assert!(
        lines[0].contains("71c0be11") && lines[0].contains("→ 88d2f00a"),
        "{lines:#?}"
    );
}

#[tokio::test(start_paused = true)]
async fn outcome_of_a_rollback_keeps_old_and_new() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("b<Down><Enter>a").await;
    session.press("<Space>").await;
    session.press("<Right><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    let lines = lines_from(&session, "BACK    3 function");
    assert!(lines[0].contains("71c0be11 → 59563f5f"), "{lines:#?}");
}

#[tokio::test(start_paused = true)]
async fn copying_again_copies_the_next_choice() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3gyyy").await;
    let starts: Vec<&str> = session.copied.iter().map(|text| &text[..8]).collect();
    assert_eq!(starts[0], "arn:aws:");
    assert!(
        session.copied[1].starts_with('{'),
        "{:?}",
        session.copied[1]
    );
    assert!(session.copied[2].starts_with("aws greengrass create-group-version"));
    session.press("jy").await;
    assert!(
        session.copied[3].starts_with("arn:aws:"),
        "another row begins with its ARN"
    );
    session.press("g<Enter>a<Space><Right><Enter>").await;
    session.press("yyy").await;
    assert!(session.copied[4].starts_with("arn:aws:"));
    assert!(session.copied[5].starts_with("aws greengrass create-deployment"));
    assert!(session.copied[6].starts_with('{'));
}
