//! Without a connection, every screen shows the reason and the fix. The header shows whether the
//! environment's keys are used.

use greengroup::app::effect::AccountChoice;
use greengroup::app::event::{ConnectFailure, Connected};
use greengroup::app::protection::Protection;
use greengroup::app::{Event, Launch};
use greengroup::domain::CredentialsSource;
use greengroup::sandbox::Sandbox;

use crate::support::session::Session;

const REASON: &str = "the profile \"plant\" says source_profile = base, and there is no such profile; \
    a sentence that is much longer than the screen is wide and so goes on below itself to its END";

fn opening(group: &str) -> Launch {
    Launch {
        group: Some(group.to_owned()),
        is_sandbox: true,
        ..Launch::default()
    }
}

async fn disconnected(launch: Launch) -> Session {
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.app.session.connect(AccountChoice::default());
    session.feed(Event::Connected(Err(ConnectFailure {
        message: REASON.to_owned(),
    })));
    session
}

fn assert_explained(session: &Session) {
    let screen = session.screen();
    session.assert_body("the profile \"plant\" says source_profile");
    session.assert_body("to its END");
    session.assert_body("press R.");
    assert!(!screen.contains("oading"), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn failed_connection_is_explained_on_every_screen() {
    for launch in [Launch::default(), opening("press-line-3")] {
        let mut session = disconnected(launch).await;
        assert_explained(&session);
        session.press_now("Y");
        session.assert_body("says source_profile");
        session.assert_body("to its END");
        session.press_now("<Esc>");
        assert_explained(&session);
    }
}

#[tokio::test(start_paused = true)]
async fn header_names_keys_of_the_environment() {
    let mut session = Session::start(Sandbox::demo(), Launch::default()).await;
    session.feed(Event::Connected(Ok(Connected {
        profile: Some("plant".to_owned()),
        region: "eu-central-1".to_owned(),
        credentials: CredentialsSource {
            is_environment: true,
            ..CredentialsSource::default()
        },
        ..Connected::default()
    })));
    let header = session.screen().lines().next().unwrap().to_owned();
    assert!(header.contains("keys of environment"), "{header}");
    session.resize_now((140, 40));
    let screen = session.screen();
    let header = screen.lines().take(2).collect::<Vec<_>>().join(" ");
    assert!(
        header.contains("credentials from the environment"),
        "{screen}"
    );
}

#[tokio::test(start_paused = true)]
async fn protection_covers_the_profile_whose_credentials_sign() {
    let mut session = Session::start(Sandbox::demo(), Launch::default()).await;
    session.app.session.protect(Protection {
        profiles: vec!["prod-*".to_owned()],
        ..Protection::default()
    });
    let connected = |profiles: &[&str]| Connected {
        profile: Some("plant".to_owned()),
        credentials: CredentialsSource {
            profiles: profiles.iter().map(|&name| name.to_owned()).collect(),
            ..CredentialsSource::default()
        },
        ..Connected::default()
    };
    session.feed(Event::Connected(Ok(connected(&["plant"]))));
    assert!(!session.app.session.is_protected());
    session.feed(Event::Connected(Ok(connected(&["prod-eu", "plant"]))));
    assert!(session.app.session.is_protected());
}

#[tokio::test(start_paused = true)]
async fn account_menu_names_the_source_of_the_credentials() {
    let launch = Launch {
        is_sandbox: false,
        ..opening("press-line-3")
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.feed(Event::Connected(Ok(Connected {
        profile: Some("plant".to_owned()),
        credentials: CredentialsSource {
            text: "the keys of the profile \"plant\" in /home/anna/.aws/credentials".to_owned(),
            ..CredentialsSource::default()
        },
        profiles: (0..40).map(|number| format!("plant-{number}")).collect(),
        ..Connected::default()
    })));
    session.press_now("c");
    for size in [(60, 15), (80, 24), (140, 40)] {
        session.resize_now(size);
        let screen = session.screen();
        let joined = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = "Credentials: the keys of the profile \"plant\" in /home/anna/.aws/credentials.";
        assert!(joined.contains(line), "{screen}");
    }
}
