//! Findings on the screen: counted at each pane, visited with n and N, and marked as new or in the base.

use greengroup::app::Launch;
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::ReviewLine;
use greengroup::domain::DefinitionKind::{self, Core, Function, Subscription};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Fault, Operation, Sandbox};

use crate::support::session::Session;

/// The group whose latest version has a subscription to a function that it no longer contains.
fn dispatch() -> Launch {
    Launch {
        group: Some("dispatch".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    }
}

async fn tall(sandbox: Sandbox) -> Session {
    Session::start_with(sandbox, dispatch(), Journal::nowhere(), (100, 60)).await
}

/// The first lines of the findings that the review lists as blocking.
fn blocking(session: &Session) -> Vec<String> {
    let screen = session.screen();
    let lines = screen.lines();
    let heads = lines.filter(|line| line.contains("blocking  "));
    heads.map(|line| line.trim().to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn new_findings_differ_from_base_findings() {
    let mut session = tall(Sandbox::demo()).await;
    session.press("a").await;
    let heads = blocking(&session);
    assert_eq!(
        heads,
        ["1 blocking  already in base  subscription, function"]
    );
    session.press("<Esc>1xa").await;
    let heads = blocking(&session);
    let expected = [
        "1 blocking  new  core",
        "2 blocking  already in base  subscription, function",
    ];
    assert_eq!(heads, expected, "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn unreadable_base_marks_no_finding_new() {
    let sandbox = Sandbox::demo();
    let operation = Operation::GetDefinitionVersion(Function);
    sandbox.fail(operation, u32::MAX, Fault::Deny);
    let mut session = tall(sandbox).await;
    session.sandbox().clear_faults();
    session.press("3<End><Space>a").await;
    let heads = blocking(&session);
    assert!(!heads.is_empty(), "{}", session.screen());
    let is_open = |head: &String| head.contains(" blocking  not compared  ");
    assert!(heads.iter().all(is_open), "{heads:?}");
}

/// The line of a closed pane.
fn pane(session: &Session, kind: DefinitionKind) -> String {
    let screen = session.screen();
    let start = format!(" {} {kind} ", kind.index() + 1);
    let line = screen.lines().find(|line| line.starts_with(&start));
    line.unwrap_or_else(|| panic!("no pane {kind} on\n{screen}"))
        .to_owned()
}

fn focus(session: &Session) -> DefinitionKind {
    match session.app.screen() {
        Screen::Assemble(assemble) => assemble.focus,
        other => panic!("no panes but {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn panes_count_findings_and_n_visits_them() {
    let mut session = Session::start(Sandbox::demo(), dispatch()).await;
    for kind in DefinitionKind::ALL {
        if kind == focus(&session) {
            continue;
        }
        let has_findings = [Function, Subscription].contains(&kind);
        let pane = pane(&session, kind);
        assert_eq!(pane.contains("1 blocking"), has_findings, "{pane}");
    }
    session.press("1x").await;
    for expected in [Function, Subscription, Core, Function] {
        session.press("n").await;
        assert_eq!(focus(&session), expected);
    }
    let core = pane(&session, Core);
    assert!(core.contains("1 blocking"), "{core}");
    for expected in [Core, Subscription, Function] {
        session.press("N").await;
        assert_eq!(focus(&session), expected);
    }
}

fn line(session: &Session) -> Option<ReviewLine> {
    match session.app.screen() {
        Screen::Review(review) => review.current_line(&session.app.session),
        other => panic!("no review but {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn review_findings_wrap_and_open_their_slots() {
    let mut session = Session::start(Sandbox::demo(), dispatch()).await;
    session.press("1xa").await;
    let count = session.work().findings().len();
    assert!(count > 1);
    for place in (0..count).chain([0]) {
        session.press("n").await;
        assert_eq!(line(&session), Some(ReviewLine::Finding(place)));
    }
    for place in (0..count).rev() {
        session.press("N").await;
        assert_eq!(line(&session), Some(ReviewLine::Finding(place)));
    }
    session.press("<Enter>").await;
    assert_eq!(
        focus(&session),
        Core,
        "the first finding is of the core slot"
    );
}
