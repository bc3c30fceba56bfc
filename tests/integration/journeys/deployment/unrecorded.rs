//! A deployment or a reset whose line in the history cannot be written gets a box and can be sent.

use greengroup::runtime::files::Paths;
use greengroup::runtime::journal::Journal;
use rstest::rstest;

use super::{account, deployments};
use crate::support::open_group::press_line;
use crate::support::session::Session;

const FORCED: &str = "ForceResetDeployment";

/// Opens the question, confirms it, and ticks the box of the history that then appears.
#[rstest]
#[case::deployment("bjD", "<Right><Enter>", "<Space><Right><Enter>", "NewDeployment")]
#[case::reset(
    ":reset deployments<Enter>",
    "<Right>press-line-3<Enter>",
    "<Down><Space><Right>press-line-3<Enter>",
    "ResetDeployment"
)]
#[case::forced_reset(
    ":reset deployments<Enter>",
    "<Space><Right>press-line-3<Enter>",
    "<Down><Space><Right>press-line-3<Enter>",
    FORCED
)]
#[tokio::test(start_paused = true)]
async fn unwritable_history_is_acknowledged_before_deploying(
    #[case] ask: &str,
    #[case] confirm: &str,
    #[case] acknowledge: &str,
    #[case] kind: &str,
) {
    let home = tempfile::tempdir().unwrap();
    let paths = Paths::from_environment(|_| Some(home.path().into())).unwrap();
    let journal = Journal::at(&paths);
    let mut session = Session::start_with(account(), press_line(), journal, (80, 24)).await;
    let before = deployments(&session).len();
    session.press(ask).await;
    std::fs::create_dir_all(paths.history_file()).unwrap();
    session.press(confirm).await;
    let screen = session.screen();
    session.assert_body("[ ] no line in the history");
    assert_eq!(
        screen.matches("[x] force").count(),
        usize::from(kind == FORCED)
    );
    session.press("<Right><Enter><Left>").await;
    assert_eq!(deployments(&session).len(), before, "the box is open");
    session.press(acknowledge).await;
    assert_eq!(
        deployments(&session).len(),
        before + 1,
        "{}",
        session.screen()
    );
    assert_eq!(deployments(&session).pop().unwrap().0, kind);
    // The next request writes its line again, and needs a box only if that fails.
    std::fs::remove_dir(paths.history_file()).unwrap();
    session.press("<Esc><Esc>bjD").await;
    assert!(
        !session.screen().contains("no line"),
        "{}",
        session.screen()
    );
}
