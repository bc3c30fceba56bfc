//! Enter and the buttons that change something: pasted text, fast keys and held keys do not press them.

use std::time::Duration;

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::Sandbox;
use rstest::rstest;

use crate::support::open_group::press_line;
use crate::support::session::Session;

const TOO_SOON: &str = "Enter came too soon after another key; press it again.";

/// Review with everything ticked and Create focused, long after the last key.
async fn before_create() -> Session {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("7xa").await;
    session.acknowledge_everything().await;
    session.press("<Right>").await;
    session
}

/// Keys that a terminal sends in one read, then a pause without input.
async fn typed_at_once(session: &mut Session, keys: &str) {
    session.press_now(keys);
    session.settle().await;
}

#[tokio::test(start_paused = true)]
async fn enter_alone_creates() {
    let mut session = before_create().await;
    let before = session.count_versions();
    session.press("<Enter>").await;
    assert_eq!(session.count_versions(), before + 1);
}

#[rstest]
#[case::text_before("hello<Enter>")]
#[case::text_after("<Enter>hello")]
#[case::two_lines("<Enter><Enter>")]
#[tokio::test(start_paused = true)]
async fn text_pasted_as_keys_creates_nothing(#[case] keys: &str) {
    let mut session = before_create().await;
    let before = session.count_versions();
    typed_at_once(&mut session, keys).await;
    assert_eq!(session.count_versions(), before, "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn text_typed_by_a_console_creates_nothing() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("7x").await;
    let before = session.count_versions();
    for key in [
        "a", "l", "<Space>", "l", "<Enter>", "a", "b", "c", "<Enter>",
    ] {
        session.press_now(key);
        session.wait(Duration::from_millis(50)).await;
    }
    session.settle().await;
    assert_eq!(session.count_versions(), before, "{}", session.screen());
}

#[rstest]
#[case(299, false)]
#[case(300, true)]
#[tokio::test(start_paused = true)]
async fn enter_needs_a_pause_after_another_key(#[case] pause: u64, #[case] creates: bool) {
    let mut session = before_create().await;
    let before = session.count_versions();
    session.press_now("<Left>");
    session.press_now("<Right>");
    session.wait(Duration::from_millis(pause)).await;
    session.press_now("<Enter>");
    assert_eq!(session.screen().contains(TOO_SOON), !creates);
    session.settle().await;
    assert_eq!(session.count_versions() > before, creates);
}

#[tokio::test(start_paused = true)]
async fn paste_before_enter_is_another_key() {
    let mut session = before_create().await;
    let before = session.count_versions();
    session.paste("hello");
    session.press_now("<Enter>");
    session.settle().await;
    assert_eq!(session.count_versions(), before);
}

#[tokio::test(start_paused = true)]
async fn quit_button_needs_a_pause() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("7x").await;
    typed_at_once(&mut session, "q<Right><Enter>").await;
    assert_eq!(session.exit, None, "{}", session.screen());
    session.press("<Enter>").await;
    assert!(session.exit.is_some());
}

#[tokio::test(start_paused = true)]
async fn overwrite_button_needs_a_pause() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("7x").await;
    session.somebody_creates(|slots, _| slots[DefinitionKind::Core] = None);
    session.press("a").await;
    session.acknowledge_everything().await;
    session.press("<Right><Enter>").await;
    assert_eq!(session.app.overlays().len(), 1, "{}", session.screen());
    typed_at_once(&mut session, "<Right><Right><Enter>").await;
    assert_eq!(session.app.overlays().len(), 1, "{}", session.screen());
    session.press("<Enter>").await;
    assert_eq!(session.app.overlays().len(), 0, "{}", session.screen());
}
