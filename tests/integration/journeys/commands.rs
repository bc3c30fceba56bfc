//! The reports of keys, where Back leads, and the AWS CLI's commands on screen.

use greengroup::app::Launch;
use greengroup::app::event::{Connected, Event};
use greengroup::sandbox::Sandbox;

use crate::support::open_group::press_line;
use crate::support::session::Session;

fn footer(session: &Session) -> String {
    let screen = session.screen();
    screen.lines().last().unwrap_or_default().trim().to_owned()
}

async fn press_line_3() -> Session {
    Session::start(Sandbox::demo(), press_line()).await
}

#[tokio::test(start_paused = true)]
async fn q_closes_an_overlay_and_keeps_the_program() {
    for open in ["?", "3p", "!", "b", "c", "3w", "Y"] {
        let mut session = press_line_3().await;
        session.press(open).await;
        assert_eq!(session.app.overlays().len(), 1, "{open}");
        session.press("q").await;
        assert_eq!(session.exit, None, "{open}");
        assert_eq!(session.app.overlays().len(), 0, "{open}");
    }
}

#[tokio::test(start_paused = true)]
async fn escape_closes_filter_then_side_preview_then_screen() {
    let mut session = press_line_3().await;
    session.resize((140, 40)).await;
    session.press("3d/88d2<Tab>").await;
    let is_filtered = |session: &Session| session.screen().contains("/ 88d2");
    let has_preview = |session: &Session| session.screen().contains("diff: base ");
    assert!(
        is_filtered(&session) && has_preview(&session),
        "{}",
        session.screen()
    );
    session.press("<Esc>").await;
    assert!(
        !is_filtered(&session) && has_preview(&session),
        "{}",
        session.screen()
    );
    session.press("<Esc>").await;
    assert!(!has_preview(&session), "{}", session.screen());
    assert_eq!(session.screen_name(), "Assemble");
    session.press("<Esc>").await;
    assert_eq!(session.screen_name(), "Groups");
}

#[tokio::test(start_paused = true)]
async fn groups_cursor_returns_to_the_closed_group() {
    let mut session = press_line_3().await;
    session.press("<Esc>").await;
    let screen = session.screen();
    let row = screen.lines().find(|line| line.starts_with(" > "));
    assert!(
        row.is_some_and(|row| row.contains("press-line-3 ")),
        "{screen}"
    );
    session.press("<Enter>").await;
    assert_eq!(session.app.session.open_group_name(), "press-line-3");
}

#[tokio::test(start_paused = true)]
async fn footer_reports_picks_undo_unbound_keys_and_pastes() {
    let mut session = press_line_3().await;
    session.press("3/88d2").await;
    session.press_now("<Enter>");
    assert!(
        footer(&session).starts_with("function: press-line-3-fns 88d2"),
        "{}",
        footer(&session)
    );
    session.press_now("u");
    assert_eq!(footer(&session), "Undone: the function slot is as before.");
    session.press_now("ф");
    assert_eq!(footer(&session), "ф does nothing here; ? lists the keys.");
    session.paste("hello");
    assert_eq!(
        footer(&session),
        "The paste was ignored: no text field has the focus."
    );
}

/// Opens press line 3 over this connection.
async fn connected_by(connected: Connected) -> Session {
    let launch = Launch {
        is_sandbox: false,
        ..press_line()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.feed(Event::Connected(Ok(connected)));
    session.settle().await;
    session.resize((200, 60)).await;
    session
}

#[tokio::test(start_paused = true)]
async fn commands_name_endpoint_region_and_profile() {
    let mut session = connected_by(Connected {
        profile: Some("plant ops".to_owned()),
        region: "eu-central-1".to_owned(),
        endpoint: Some("https://greengrass.example.net:8443".to_owned()),
        ..Connected::default()
    })
    .await;
    session.press("7xa").await;
    let flags = [
        "--endpoint-url https://greengrass.example.net:8443",
        "--region eu-central-1",
        "--profile 'plant ops'",
    ];
    session.press("Y").await;
    for flag in flags {
        session.assert_body(flag);
    }
    session.press("q").await;
    session.acknowledge_everything().await;
    session.press("<Right><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome");
    session.press("Y").await;
    let screen = session.screen();
    let deploy = screen.split("create-deployment").nth(1).unwrap();
    let deploy = deploy.split("CreateGroupVersion").next().unwrap();
    for flag in flags {
        assert!(deploy.contains(flag), "{flag}: {screen}");
    }
}

#[tokio::test(start_paused = true)]
async fn sandbox_commands_go_to_serve() {
    let mut session = press_line_3().await;
    session.resize((200, 60)).await;
    session.press("7xaY").await;
    session.assert_body("first run greengroup serve");
    session.assert_body("--endpoint-url http://127.0.0.1:8471");
}

#[tokio::test(start_paused = true)]
async fn shell_actions_are_found_by_name() {
    let mut session = Session::start(Sandbox::demo(), Launch::default()).await;
    for (word, does) in [
        (":export", "greengroup snapshot FILE"),
        (":theme", "--theme NAME"),
    ] {
        session.press(word).await;
        session.assert_body(does);
        session.press_apart("<Enter>").await;
        session.assert_footer("that is done from the shell");
        session.press("<Esc><Esc>").await;
    }
}
