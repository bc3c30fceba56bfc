//! A deployment's statuses, each with its duration, and its errors.

use super::{DeploymentBody, draw_parts};
use crate::app::deployment_run::{DeploymentProgress, DeploymentRun, RunState};
use crate::app::overlay::deployment::{DeploymentView, Successor, fault_place};
use crate::app::remote::Listing;
use crate::app::{Command, KeyContext, Session};
use crate::domain::{DeploymentAction, DeploymentPhase, FailureReason};
use crate::ui::Theme;
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::failure::Failure;

/// An online core installs a deployment in less time.
const CORE_MAY_BE_OFFLINE_SECONDS: i64 = 60;

pub(super) fn draw(session: &Session, view: &DeploymentView, canvas: &mut Canvas<'_, '_>) -> usize {
    let mut body = DeploymentBody::new(canvas.theme, canvas.width());
    let title = if let Some(run) = view.run(session) {
        add_run(session, view, run, &mut body);
        let preposition = match run.request.action {
            DeploymentAction::Deploy(_) => "to",
            DeploymentAction::Reset { .. } => "of",
        };
        format!("{} {preposition} {}", run.request.action, run.group_name)
    } else {
        without_run(session, view, &mut body);
        format!("deployment of {}", session.group_name(&view.group))
    };
    let hidden = draw_parts(view, &title, &body, &[], canvas);
    if body.cursor.is_none() {
        canvas.put_cursor(1, 1);
    }
    hidden
}

fn without_run(session: &Session, view: &DeploymentView, body: &mut DeploymentBody<'_>) {
    let theme = body.theme;
    let listing = session.catalog().deployments(&view.group);
    if let Some(error) = listing.and_then(Listing::error) {
        let keys = Keys::new(session, KeyContext::Deployment);
        let failure = failure(body).with_advice(error, keys);
        body.lines.extend(failure);
    } else if listing.is_some_and(|listing| listing.is_complete() && listing.items().is_empty()) {
        body.text(1, theme.plain, "This group was never deployed.");
        successor(session, view, body);
    } else {
        body.text(1, theme.faint, "loading…");
    }
}

const fn failure<'a>(body: &DeploymentBody<'a>) -> Failure<'a> {
    Failure {
        theme: body.theme,
        indent: 1,
        width: body.width,
    }
}

fn add_run(
    session: &Session,
    view: &DeploymentView,
    run: &DeploymentRun,
    body: &mut DeploymentBody<'_>,
) {
    let theme = body.theme;
    let keys = Keys::new(session, KeyContext::Deployment);
    match &run.state {
        RunState::Sending => body.text(1, theme.plain, "Sending…"),
        RunState::Rehearsed => body.text(1, theme.ok, "This is a dry run: nothing was sent."),
        RunState::Failed(error) => {
            body.text(1, theme.error, "NOT STARTED: nothing was deployed.");
            if error.is_concurrent_deployment() {
                let text = "Another deployment of this group is active. Wait until it ends, then deploy again.";
                body.text(1, theme.warning, text);
            }
            body.gap();
            let lines = failure(body).with_advice(error, keys);
            body.lines.extend(lines);
        }
        RunState::Unknown(error) => {
            let retry = keys.name(Command::Retry);
            body.text(
                1,
                theme.error,
                "UNKNOWN: the request was sent; its outcome is not known.",
            );
            let text = format!(
                "The list of deployments does not show it. It is not sent again; {retry} looks for it again."
            );
            body.text(1, theme.warning, &text);
            body.gap();
            let lines = failure(body).without_advice(error);
            body.lines.extend(lines);
        }
        RunState::Running(progress) => {
            phases(session, progress, body);
            errors(session, view, run, body);
            remark(session, view, progress, body);
            body.gap();
            facts(run, progress, body);
        }
    }
}

/// `Building 3 s`: each status with its duration so far.
fn phases(session: &Session, progress: &DeploymentProgress, body: &mut DeploymentBody<'_>) {
    let theme = body.theme;
    if progress.phases.is_empty() {
        return body.text(1, theme.faint, "loading the status…");
    }
    let ends = progress
        .phases
        .iter()
        .skip(1)
        .map(|(_, since)| Some(*since));
    for ((word, since), end) in progress.phases.iter().zip(ends.chain([None])) {
        let is_ended = end.is_none() && progress.is_ended();
        let lasted = if is_ended {
            String::new()
        } else {
            since.age(end.unwrap_or(session.now()))
        };
        let style = match (end, progress.status.phase()) {
            (Some(_), _) => theme.faint,
            (None, DeploymentPhase::Success) => theme.ok,
            (None, DeploymentPhase::Failure) => theme.error,
            (None, _) => theme.warning,
        };
        let row = body.row().gap(1).cell(style, word, 14);
        body.lines.push(row.text(style, &lasted).line());
    }
}

