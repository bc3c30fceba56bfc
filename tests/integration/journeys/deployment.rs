//! Deployments after a created version: the question, the status until the end, the errors, and lost
//! responses.

mod unrecorded;
mod watched;

use std::cell::OnceCell;
use std::time::Duration;

use greengroup::app::launch::DeployFlag;
use greengroup::app::protection::Protection;
use greengroup::app::{Exit, Launch};
use greengroup::domain::Timestamp;
use greengroup::sandbox::account::{DeploymentOutcome, NewDeployment};
use greengroup::sandbox::{Fault, Ids, Operation, Sandbox, Traffic};
use rstest::rstest;
use tokio::time::Instant;

use crate::support::open_group::press_line;
use crate::support::session::{NOW, Session, parse_keys};

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";

/// Replaces `cam:12` by `cam:13` with matching subscriptions, from the open group to the created version.
const SOUND_VERSION: &str = "3/88<Enter>n/d6<Enter>a<Right><Enter>";

thread_local! {
    static BEGUN: OnceCell<Instant> = const { OnceCell::new() };
}

/// The account's clock follows the test's virtual time.
fn virtual_now() -> Timestamp {
    let begun = BEGUN.with(|begun| *begun.get_or_init(Instant::now));
    let passed = i64::try_from(begun.elapsed().as_millis()).unwrap();
    Timestamp::from_milliseconds(NOW.parse::<Timestamp>().unwrap().milliseconds() + passed)
}

fn account() -> Sandbox {
    let sandbox = Sandbox::demo();
    sandbox.set_clock_and_ids(virtual_now, Ids::Seeded(7));
    sandbox
}

async fn open() -> Session {
    Session::start(account(), press_line()).await
}

/// The account's deployments of the group: type, version and status.
fn deployments(session: &Session) -> Vec<(String, String, String)> {
    session.sandbox().account(|account| {
        let all = account.deployments(GROUP).iter();
        all.map(|one| {
            let version = one.group_version_arn.rsplit('/').next().unwrap();
            let status = one.status_at(virtual_now()).status;
            (
                one.deployment_type.to_string(),
                version.to_owned(),
                status.to_owned(),
            )
        })
        .collect()
    })
}

impl Session {
    /// The line of the screen that starts with `start`.
    fn row_of(&self, start: &str) -> Option<String> {
        let screen = self.screen();
        let mut lines = screen.lines();
        lines
            .find(|line| line.trim_start().starts_with(start))
            .map(str::to_owned)
    }

    fn header(&self) -> String {
        self.screen().lines().next().unwrap_or_default().to_owned()
    }
}

#[tokio::test(start_paused = true)]
async fn another_function_version_runs_after_twenty_keys() {
    let keys = format!("{SOUND_VERSION}D<Right><Enter>");
    assert!(parse_keys(&keys).len() <= 20, "{keys}");
    let mut session = open().await;
    session.press(&keys).await;
    session.wait(Duration::from_secs(10)).await;
    assert_eq!(session.row_of("Success"), Some(" Success".to_owned()));
    assert!(session.row_of("Building").unwrap().ends_with(" 3 s"));
    let (kind, version, status) = deployments(&session).pop().unwrap();
    assert_eq!((&*kind, &*status), ("NewDeployment", "Success"));
    assert!(
        session
            .header()
            .contains(&format!("deployed {}: Success", &version[..8]))
    );
    session.press("<Esc><Enter>q").await;
    assert_eq!(session.exit, Some(Exit::Created));
}

#[tokio::test(start_paused = true)]
async fn question_names_running_version_and_focuses_cancel() {
    let mut session = open().await;
    let before = deployments(&session).len();
    session.press("bjD").await;
    let deployed = session.row_of("deployed now").unwrap();
    assert!(deployed.contains("9f8e21c0 (Success"), "{deployed}");
    let role = session.row_of("service role").unwrap();
    assert!(role.contains("role/Greengrass_ServiceRole"), "{role}");
    session.press("<Enter>").await;
    assert_eq!(deployments(&session).len(), before);
    assert!(session.row_of("versions of press-line-3").is_some());
}

#[tokio::test(start_paused = true)]
async fn a_deployed_version_only_restarts() {
    let mut session = open().await;
    session.press("bD").await;
    session.assert_body("only a restart follows");
}

