//! Acknowledgements: every dropped slot by itself and first, however it was dropped.

use greengroup::app::Launch;
use greengroup::app::launch::SetSlot;
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::{self, Acknowledgement, Review, ReviewLine};
use greengroup::domain::{DefinitionKind, SlotState};
use greengroup::sandbox::{Operation, Sandbox};

use crate::support::open_group::press_line;
use crate::support::session::Session;

fn review(session: &Session) -> &Review {
    match session.app.screen() {
        Screen::Review(review) => review,
        other => panic!("no review but {other:?}"),
    }
}

fn created(session: &Session) -> usize {
    let operation = Operation::CreateGroupVersion;
    session
        .sandbox()
        .traffic(|traffic| traffic.count(operation))
}

/// Presses Create before each tick and checks that nothing is sent, then after the last.
async fn create_after_the_last_tick(session: &mut Session) {
    let boxes = review(session).boxes.all().len();
    session.press("<Tab>").await;
    for ticked in 0..boxes {
        session.press("<Enter>").await;
        assert_eq!(
            session.screen_name(),
            "Review",
            "{ticked} of {boxes} are ticked"
        );
        assert_eq!(created(session), 0, "{ticked} of {boxes} are ticked");
        session.press("<Space><Down>").await;
    }
    session.press("<Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    assert_eq!(created(session), 1);
}

#[tokio::test(start_paused = true)]
async fn dropped_slots_come_first_and_each_needs_acknowledgement() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("5x6xa").await;
    let boxes = review(&session).boxes.all();
    let is_drop: Vec<bool> = boxes
        .iter()
        .map(|one| matches!(one.what, Acknowledgement::Dropped { .. }))
        .collect();
    assert!(
        is_drop.len() > 2,
        "the functions miss their resources: {boxes:?}"
    );
    let drops = is_drop.iter().take_while(|&&is_drop| is_drop).count();
    assert_eq!(drops, 2, "{boxes:?}");
    assert!(!is_drop[drops..].contains(&true), "{boxes:?}");
    create_after_the_last_tick(&mut session).await;
}

#[tokio::test(start_paused = true)]
async fn slot_emptied_by_option_is_dropped() {
    let kind = DefinitionKind::Subscription;
    let launch = Launch {
        set: vec![SetSlot::Empty(kind)],
        ..press_line()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    assert_eq!(session.state(kind), SlotState::Dropped);
    session.press("a").await;
    let first = review::lines(&session.app.session).next();
    assert_eq!(first, Some(ReviewLine::Slot(kind)), "it comes first");
    let screen = session.screen();
    let is_shown = screen
        .lines()
        .any(|line| line.contains("[ ]") && line.contains("DROPPED") && line.contains(kind.name()));
    assert!(is_shown, "{screen}");
    create_after_the_last_tick(&mut session).await;
    let group = session.draft().group().to_string();
    session.sandbox().account(|account| {
        let created = account.group(&group).unwrap().latest().unwrap();
        assert_eq!(created.holds[kind], None);
    });
}
