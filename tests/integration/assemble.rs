//! Assembling a group version on the demo account, key by key.

use greengroup::app::Launch;
use greengroup::app::effect::Exit;
use greengroup::domain::DefinitionKind;
use greengroup::sandbox::Sandbox;

use crate::session::Session;

/// The group of most journeys, opened directly.
fn press_line() -> Launch {
    Launch {
        group: Some("press-line-3".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    }
}

#[tokio::test(start_paused = true)]
async fn one_function_version_is_exchanged_and_a_version_created() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    assert_eq!(session.screen_name(), "Assemble");
    let before = session
        .app
        .session
        .work
        .as_ref()
        .unwrap()
        .draft()
        .unwrap()
        .clone();
    session.press("3/press<Down><Enter>a<Tab><Space>").await;
    let draft = session
        .app
        .session
        .work
        .as_ref()
        .unwrap()
        .draft()
        .unwrap()
        .clone();
    assert_eq!(
        draft.changed_kinds().collect::<Vec<_>>(),
        [DefinitionKind::Function]
    );
    assert_ne!(draft.slots(), before.slots());
    println!("{}", session.screen());
    session.press("<Enter>").await;
    println!("{}", session.screen());
    assert_eq!(session.screen_name(), "Outcome");
    assert_eq!(session.app.session.created.len(), 1);
    session.press("q").await;
    assert_eq!(session.exit, Some(Exit::Created));
}