/// Creates a version with an empty resource slot and opens the question about deploying it.
async fn before_unsound_deployment() -> Session {
    let mut session = open().await;
    session.press("5xa").await;
    session.acknowledge_everything().await;
    session.press("<Right><Enter>D").await;
    session
}

#[tokio::test(start_paused = true)]
async fn blocking_finding_has_a_box_and_fails() {
    let mut session = before_unsound_deployment().await;
    let before = deployments(&session).len();
    session.press("<Right><Enter>").await;
    assert_eq!(deployments(&session).len(), before, "the box is not ticked");
    session.press("<Space><Enter>").await;
    session.wait(Duration::from_secs(10)).await;
    assert!(session.row_of("Failure").is_some(), "{}", session.screen());
    assert!(session.header().contains(": Failure"));
    // Every error is about a resource that the function names in a nested member.
    let places = session
        .screen()
        .matches("in the function slot: cam")
        .count();
    assert_eq!(places, 3, "{}", session.screen());
    // One key goes to the slot of the item.
    session.press_apart("<Enter>").await;
    assert_eq!(session.screen_name(), "Assemble");
    session.press("<Ctrl-C>").await;
    session.press_apart("<Right><Enter>").await;
    assert_eq!(session.exit, Some(Exit::DeploymentFailed));
}

#[tokio::test(start_paused = true)]
async fn failure_offers_last_good_version_by_one_key() {
    let mut session = before_unsound_deployment().await;
    session.press("<Space><Right><Enter>").await;
    session.wait(Duration::from_secs(10)).await;
    session.press("D").await;
    assert!(
        session.row_of("deploy 9f8e21c0 to press-line-3?").is_some(),
        "{}",
        session.screen()
    );
    session.press("<Right><Enter>").await;
    session.wait(Duration::from_secs(10)).await;
    let (_, version, status) = deployments(&session).pop().unwrap();
    assert_eq!((&version[..8], &*status), ("9f8e21c0", "Success"));
}

/// A version is created but not deployed, and the outcome is closed. The previous deployment then offers it.
#[tokio::test(start_paused = true)]
async fn undeployed_latest_version_is_one_key_away() {
    let mut session = open().await;
    session.press("7xa<Tab><Space><Enter><Esc>").await;
    assert_eq!(session.screen_name(), "Assemble", "{}", session.screen());
    let latest = session.draft().base().version.clone().unwrap();
    session.press("D").await;
    let said = format!("D asks about {}, the latest version", latest.short());
    session.assert_body(&said);
    session.press("D").await;
    let title = session.row_of(&format!("deploy {}", latest.short()));
    assert!(title.is_some(), "{}", session.screen());
    session.press("<Right><Enter>").await;
    session.wait(Duration::from_mins(1)).await;
    let deployed = deployments(&session);
    assert_eq!(deployed.last().unwrap().1, latest.as_str());
    assert!(
        !session.screen().contains("asks about"),
        "{}",
        session.screen()
    );
}

#[tokio::test(start_paused = true)]
async fn an_offline_core_is_named_after_a_minute() {
    let sandbox = account();
    sandbox.change(|account, moment| {
        let version = account
            .group(GROUP)
            .unwrap()
            .latest()
            .unwrap()
            .id
            .to_string();
        let new = NewDeployment {
            deployment_type: "NewDeployment",
            version: Some(&version),
            outcome: DeploymentOutcome::StaysInProgress,
            client_token: None,
        };
        account.create_deployment(moment, GROUP, new).unwrap();
    });
    let mut session = Session::begin(
        sandbox,
        press_line(),
        greengroup::runtime::journal::Journal::nowhere(),
        (80, 24),
    );
    session.wait(Duration::from_secs(2)).await;
    // Another user's deployment is active: D shows it instead of asking.
    session.press_apart("D").await;
    session.wait(Duration::from_secs(30)).await;
    assert!(
        session.row_of("InProgress").is_some(),
        "{}",
        session.screen()
    );
    assert!(!session.screen().contains("offline"));
    session.wait(Duration::from_secs(60)).await;
    session.assert_body("The core may be offline");
    assert!(
        session
            .row_of("started by")
            .unwrap()
            .contains("another program")
    );
    session.press_apart("<Esc>bD").await;
    assert!(session.row_of("InProgress").is_some(), "no second question");
    session.press_apart("<Ctrl-C>").await;
    assert_eq!(session.exit, Some(Exit::NothingCreated));
}

