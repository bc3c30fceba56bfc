//! Automatic previews next to a list, and their requests.

use std::time::Duration;

use greengroup::app::Launch;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Fault, Operation, Sandbox};
use rstest::rstest;

use crate::support::open_group::press_line;
use crate::support::session::Session;

const WIDE: (u16, u16) = (120, 30);
const NARROW: (u16, u16) = (119, 30);

/// Longer than the cursor must rest.
const RESTED: Duration = Duration::from_millis(301);
/// Shorter than that.
const NOT_YET: Duration = Duration::from_millis(298);

fn groups() -> Launch {
    Launch {
        is_sandbox: true,
        ..Launch::default()
    }
}

async fn start(launch: Launch, size: (u16, u16)) -> Session {
    Session::start_with(Sandbox::demo(), launch, Journal::nowhere(), size).await
}

/// The text next to the list, without blanks at its ends.
fn beside(session: &Session) -> String {
    let body = session.body();
    let parts = body.lines().filter_map(|line| line.split_once('│'));
    // After a row, the test backend lists the cells that wide characters hide.
    let parts = parts.map(|(_, beside)| beside.split("\" Hidden").next().unwrap());
    let lines = parts.map(str::trim);
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn asked_deployments(session: &Session) -> usize {
    let sandbox = session.sandbox();
    sandbox.traffic(|traffic| traffic.count(Operation::ListDeployments))
}

#[rstest]
#[case::assemble(press_line(), "3", "content of 71c0be11")]
#[case::groups(groups(), "", "cold-store")]
#[tokio::test(start_paused = true)]
async fn preview_opens_by_itself_from_120_columns(
    #[case] launch: Launch,
    #[case] keys: &str,
    #[case] title: &str,
) {
    let mut session = start(launch, NARROW).await;
    session.press(keys).await;
    assert_eq!(beside(&session), "");
    session.resize(WIDE).await;
    assert!(beside(&session).starts_with(title), "{}", session.screen());
    session.press("p").await;
    assert_eq!(beside(&session), "", "p closes it");
    session.press("p").await;
    assert!(beside(&session).starts_with(title), "and opens it again");
}

#[tokio::test(start_paused = true)]
async fn back_skips_the_automatic_preview() {
    let mut session = start(press_line(), WIDE).await;
    session.press("3d").await;
    assert!(beside(&session).starts_with("diff: "));
    session.press("<Esc>").await;
    assert!(beside(&session).starts_with("content of "));
    session.press("d").await;
    session.press("d").await;
    assert!(beside(&session).starts_with("content of "));
    session.press("<Esc>").await;
    assert_eq!(session.screen_name(), "Groups");
}

#[tokio::test(start_paused = true)]
async fn group_shows_its_slots_last_deployment_and_draft() {
    let mut session = start(groups(), WIDE).await;
    session.press("/press-line-3<Enter>").await;
    session.press("3/press<Down><Enter>7x<Esc>").await;
    session.press("<Esc>").await;
    let shown = beside(&session);
    let mut lines = shown.lines();
    assert!(lines.next().unwrap().starts_with("press-line-3 "));
    let words: Vec<String> = lines
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        words,
        [
            "cfe25d79-95b2-4438-b0ad-41ddccd688af",
            "latest 9f8e21c0 2025-11-02",
            "",
            "core press-line-3-core 55aa01c2",
            "device -",
            "function press-line-3-fns 71c0be11",
            "connector -",
            "resource press-line-3-res 3c3c9e1f",
            "subscription press-line-3-subs 0b1c44d0",
            "logger press-line-3-log cc7ae546",
            "",
            "deployed 9f8e21c0 Success 2025-11-02",
            "draft 2 changed",
        ],
        "{shown}"
    );
}

#[tokio::test(start_paused = true)]
async fn moving_cursor_sends_no_request() {
    let mut session = start(groups(), WIDE).await;
    let before = asked_deployments(&session);
    for _ in 0..5 {
        session.press_now("j");
        session.wait(NOT_YET).await;
        let shown = beside(&session);
        let is_empty = shown.starts_with("group ") && shown.lines().count() == 1;
        assert!(is_empty, "{shown}");
    }
    assert_eq!(asked_deployments(&session), before);
    session.wait(RESTED).await;
    assert_eq!(asked_deployments(&session), before + 1);
    assert!(
        beside(&session).starts_with("press-line-1 "),
        "{}",
        session.screen()
    );
}

#[rstest]
#[case::narrow(NARROW, "")]
#[case::closed(WIDE, "p")]
#[tokio::test(start_paused = true)]
async fn hidden_preview_sends_no_request(#[case] size: (u16, u16), #[case] keys: &str) {
    let mut session = start(groups(), size).await;
    session.press(keys).await;
    let before = asked_deployments(&session);
    session.press("jjG").await;
    assert_eq!(asked_deployments(&session), before);
}

#[tokio::test(start_paused = true)]
async fn preview_reports_a_failed_read() {
    let sandbox = Sandbox::demo();
    sandbox.fail(Operation::ListDeployments, 1000, Fault::Deny);
    let session = Session::start_with(sandbox, groups(), Journal::nowhere(), WIDE).await;
    let shown = beside(&session);
    assert!(shown.contains("AccessDenied"), "{shown}");
}

/// The lists are read before it at any rate.
#[tokio::test(start_paused = true)]
async fn preview_is_read_after_every_list() {
    let sandbox = Sandbox::demo();
    sandbox.set_delay(Duration::from_millis(700));
    let mut session = Session::begin(sandbox, groups(), Journal::nowhere(), WIDE);
    while asked_deployments(&session) == 0 {
        session.wait(Duration::from_millis(10)).await;
    }
    let catalog = session.app.session.catalog();
    for kind in greengroup::domain::DefinitionKind::ALL {
        assert!(catalog.definitions(kind).is_complete(), "{kind}");
    }
}
