//! The pictures of the README, drawn from the program itself; `UPDATE_DOCUMENTS=1` redraws them.

mod drawing;
mod recording;

use std::path::Path;

use greengroup::app::Launch;
use greengroup::domain::Timestamp;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::account::{DeploymentError, DeploymentOutcome, NewDeployment};
use greengroup::sandbox::{Ids, Sandbox};
use ratatui::buffer::Buffer;

use crate::support::session::{NOW, Session, Time};

const SIZE: (u16, u16) = (100, 30);

/// With room for a preview next to the panes.
const WIDE: (u16, u16) = (150, 40);

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn yesterday() -> Timestamp {
    "2026-05-01T08:00:00.000Z".parse().unwrap()
}

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";
/// As in aws-cli issue 6141 and in the developer guide (gg-troubleshooting).
const CERTIFICATE: &str = "The certificate of the thing press-line-3-core was not found";
const ROOT: &str = "[arn:aws:lambda:eu-central-1:111122223333:function:cam:12] are configured to run as root but \
                    Greengrass is not configured to run Lambda functions with root permissions.";

async fn session(group: Option<&str>, size: (u16, u16)) -> Session {
    let sandbox = Sandbox::demo();
    sandbox.set_clock_and_ids(now, Ids::Seeded(3));
    let launch = Launch {
        group: group.map(str::to_owned),
        is_sandbox: true,
        is_demo: true,
        reads_all: true,
        ..Launch::default()
    };
    let mut session = Session::begin(sandbox, launch, Journal::nowhere(), size);
    session.keep_time(Time::AtKeys);
    session.settle().await;
    session
}

#[tokio::test(start_paused = true)]
async fn groups() {
    let mut session = session(None, SIZE).await;
    session.press("<Down><Down>").await;
    check("groups", &mut session);
}

#[tokio::test(start_paused = true)]
async fn assemble_review_and_outcome() {
    let mut session = session(Some("press-line-3"), SIZE).await;
    session.press("3/press-line<Down>").await;
    check("assemble", &mut session);
    session.press("<Enter>6/press-line-3<Enter>a").await;
    check("review", &mut session);
    // The number of earlier reads must not change the picture, although each response uses an id.
    session.sandbox().set_clock_and_ids(now, Ids::Seeded(4));
    session.press("<Space><Tab><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    check("outcome", &mut session);
}

/// A Lambda version is replaced in two slots, which need new versions.
#[tokio::test(start_paused = true)]
async fn review_of_new_versions() {
    let mut session = session(Some("press-line-3"), SIZE).await;
    session
        .press("Scam<Enter><Backspace>4<Enter><Enter>a")
        .await;
    assert_eq!(session.screen_name(), "Review", "{}", session.screen());
    check("review-new", &mut session);
}

/// The overlays, each opened from the functions of a group.
#[rstest::rstest]
#[case("help", "?")]
#[case("difference", "/88d2<Tab>d")]
#[case("history", "b")]
#[case("where-used", "w")]
#[case("contexts", "c")]
#[case("calls", "!")]
#[case("question", "/88d2<Enter>q")]
#[tokio::test(start_paused = true)]
async fn overlays_above_the_panes(#[case] name: &str, #[case] keys: &str) {
    let mut session = session(Some("press-line-3"), SIZE).await;
    session.press("3").await;
    session.press(keys).await;
    check(name, &mut session);
}

#[tokio::test(start_paused = true)]
async fn deploying_and_a_failed_deployment() {
    let mut session = session(Some("press-line-3"), SIZE).await;
    session.press("bjD").await;
    check("deploy", &mut session);
    session.press("<Esc><Esc>").await;
    session
        .sandbox()
        .set_clock_and_ids(yesterday, Ids::Seeded(5));
    session.sandbox().change(|account, moment| {
        let error = |code: Option<&str>, message: &str| DeploymentError {
            code: code.map(Into::into),
            message: message.into(),
        };
        let new = NewDeployment {
            deployment_type: "NewDeployment",
            version: Some("cdb6a1ea-1ccd-4b0e-b6ed-b1f70687870a"),
            outcome: DeploymentOutcome::Fails(vec![
                error(Some("THING_CERT_NOT_FOUND_ERROR"), CERTIFICATE),
                error(None, ROOT),
            ]),
            client_token: None,
        };
        account.create_deployment(moment, GROUP, new).unwrap();
    });
    session.sandbox().set_clock_and_ids(now, Ids::Seeded(6));
    session.press("D").await;
    check("deployment", &mut session);
}

#[tokio::test(start_paused = true)]
async fn wide_screen_shows_preview_beside_panes() {
    let mut session = session(Some("press-line-3"), WIDE).await;
    session.press("3/press-line-3 88d2<Tab>").await;
    check("preview", &mut session);
}

#[tokio::test(start_paused = true)]
async fn wide_screen_shows_group_beside_groups() {
    let mut session = session(None, WIDE).await;
    session.press("/press-line-3<Tab>").await;
    check("group", &mut session);
}

/// Compares the screen with the picture of this name, or redraws the picture.
fn check(name: &str, session: &mut Session) {
    let drawn = drawing::picture(name, &shown(session));
    compare(&format!("{name}.svg"), &drawn, &session.screen());
}

fn shown(session: &mut Session) -> Buffer {
    session.frame().buffer
}

fn compare(file: &str, drawn: &str, screen: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/screens/{file}"));
    if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == drawn,
        "{} is not what the program shows; UPDATE_DOCUMENTS=1 redraws it\n{screen}",
        file.display(),
    );
}

/// A viewer may drop blanks at the ends of a text and join those within it.
#[test]
fn pictures_keep_their_blanks_in_every_viewer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screens");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let picture = std::fs::read_to_string(&path).unwrap();
        let style = picture
            .split_once("<style>")
            .and_then(|(_, rest)| rest.split_once("</style>"));
        let is_kept = style.is_some_and(|(style, _)| style.contains(drawing::KEEP_BLANKS));
        let texts = picture.lines().filter(|line| line.starts_with("<text"));
        for text in texts {
            let (_, rest) = text.split_once('>').unwrap();
            let (run, _) = rest.split_once("</text>").unwrap();
            assert_eq!(run, run.trim(), "{}: {text}", path.display());
            assert!(is_kept || !run.contains("  "), "{}: {text}", path.display());
            count += 1;
        }
    }
    assert!(count > 100, "{count} texts");
}