fn facts(run: &DeploymentRun, progress: &DeploymentProgress, body: &mut DeploymentBody<'_>) {
    let theme = body.theme;
    if let DeploymentAction::Deploy(version) = &run.request.action {
        body.fact("version", theme.plain, version.as_str());
    }
    body.fact("group", theme.plain, run.request.group.as_str());
    body.fact("deployment", theme.plain, progress.deployment.id.as_str());
    if let Some(arn) = &progress.deployment.arn {
        body.fact("arn", theme.plain, arn);
    }
    if let Some(id) = &progress.deployment.request_id {
        body.fact("request id", theme.plain, id);
    }
    if let Some(attempt) = progress.deployment.attempt {
        body.fact("attempt", theme.plain, &attempt.to_string());
    }
    let by = if run.is_own {
        "this program"
    } else {
        "another program, or an earlier run"
    };
    body.fact("started by", theme.plain, by);
    let times = crate::domain::plural::counted(progress.polls, "time");
    body.fact("status read", theme.plain, &times);
}

fn remark(
    session: &Session,
    view: &DeploymentView,
    progress: &DeploymentProgress,
    body: &mut DeploymentBody<'_>,
) {
    let theme = body.theme;
    let keys = Keys::new(session, KeyContext::Deployment);
    if let Some(error) = &progress.error {
        body.gap();
        body.text(1, theme.warning, "The last status request failed:");
        let lines = failure(body).with_advice(error, keys);
        body.lines.extend(lines);
    }
    let is_long = progress
        .current()
        .is_some_and(|(_, since)| session.now().seconds_since(since) > CORE_MAY_BE_OFFLINE_SECONDS);
    if progress.status.phase() == DeploymentPhase::InProgress && is_long {
        body.gap();
        let text = "The core may be offline: the deployment waits until it is back.";
        body.text(1, theme.warning, text);
    }
    if !progress.is_ended() {
        body.gap();
        let close = keys.name(Command::Back);
        let text = format!("{close} leaves it running; every screen shows its status.");
        body.text(1, theme.faint, &text);
    }
    successor(session, view, body);
}

/// The version to deploy next.
fn successor(session: &Session, view: &DeploymentView, body: &mut DeploymentBody<'_>) {
    let Some(successor) = view.successor(session) else {
        return;
    };
    let deploy = Keys::new(session, KeyContext::Deployment).name(Command::Deploy);
    let what = match successor {
        Successor::LastGood(_) => "the last version that was deployed with success",
        Successor::Latest(_) => "the latest version, which is not deployed",
    };
    let text = format!(
        "{deploy} asks about {}, {what}.",
        successor.version().short()
    );
    body.gap();
    body.text(1, body.theme.warning, &text);
}

fn errors(
    session: &Session,
    view: &DeploymentView,
    run: &DeploymentRun,
    body: &mut DeploymentBody<'_>,
) {
    let current = view.current(session);
    let errors = view.errors(session);
    body.is_on_last = errors.len() > 1 && current == errors.len().checked_sub(1);
    for (place, error) in errors.iter().enumerate() {
        body.gap();
        if current == Some(place) {
            body.cursor = Some(body.lines.len());
        }
        add_error(session, run, error, current == Some(place), body);
    }
}

fn add_error(
    session: &Session,
    run: &DeploymentRun,
    error: &FailureReason,
    is_current: bool,
    body: &mut DeploymentBody<'_>,
) {
    let theme: &Theme = body.theme;
    let title = error.code.as_deref().unwrap_or("no code");
    let row = body.row().marker(is_current);
    body.lines.push(row.text(theme.error, title).line());
    body.text(3, theme.plain, &error.message);
    let group = &run.request.group;
    let version = run.request.action.version();
    let place = version.and_then(|version| fault_place(error, group, version, session));
    if let Some(place) = place {
        let item = place
            .item
            .map_or_else(String::new, |item| format!(" {item}"));
        let open = Keys::new(session, KeyContext::Deployment).name(Command::Open);
        let text = format!("in the {} slot:{item} ({open} goes there)", place.kind);
        let text = text.replace(": (", " (");
        body.text(3, theme.heading, &text);
    }
    if let Some(known) = error.explanation() {
        body.text(3, theme.plain, known.meaning);
        body.text(3, theme.warning, known.remedy);
    }
}
