//! A deployment's statuses, each with its duration, and its errors.

use super::{NAME, draw_parts};
use crate::app::deployment_run::{DeploymentProgress, DeploymentRun, RunState};
use crate::app::overlay::deployment::{DeploymentView, Successor, fault_place};
use crate::app::remote::Listing;
use crate::app::{Command, KeyContext, Session};
use crate::domain::plural::counted;
use crate::domain::{DeploymentAction, DeploymentPhase, FailureReason, GroupVersionId};
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::text_block::TextBlock;

/// An online core installs a deployment in less time.
const CORE_MAY_BE_OFFLINE_SECONDS: i64 = 60;

pub(super) fn draw(session: &Session, view: &DeploymentView, canvas: &mut Canvas<'_, '_>) -> usize {
    let mut watch = Watch {
        session,
        view,
        keys: Keys::new(session, KeyContext::Deployment),
        body: canvas.block(),
    };
    let title = if let Some(run) = view.run(session) {
        watch.run(run);
        let preposition = match run.request.action {
            DeploymentAction::Deploy(_) => "to",
            DeploymentAction::Reset { .. } => "of",
        };
        format!("{} {preposition} {}", run.request.action, run.group_name)
    } else {
        watch.without_run();
        format!("deployment of {}", session.group_name(&view.group))
    };
    canvas.put_cursor(1, 1);
    draw_parts(view, &title, &watch.body, &[], canvas)
}

/// The body under construction.
struct Watch<'a> {
    session: &'a Session,
    view: &'a DeploymentView,
    keys: Keys<'a>,
    body: TextBlock<'a>,
}

