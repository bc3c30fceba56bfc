//! A watched deployment: the bell, the rate of its reads, and a deployment that is followed by another one.

use std::time::Duration;

use greengroup::app::Exit;
use greengroup::sandbox::account::{DeploymentOutcome, NewDeployment};
use greengroup::sandbox::{Fault, Operation, PageSizes};

use super::{GROUP, SOUND_VERSION, account, deployments, open};
use crate::support::open_group::press_line;
use crate::support::session::Session;

const LONG: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn the_bell_rings_once_at_the_end() {
    let mut session = open().await;
    session.press(SOUND_VERSION).await;
    session.press("D<Right>").await;
    session.press_apart("<Enter>").await;
    session.wait(Duration::from_secs(2)).await;
    assert_eq!(session.rung, 0, "it runs still");
    session.wait(LONG).await;
    assert!(session.row_of("Success").is_some(), "{}", session.screen());
    assert_eq!(session.rung, 1);
    session.press("<Esc>D<Esc>").await;
    assert_eq!(session.rung, 1, "it was heard already");
}

#[tokio::test(start_paused = true)]
async fn earlier_ended_deployment_rings_no_bell() {
    let mut session = open().await;
    session.press("D").await;
    assert!(session.row_of("Success").is_some(), "{}", session.screen());
    session.wait(LONG).await;
    assert_eq!(session.rung, 0);
}

/// The end of another user's deployment that was seen running is news, too.
#[tokio::test(start_paused = true)]
async fn end_of_other_users_deployment_rings_once() {
    let mut session = open().await;
    session.sandbox().change(|account, moment| {
        let latest = account.group(GROUP).unwrap().latest().unwrap();
        let version = latest.id.to_string();
        account.create_deployment(moment, GROUP, new_deployment(&version));
    });
    session.press_apart("D").await;
    session.wait(LONG).await;
    assert!(session.row_of("Success").is_some(), "{}", session.screen());
    assert_eq!(session.rung, 1);
}

const fn new_deployment(version: &str) -> NewDeployment<'_> {
    NewDeployment {
        deployment_type: "NewDeployment",
        version: Some(version),
        outcome: DeploymentOutcome::Succeeds,
        client_token: None,
    }
}

/// A forced reset may follow a running deployment: both are watched to their end.
#[tokio::test(start_paused = true)]
async fn deployment_before_forced_reset_is_followed_to_end() {
    let mut session = open().await;
    session.press("bjD<Right>").await;
    session.press_apart("<Enter><Esc><Esc>").await;
    assert!(
        session.header().contains("Building"),
        "{}",
        session.header()
    );
    session.press_now(":reset deployments");
    session.press_apart("<Enter>").await;
    session.press_now("<Space><Right>press-line-3");
    session.press_apart("<Enter>").await;
    let all = deployments(&session);
    assert_eq!(all[all.len() - 2].2, "Building", "it runs still");
    session.wait(LONG).await;
    let all = deployments(&session);
    let ends = all.iter().rev().take(2).map(|(_, _, status)| &**status);
    assert_eq!(ends.collect::<Vec<_>>(), ["Success", "Success"]);
    for run in session.app.session.submissions().deployments().iter() {
        let progress = run.progress().unwrap();
        assert_eq!(progress.status.word(), "Success", "{run:?}");
    }
    session.press_apart("<Esc>").await;
    assert!(
        !session.header().contains("deploying"),
        "{}",
        session.header()
    );
}

/// A screen may read the list with the deployment long before the response is known to be lost.
#[tokio::test(start_paused = true)]
async fn late_answer_is_applied_after_any_list() {
    let mut session = open().await;
    session
        .sandbox()
        .fail(Operation::CreateDeployment, 1, Fault::HangAfter);
    session.press("bjD<Right>").await;
    session.press_apart("<Enter>").await;
    session.wait(Duration::from_secs(1)).await;
    session.press_apart("<Esc><Esc>D").await;
    session.assert_body("Sending");
    // A group never has two requests in flight.
    session.press_now("<Esc>:reset deployments");
    session.press_apart("<Enter>").await;
    session.press_now("<Space><Right>press-line-3");
    session.press_apart("<Enter><Esc>").await;
    session.wait(LONG).await;
    let runs = session.app.session.submissions().deployments().iter();
    let words = runs.map(|run| run.progress().map(|progress| progress.status.word()));
    assert_eq!(words.collect::<Vec<_>>(), [Some("Success")]);
    assert_eq!(deployments(&session).pop().unwrap().0, "NewDeployment");
    session.press("<Ctrl-C>").await;
    assert_eq!(session.exit, Some(Exit::Created));
}

/// The list before the request, and the one after an uncertain response, use the rate like every read.
#[tokio::test(start_paused = true)]
async fn reads_around_a_deployment_keep_the_rate() {
    let sandbox = account();
    sandbox.change(|account, moment| {
        let latest = account.group(GROUP).unwrap().latest().unwrap();
        let version = latest.id.to_string();
        for _ in 0..80 {
            account.create_deployment(moment, GROUP, new_deployment(&version));
        }
    });
    let mut session = Session::start(sandbox, press_line()).await;
    session.sandbox().set_pages(PageSizes {
        list: 1,
        content: 200,
    });
    session.press("bjD").await;
    session.wait(LONG).await;
    let limit = session.app.session.launch().requests;
    let already = session.app.session.calls().iter().count();
    session.press_apart("<Right><Enter>").await;
    session.wait(LONG).await;
    let calls = session.app.session.calls().iter().skip(already);
    let sent: Vec<i64> = calls.map(|call| call.at.milliseconds()).collect();
    assert!(sent.len() > 80, "{}", sent.len());
    for (first, from) in sent.iter().enumerate() {
        for (count, to) in sent.iter().skip(first).enumerate() {
            let seconds = f64::from(u32::try_from(to - from).unwrap()) / 1000.0;
            let allowed = f64::from(limit.burst) + 1.0 + limit.per_second * seconds;
            let sent = f64::from(u32::try_from(count).unwrap());
            assert!(sent <= allowed, "{count} calls within {seconds} s");
        }
    }
}
