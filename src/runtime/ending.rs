//! What follows the loop: whatever ended it, what is written and reported is true of the request that was sent.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::time::{Instant, timeout_at};

use super::terminal::TerminalError;
use super::worker::Worker;
use crate::app::aws_cli::AwsCli;
use crate::app::exit::{Ending, Exit};
use crate::app::submission::Submission;
use crate::app::{App, Event};
use crate::domain::{CreatedDefinitionVersion, CreatedVersion, DeploymentRequest, GroupChange};

/// How long the end waits for the answer to a request that was sent.
const LAST_ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// How long the end then waits for drafts and history.
const FILES_WITHIN: Duration = Duration::from_secs(2);

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    pub exit: Exit,
    /// For standard error.
    pub messages: Vec<String>,
    pub created: Vec<CreatedVersion>,
    pub created_definitions: Vec<CreatedDefinitionVersion>,
    pub rehearsed: Option<GroupChange>,
    pub rehearsed_deployment: Option<DeploymentRequest>,
    /// For the command that is the same.
    pub aws_cli: AwsCli,
}

/// Takes in what is still under way, and sums up. After a panic the app may be in the middle of a
/// change: it is only asked for the fate of its request.
pub async fn end(
    ran: Result<Result<(), TerminalError>, Box<dyn Any + Send>>,
    mut app: App,
    mut worker: Worker,
) -> Ended {
    let mut messages = Vec::new();
    match ran {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            messages.push(error.to_string());
            for effect in app.update(Event::Terminated) {
                _ = worker.perform(effect);
            }
        }
        Err(_) => messages.push("an internal error ended the program".to_owned()),
    }
    let has_broken_down = !messages.is_empty();
    let finished = AssertUnwindSafe(finish(&mut app, &mut worker));
    if finished.catch_unwind().await.is_err() {
        messages.push("an internal error ended the program".to_owned());
    }
    let Ending { mut exit, message } = app.session.ending();
    if has_broken_down && exit == Exit::NothingCreated {
        exit = Exit::Failed;
    }
    messages.extend(message);
    let submissions = app.session.submissions();
    Ended {
        aws_cli: AwsCli::of(&app.session),
        exit,
        messages,
        created: submissions.created().cloned().collect(),
        rehearsed: submissions.rehearsed().map(Submission::change),
        created_definitions: submissions.created_definitions().cloned().collect(),
        rehearsed_deployment: submissions.deployments().rehearsed().cloned(),
    }
}

/// Takes in the answer to a request that is still under way, then waits for drafts and history, so
/// that what is written and reported at the end is true.
pub async fn finish(app: &mut App, worker: &mut Worker) {
    let until = Instant::now() + LAST_ANSWER_WITHIN;
    while worker.is_sending() {
        let Ok(event) = timeout_at(until, worker.next()).await else {
            break;
        };
        take_last(app, worker, event);
    }
    while let Some(event) = worker.give_up_recording() {
        take_last(app, worker, event);
    }
    let until = Instant::now() + FILES_WITHIN;
    while timeout_at(until, worker.rest()).await.is_ok() {
        let Some(event) = worker.take_ready() else {
            break;
        };
        take_last(app, worker, event);
    }
    worker.report_late_files();
    while let Some(event) = worker.take_ready() {
        take_last(app, worker, event);
    }
}

/// Takes an event in after the terminal was given back.
fn take_last(app: &mut App, worker: &mut Worker, event: Event) {
    for effect in app.update(event) {
        _ = worker.perform(effect);
    }
}
