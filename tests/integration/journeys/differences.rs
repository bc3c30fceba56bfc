//! Differences between contents: with any chosen version, and searched on the full screen from the review.

use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::pager::Pager;
use greengroup::app::screen::Screen;
use greengroup::app::subject::Subject;
use greengroup::domain::{DefinitionKind, DefinitionVersionArn};
use greengroup::sandbox::Sandbox;

use crate::support::open_group::press_line;
use crate::support::session::Session;

async fn opened() -> Session {
    Session::start(Sandbox::demo(), press_line()).await
}

fn reader(session: &Session) -> &Pager {
    match session.app.overlays().last() {
        Some(Overlay::Pager(reader)) => reader,
        other => panic!("no text but {other:?}"),
    }
}

fn ends(session: &Session) -> (Option<DefinitionVersionArn>, Option<DefinitionVersionArn>) {
    match &reader(session).subject {
        Subject::Diff { before, after } => (before.clone(), after.clone()),
        other => panic!("no difference but {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn difference_is_shown_to_marked_version() {
    let mut session = opened().await;
    let base = session
        .draft()
        .base()
        .slots
        .version(DefinitionKind::Function);
    let base = base.cloned();
    session.press("3/fns<Tab>g<Down>d").await;
    let (before, marked) = ends(&session);
    assert_eq!(before, base, "unless one was marked, to the base");
    assert_ne!(marked, base);
    session.press("<Esc>m<Down>d").await;
    let (before, other) = ends(&session);
    assert_eq!(before, marked);
    assert_ne!(other, marked);
    let short = |arn: &Option<DefinitionVersionArn>| arn.as_ref().unwrap().short().to_owned();
    let title = format!("{} -> {}", short(&marked), short(&other));
    session.assert_body(&title);
    session.press("<Esc><Up>m<Down>d").await;
    assert_eq!(
        ends(&session),
        (base, other),
        "marked once more, to the base again"
    );
}

fn expanded(session: &Session) -> Option<DefinitionKind> {
    match session.app.screen() {
        Screen::Review(review) => review.expanded,
        other => panic!("no review but {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn review_difference_opens_full_screen_with_search() {
    let mut session = opened().await;
    session
        .press("3/fns<Down><Down><Enter>a<Tab><Tab><Enter>")
        .await;
    assert_eq!(expanded(&session), Some(DefinitionKind::Function));
    session.assert_footer("Enter full screen");
    session.press("<Enter>").await;
    let draft = session.draft();
    let version =
        |slots: &greengroup::domain::Slots| slots.version(DefinitionKind::Function).cloned();
    assert_eq!(
        ends(&session),
        (version(&draft.base().slots), version(draft.slots()))
    );
    session.press("/arn<Enter>").await;
    let first = reader(&session).found.unwrap();
    assert!(
        reader(&session).lines[first]
            .text
            .to_lowercase()
            .contains("arn")
    );
    session.press("n").await;
    let second = reader(&session).found.unwrap();
    assert!(second > first, "{second} after {first}");
    session.press("N").await;
    assert_eq!(reader(&session).found, Some(first));
    session.press("<Esc>").await;
    assert_eq!(session.screen_name(), "Review");
    session.press("d").await;
    assert_eq!(expanded(&session), None, "d closes it again");
}

#[tokio::test(start_paused = true)]
async fn marked_version_is_marked_in_its_row() {
    let mut session = opened().await;
    session.press("3/fns<Tab>gm").await;
    let marked = session.app.screen();
    let Screen::Assemble(assemble) = marked else {
        panic!("{}", session.screen());
    };
    let short = assemble.highlighted().unwrap().short().to_owned();
    let row = |session: &Session| {
        let screen = session.screen();
        let mut rows = screen.lines().filter(|line| line.contains(&short));
        rows.next().unwrap().to_owned()
    };
    for width in [80, 110] {
        session.resize((width, 24)).await;
        assert!(row(&session).contains(" marked"), "{}", session.screen());
    }
    session.press("m").await;
    assert!(!row(&session).contains("marked"), "{}", session.screen());
}