/// An effect is found in the list and not sent again, because not every server supports the token.
#[rstest]
#[case::nothing_was_done(Fault::CutBefore, 2)]
#[case::it_was_done(Fault::CutAfter, 1)]
#[case::no_answer(Fault::HangAfter, 1)]
#[case::server_error(Fault::ServerError, 2)]
#[case::server_error_after(Fault::ServerErrorAfter, 1)]
#[case::throttled(Fault::Throttle, 2)]
#[case::throttled_after(Fault::ThrottleAfter, 1)]
#[case::empty_answer(Fault::EmptyAfter, 1)]
#[tokio::test(start_paused = true)]
async fn a_lost_answer_starts_exactly_one_deployment(#[case] fault: Fault, #[case] sent: usize) {
    let mut session = open().await;
    let before = deployments(&session).len();
    session
        .sandbox()
        .fail(Operation::CreateDeployment, 1, fault);
    session.press("bjD<Right><Enter>").await;
    session.wait(Duration::from_secs(90)).await;
    assert_eq!(deployments(&session).len(), before + 1);
    let count = |traffic: &Traffic| traffic.count(Operation::CreateDeployment);
    assert_eq!(session.sandbox().traffic(count), sent);
    assert!(session.row_of("Success").is_some(), "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn outcome_is_unknown_after_three_lost_answers() {
    let mut session = open().await;
    let before = deployments(&session).len();
    session
        .sandbox()
        .fail(Operation::CreateDeployment, 3, Fault::CutBefore);
    session.press("bjD<Right><Enter>").await;
    session.wait(Duration::from_secs(90)).await;
    assert!(session.row_of("UNKNOWN").is_some(), "{}", session.screen());
    assert_eq!(
        deployments(&session).len(),
        before,
        "never sent a fourth time"
    );
    // The request has its effect late.
    session.sandbox().change(|account, moment| {
        let new = NewDeployment {
            deployment_type: "NewDeployment",
            version: Some("cdb6a1ea-1ccd-4b0e-b6ed-b1f70687870a"),
            outcome: DeploymentOutcome::Succeeds,
            client_token: None,
        };
        account.create_deployment(moment, GROUP, new).unwrap();
    });
    session.press("r").await;
    session.wait(Duration::from_secs(10)).await;
    assert!(session.row_of("Success").is_some(), "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn a_refusal_says_which_action_is_not_allowed() {
    let mut session = open().await;
    session
        .sandbox()
        .fail(Operation::CreateDeployment, 1, Fault::Deny);
    session.press("bjD<Right><Enter>").await;
    assert!(
        session.row_of("NOT STARTED").is_some(),
        "{}",
        session.screen()
    );
    session.assert_body("CreateDeployment");
    session.press("<Ctrl-C>").await;
    assert_eq!(session.exit, Some(Exit::DeploymentFailed));
}

#[tokio::test(start_paused = true)]
async fn absent_service_role_is_box_unread_one_remark() {
    let sandbox = account();
    sandbox.change(|account, _| account.set_service_role(None));
    sandbox.fail(Operation::GetAssociatedRole, 9, Fault::Deny);
    let mut session = Session::start(sandbox, press_line()).await;
    session.press("bjD<Right><Enter>").await;
    assert!(
        session.row_of("[ ]").unwrap().contains("service role"),
        "{}",
        session.screen()
    );
    let role = session.row_of("group role").unwrap();
    assert!(role.contains("greengrass:GetAssociatedRole"), "{role}");
}

#[tokio::test(start_paused = true)]
async fn throttled_polling_still_sees_the_end() {
    let mut session = open().await;
    session.press("bjD").await;
    session
        .sandbox()
        .fail(Operation::GetDeploymentStatus, 9, Fault::Throttle);
    // Nothing on the screen reads the status except the watch itself.
    session.press_apart("<Right><Enter><Esc><Esc>").await;
    session.wait(Duration::from_secs(60)).await;
    assert!(
        session.header().contains(": Success"),
        "{}",
        session.screen()
    );
}

#[tokio::test(start_paused = true)]
async fn watching_goes_on_after_expired_credentials() {
    let mut session = open().await;
    session.press("bjD").await;
    session.press_apart("<Right><Enter>").await;
    session.wait(Duration::from_millis(500)).await;
    session
        .sandbox()
        .fail(Operation::GetDeploymentStatus, 1, Fault::ExpiredToken);
    session.wait(Duration::from_millis(1000)).await;
    session.assert_body("The last status request failed");
    session.wait(Duration::from_secs(60)).await;
    assert!(session.row_of("Success").is_some(), "{}", session.screen());
}

#[rstest]
#[case::plain("<Right>press-line-3<Enter>", "ResetDeployment")]
#[case::forced("<Space><Right>press-line-3<Enter>", "ForceResetDeployment")]
#[tokio::test(start_paused = true)]
async fn a_reset_wants_the_name_typed(#[case] keys: &str, #[case] kind: &str) {
    let mut session = open().await;
    session.press(":reset deployments<Enter>").await;
    assert!(
        session
            .row_of("reset the deployments of press-line-3?")
            .is_some(),
        "{}",
        session.screen()
    );
    let before = deployments(&session).len();
    session.press("<Right><Enter>").await;
    assert_eq!(deployments(&session).len(), before, "no name was typed");
    session.press("<Left>").await;
    session.press(keys).await;
    session.wait(Duration::from_secs(10)).await;
    let (is, _, status) = deployments(&session).pop().unwrap();
    assert_eq!((&*is, &*status), (kind, "Success"), "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn a_protected_group_wants_its_name_typed() {
    let mut session = open().await;
    session.app.session.protect(Protection {
        groups: vec!["press-*".to_owned()],
        ..Protection::default()
    });
    let before = deployments(&session).len();
    session.press("bjD<Right><Enter>").await;
    assert_eq!(deployments(&session).len(), before);
    session.press("press-line-3<Enter>").await;
    assert_eq!(deployments(&session).len(), before + 1);
}

#[tokio::test(start_paused = true)]
async fn read_only_binds_nothing_that_deploys() {
    let launch = Launch {
        read_only: true,
        ..press_line()
    };
    let mut session = Session::start(account(), launch).await;
    session.press("bjD").await;
    assert!(
        session.row_of("versions of press-line-3").is_some(),
        "{}",
        session.screen()
    );
    session.press("<Esc>:reset deployments").await;
    session.assert_body("No row matches.");
}

#[rstest]
#[case::succeeds(false, Exit::Created)]
#[case::fails(true, Exit::DeploymentFailed)]
#[tokio::test(start_paused = true)]
async fn deploy_wait_ends_with_its_exit_status(#[case] fails: bool, #[case] exit: Exit) {
    let launch = Launch {
        deploy: Some(DeployFlag::Wait),
        ..press_line()
    };
    let mut session = Session::start(account(), launch).await;
    if fails {
        session.press("5xa").await;
        session.acknowledge_everything().await;
        session.press("<Right><Enter><Space><Right>").await;
    } else {
        session.press(SOUND_VERSION).await;
        session.press("<Right>").await;
    }
    assert_eq!(session.exit, None);
    session.press_apart("<Enter>").await;
    session.wait(Duration::from_secs(20)).await;
    assert_eq!(session.exit, Some(exit), "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn leaving_a_running_deployment_succeeds_without_wait() {
    for (deploy, exit) in [
        (None, Exit::Created),
        (Some(DeployFlag::Wait), Exit::DeploymentFailed),
    ] {
        let launch = Launch {
            deploy,
            ..press_line()
        };
        let mut session = Session::start(account(), launch).await;
        session.press("bjD<Right>").await;
        session.press_apart("<Enter>").await;
        session.press_apart("<Ctrl-C>").await;
        assert_eq!(session.exit, Some(exit), "{}", session.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_sends_no_deployment() {
    let launch = Launch {
        dry_run: true,
        ..press_line()
    };
    let mut session = Session::start(account(), launch).await;
    let before = deployments(&session).len();
    session.press("bjD<Right><Enter>").await;
    session.assert_body("nothing was sent");
    assert_eq!(deployments(&session).len(), before);
}

#[tokio::test(start_paused = true)]
async fn versions_say_how_each_deployment_went() {
    let mut session = before_unsound_deployment().await;
    session.press("<Space><Right><Enter>").await;
    session.wait(Duration::from_secs(10)).await;
    session.resize((140, 40)).await;
    session.press("<Esc>").await;
    session.press_apart("<Enter>").await;
    session.press("b").await;
    session.assert_body("deployed (Failure:");
    session.assert_body("deployed earlier (Success)");
}
