//! What is said of drafts before the program is left, and what the screen keeps showing meanwhile.

use greengroup::app::Launch;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::Sandbox;

use crate::open_group::press_line;
use crate::session::Session;

const SIZE: (u16, u16) = (80, 24);

/// The text of the screen as one line, for words that are wrapped.
fn words(session: &Session) -> String {
    let screen = session.screen();
    let words: Vec<&str> = screen
        .split_whitespace()
        .filter(|word| *word != "│")
        .collect();
    words.join(" ")
}

#[tokio::test(start_paused = true)]
async fn a_draft_that_no_file_keeps_is_said_to_be_lost() {
    let journal = Journal::without("there is no home folder".to_owned());
    let mut session = Session::start_with(Sandbox::demo(), press_line(), journal, SIZE).await;
    session.press("3xq").await;
    let said = words(&session);
    assert!(
        said.contains("it is lost, for it is not saved: there is no home folder"),
        "{said}"
    );
    assert!(!said.contains("offered again"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn a_group_that_was_left_with_a_draft_that_no_file_keeps_is_asked_about() {
    let demo = Launch {
        is_demo: true,
        ..press_line()
    };
    let mut session = Session::start(Sandbox::demo(), demo).await;
    session.press("3x<Esc>q").await;
    let said = words(&session);
    assert_eq!(session.screen_name(), "Groups", "{said}");
    assert!(
        said.contains("1 draft of groups that you left would be lost"),
        "{said}"
    );
    assert_eq!(session.exit, None);
    session.press("<Right><Enter>").await;
    assert!(session.exit.is_some());
}

#[tokio::test(start_paused = true)]
async fn what_was_left_in_a_file_needs_no_question() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3x<Esc>q").await;
    assert!(session.exit.is_some(), "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn a_larger_terminal_shows_more_of_a_list_at_once() {
    let launch = Launch {
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session =
        Session::start_with(Sandbox::demo(), launch, Journal::nowhere(), (80, 15)).await;
    session.press("G").await;
    let rows = |session: &Session| session.screen().matches("latest ").count();
    let before = rows(&session);
    session.resize(SIZE).await;
    assert_eq!(rows(&session), before + 7, "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn when_the_base_was_made_is_still_said_after_a_refresh() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("R").await;
    let screen = session.screen();
    assert!(
        screen.contains("base 9f8e21c0 (latest, 2025-11-02 08:00Z)"),
        "{screen}"
    );
}

#[tokio::test(start_paused = true)]
async fn that_the_base_is_not_the_latest_is_said_where_its_time_has_no_room() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("b<Down><Enter>").await;
    session.press("3x").await;
    let screen = session.screen();
    assert!(screen.contains("(the latest is 9f8e21c0)"), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn the_plain_text_has_the_groups_that_the_filter_left() {
    let launch = Launch {
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.press("/press-line<Tab>Y").await;
    let screen = session.screen();
    assert!(screen.contains("lines 1-4 of 4"), "{screen}");
    assert!(!screen.contains("weld-cell-7"), "{screen}");
}
