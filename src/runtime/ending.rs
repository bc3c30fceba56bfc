//! The end of the program: completes the last request, so that the files and the messages are correct.

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

/// The maximum wait for the response to a request in flight.
const LAST_ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// The maximum further wait for drafts and history.
const FILES_WITHIN: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub struct Ended {
    pub exit: Exit,
    /// For standard error.
    pub messages: Vec<String>,
    pub created: Vec<CreatedVersion>,
    pub created_definitions: Vec<CreatedDefinitionVersion>,
    pub rehearsed: Option<GroupChange>,
    pub rehearsed_deployment: Option<DeploymentRequest>,
    /// For printing the equivalent command.
    pub aws_cli: AwsCli,
}

/// Completes the work in flight and returns the result. After a panic the app may be in the middle of a
/// change. It is then asked only about the outcome of its request.
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
            take_last(&mut app, &mut worker, Event::Terminated);
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

/// Waits for the response to a request in flight, then for drafts and history. The files and the messages are
/// then correct.
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

/// Applies an event after the terminal was restored.
fn take_last(app: &mut App, worker: &mut Worker, event: Event) {
    for effect in app.update(event) {
        _ = worker.perform(effect);
    }
}