impl Watch<'_> {
    fn without_run(&mut self) {
        let theme = self.body.theme;
        let listing = self.session.catalog().deployments(&self.view.group);
        if let Some(error) = listing.and_then(Listing::error) {
            self.body.failure(1, error, self.keys);
        } else if listing.is_some_and(|listing| listing.is_complete() && listing.items().is_empty())
        {
            let text = "This group was never deployed.";
            self.body.text(1, theme.plain, text);
            self.successor();
        } else {
            self.body.text(1, theme.faint, "loading…");
        }
    }

    fn run(&mut self, run: &DeploymentRun) {
        let body = &mut self.body;
        let theme = body.theme;
        match &run.state {
            RunState::Sending => body.text(1, theme.plain, "Sending…"),
            RunState::Rehearsed => body.text(1, theme.ok, "This is a dry run: nothing was sent."),
            RunState::Failed(error) => {
                body.text(1, theme.error, "NOT STARTED: nothing was deployed.");
                if error.is_concurrent_deployment() {
                    let text = "Another deployment of this group is active. Wait until it ends, then deploy again.";
                    body.text(1, theme.warning, text);
                }
                body.blank();
                body.failure(1, error, self.keys);
            }
            RunState::Unknown(error) => {
                let retry = self.keys.name(Command::Retry);
                let text = "UNKNOWN: the request was sent; its outcome is not known.";
                body.text(1, theme.error, text);
                let text = format!(
                    "The list of deployments does not show it. It is not sent again; {retry} looks for it again."
                );
                body.text(1, theme.warning, &text);
                body.blank();
                body.failure_without_advice(1, error);
            }
            RunState::Running(progress) => {
                self.phases(progress);
                self.errors(run);
                self.remark(progress);
                self.facts(run, progress);
            }
        }
    }

    /// `Building 3 s`: each status with its duration so far.
    fn phases(&mut self, progress: &DeploymentProgress) {
        let body = &mut self.body;
        let theme = body.theme;
        if progress.phases.is_empty() {
            return body.text(1, theme.faint, "loading the status…");
        }
        let ends = progress.phases.iter().skip(1);
        let ends = ends.map(|(_, since)| Some(*since));
        for ((word, since), end) in progress.phases.iter().zip(ends.chain([None])) {
            let lasted = if end.is_none() && progress.is_ended() {
                String::new()
            } else {
                since.age(end.unwrap_or(self.session.now()))
            };
            let style = match (end, progress.status.phase()) {
                (Some(_), _) => theme.faint,
                (None, DeploymentPhase::Success) => theme.ok,
                (None, DeploymentPhase::Failure) => theme.error,
                (None, _) => theme.warning,
            };
            let row = body.row().gap(1).cell(style, word, NAME);
            body.add(row.text(style, &lasted));
        }
    }

    fn facts(&mut self, run: &DeploymentRun, progress: &DeploymentProgress) {
        let deployment = &progress.deployment;
        let by = if run.is_own {
            "this program"
        } else {
            "another program, or an earlier run"
        };
        let version = run.request.action.version();
        let attempt = deployment.attempt.map(|attempt| attempt.to_string());
        let polls = counted(progress.polls, "time");
        let facts = [
            ("version", version.map(GroupVersionId::as_str)),
            ("group", Some(run.request.group.as_str())),
            ("deployment", Some(deployment.id.as_str())),
            ("arn", deployment.arn.as_deref()),
            ("request id", deployment.request_id.as_deref()),
            ("attempt", attempt.as_deref()),
            ("started by", Some(by)),
            ("status read", Some(polls.as_str())),
        ];
        self.body.blank();
        for (name, value) in facts {
            if let Some(value) = value {
                self.body.fact((name, NAME), self.body.theme.plain, value);
            }
        }
    }

    fn remark(&mut self, progress: &DeploymentProgress) {
        let body = &mut self.body;
        let theme = body.theme;
        if let Some(error) = &progress.error {
            body.blank();
            body.text(1, theme.warning, "The last status request failed:");
            body.failure(1, error, self.keys);
        }
        let now = self.session.now();
        let is_long = progress
            .current()
            .is_some_and(|(_, since)| now.seconds_since(since) > CORE_MAY_BE_OFFLINE_SECONDS);
        if progress.status.phase() == DeploymentPhase::InProgress && is_long {
            body.blank();
            let text = "The core may be offline: the deployment waits until it is back.";
            body.text(1, theme.warning, text);
        }
        if !progress.is_ended() {
            body.blank();
            let close = self.keys.name(Command::Back);
            let text = format!("{close} leaves it running; every screen shows its status.");
            body.text(1, theme.faint, &text);
        }
        self.successor();
    }

    /// The version to deploy next.
    fn successor(&mut self) {
        let Some(successor) = self.view.successor(self.session) else {
            return;
        };
        let deploy = self.keys.name(Command::Deploy);
        let version = successor.version().short();
        let what = match successor {
            Successor::LastGood(_) => "the last version that was deployed with success",
            Successor::Latest(_) => "the latest version, which is not deployed",
        };
        self.body.blank();
        let text = format!("{deploy} asks about {version}, {what}.");
        self.body.text(1, self.body.theme.warning, &text);
    }

    fn errors(&mut self, run: &DeploymentRun) {
        let current = self.view.current(self.session);
        let errors = self.view.errors(self.session);
        for (place, error) in errors.iter().enumerate() {
            self.body.blank();
            let is_current = current == Some(place);
            if is_current {
                let start = self.body.lines.len();
                // With the last error, the lines after it are visible too.
                let is_last = place > 0 && place + 1 == errors.len();
                let end = if is_last { usize::MAX } else { start + 1 };
                self.body.cursor = Some(start..end);
            }
            self.error(run, error, is_current);
        }
    }

    fn error(&mut self, run: &DeploymentRun, error: &FailureReason, is_current: bool) {
        let body = &mut self.body;
        let theme = body.theme;
        let title = error.code.as_deref().unwrap_or("no code");
        body.add(body.row().marker(is_current).text(theme.error, title));
        body.text(3, theme.plain, &error.message);
        let version = run.request.action.version();
        let place = version
            .and_then(|version| fault_place(error, &run.request.group, version, self.session));
        if let Some(place) = place {
            let item = place
                .item
                .map_or_else(String::new, |item| format!(": {item}"));
            let open = self.keys.name(Command::Open);
            let text = format!("in the {} slot{item} ({open} goes there)", place.kind);
            body.text(3, theme.heading, &text);
        }
        if let Some(known) = error.explanation() {
            body.text(3, theme.plain, known.meaning);
            body.text(3, theme.warning, known.remedy);
        }
    }
}
