//! The sentences about drafts before the program ends.

use greengroup::app::Launch;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::Sandbox;

use crate::support::open_group::press_line;
use crate::support::session::Session;

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
async fn unsaved_draft_is_reported_as_lost() {
    let journal = Journal::without("there is no home folder".to_owned());
    let mut session = Session::start_with(Sandbox::demo(), press_line(), journal, SIZE).await;
    session.press("3xq").await;
    let said = words(&session);
    assert!(
        said.contains("it is lost, because it was not saved: there is no home folder"),
        "{said}"
    );
    assert!(!said.contains("offered again"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn quit_asks_about_unsaved_draft_of_other_group() {
    let demo = Launch {
        is_demo: true,
        ..press_line()
    };
    let mut session = Session::start(Sandbox::demo(), demo).await;
    session.press("3x<Esc>q").await;
    let said = words(&session);
    assert_eq!(session.screen_name(), "Groups", "{said}");
    assert!(
        said.contains("The draft of press-line-3 would be lost"),
        "{said}"
    );
    assert_eq!(session.exit, None);
    session.press("<Right><Enter>").await;
    assert!(session.exit.is_some());
}

#[tokio::test(start_paused = true)]
async fn saved_draft_needs_no_question() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3x<Esc>q").await;
    assert!(session.exit.is_some(), "{}", session.screen());
}
