//! Visibility: facts of the header, rows of enlarged lists, groups that match a filter.

use greengroup::app::Launch;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::Sandbox;
use rstest::rstest;

use crate::support::open_group::press_line;
use crate::support::session::Session;

fn groups() -> Launch {
    Launch {
        is_sandbox: true,
        ..Launch::default()
    }
}

/// However far down the list was, no row stays empty that a line could fill.
#[rstest]
#[case::groups(groups(), "G")]
#[case::pane(press_line(), "3G")]
#[case::calls(groups(), "RRRRRRRRRRRRRRRRRRRRRRRR!G")]
#[case::preview(press_line(), "3pG")]
#[tokio::test(start_paused = true)]
async fn larger_terminal_shows_more_rows(#[case] launch: Launch, #[case] keys: &str) {
    let small = (80, 15);
    let mut session = Session::start_with(Sandbox::demo(), launch, Journal::nowhere(), small).await;
    session.press(keys).await;
    let empty = |session: &Session| {
        let screen = session.screen();
        screen.lines().filter(|line| line.trim().is_empty()).count()
    };
    let before = empty(&session);
    session.resize((80, 22)).await;
    assert_eq!(empty(&session), before, "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn base_time_survives_a_refresh() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("R").await;
    session.assert_header("base 9f8e21c0 (latest, 2025-11-02 08:00Z)");
}

#[tokio::test(start_paused = true)]
async fn narrow_header_reports_older_base() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("b<Down><Enter>").await;
    session.press("3x").await;
    session.assert_header("base cdb6a1ea, latest 9f8e21c0");
    session.assert_header("kept 2  dropped 1  back 2");
}

#[tokio::test(start_paused = true)]
async fn plain_text_keeps_the_filter() {
    let mut session = Session::start(Sandbox::demo(), groups()).await;
    session.press("/press-line<Tab>Y").await;
    let screen = session.screen();
    session.assert_body("lines 1-4 of 4");
    assert!(!screen.contains("weld-cell-7"), "{screen}");
}
