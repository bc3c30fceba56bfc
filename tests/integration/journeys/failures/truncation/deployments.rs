//! The same for deployments: whatever breaks, there is one deployment, and the screen shows its status.

use greengroup::app::notice::Obstacle;
use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::deployment::{DeploymentQuestion, DeploymentView};
use greengroup::sandbox::Account;

use super::{Cut, TRIES, cut_once, in_a_process_of_its_own, tried};
use crate::support::session::Session;
use crate::support::small_account::small_account;

#[test]
fn cut_deployment_is_there_once_and_shown() {
    in_a_process_of_its_own(
        "journeys::failures::truncation::deployments::deploys_in_a_process_of_its_own",
    );
}

#[tokio::test]
#[ignore = "runs in a process with credentials in its environment, started by the test above"]
async fn deploys_in_a_process_of_its_own() {
    let account = small_account();
    let cut = |number| match number % 8 {
        0 | 1 => Cut::Before,
        after => Cut::After([0, 0, 1, 40, 200, 4096][after - 2]),
    };
    let found = tried(|number| cut_once(account.clone(), (cut(number), 1), deploys)).await;
    // A request that is cut before its effect is sent again, and then succeeds.
    assert!(found > TRIES / 2, "{found}");
}

fn deployment_view(session: &Session) -> Option<&DeploymentView> {
    match session.app.overlays().last() {
        Some(Overlay::DeploymentView(view)) => Some(view),
        _ => None,
    }
}

fn deployment_question(session: &Session) -> Option<&DeploymentQuestion> {
    deployment_view(session)?.question.as_deref()
}

/// True if only open boxes prevent the deployment.
fn is_asked(session: &Session) -> bool {
    let Some(question) = deployment_question(session) else {
        return false;
    };
    let group = &deployment_view(session).unwrap().group;
    let open = question.boxes.open().count();
    let obstacle = question.obstacle(group, &session.app.session);
    match obstacle {
        None => true,
        Some(Obstacle::Acknowledgements(count)) => {
            count == open && question.findings().pending().is_empty()
        }
        Some(_) => false,
    }
}

/// Deploys the latest version; true if only the list showed the effect.
async fn deploys(session: &mut Session) -> bool {
    session
        .until("the draft", |session| {
            let work = session.app.session.work();
            work.is_some_and(|work| work.draft().is_some())
        })
        .await;
    let group = session.app.session.work().unwrap().group.clone();
    let count = |session: &Session| {
        let deployments = |account: &Account| account.deployments(group.as_str()).len();
        session.sandbox().account(deployments)
    };
    let before = count(session);
    session.press_now("b");
    session
        .until("the versions", |session| {
            matches!(
                session.app.overlays().last(),
                Some(Overlay::BaseHistory(history)) if history.menu.selected().is_some()
            )
        })
        .await;
    session.press_now("D");
    session.until("the question", is_asked).await;
    // After a box was removed, the first key only finds the cursor.
    let is_open = |session: &Session| {
        let question = deployment_question(session).unwrap();
        question.boxes.open().next().is_some()
    };
    while is_open(session) {
        session.press_now("<Space><Down>");
    }
    session.press_now("<Right><Enter>");
    session
        .until("the status", |session| {
            let run = session.app.session.deployment_of(&group);
            let progress = run.and_then(|run| run.progress());
            progress.is_some_and(|progress| progress.polls > 0)
        })
        .await;
    assert_eq!(count(session), before + 1, "exactly one deployment is new");
    let run = session.app.session.deployment_of(&group).unwrap();
    let progress = run.progress().unwrap();
    let (id, version) = session.sandbox().account(|account| {
        let newest = account.deployments(group.as_str()).last().unwrap();
        (newest.id.to_string(), newest.group_version_arn.to_string())
    });
    assert_eq!(progress.deployment.id.as_str(), id);
    let shown = run.request.action.version().unwrap();
    assert!(version.ends_with(shown.as_str()), "{version}");
    // The status may have advanced since it was read.
    let word = progress.status.word();
    assert!(
        ["Building", "InProgress", "Success"].contains(&word),
        "{word}"
    );
    let due = format!("{}: {word}", shown.short());
    session.assert_header(&due);
    progress.deployment.request_id.is_none()
}
