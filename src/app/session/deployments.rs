//! Deployments and resets of the session: sends them, and reads their status until they end.

use std::time::Duration;

use super::Session;
use crate::app::deployment_run::{DeploymentRun, PollStep, RunState};
use crate::app::effect::{DeployRequest, Effect, Request, TerminalEffect, Timer};
use crate::app::event::DeploymentAnswer;
use crate::app::launch::DeployFlag;
use crate::app::notice::Notice;
use crate::domain::{
    Deployment, DeploymentAction, DeploymentId, DeploymentPhase, DeploymentRequest, GroupId,
    GroupVersionId,
};

/// The interval for showing the elapsed time of a deployment.
const SECOND: Duration = Duration::from_secs(1);

impl Session {
    /// The deployments of this run of the program.
    pub fn deployment_of(&self, group: &GroupId) -> Option<&DeploymentRun> {
        self.submissions.deployments.of(group)
    }

    /// The deployment shown by every screen.
    pub fn shown_deployment(&self) -> Option<&DeploymentRun> {
        self.submissions.deployments.shown(self.connection.choice())
    }

    /// Sends a confirmed deployment or reset, or rehearses it under `--dry-run`.
    pub fn deploy(&mut self, deployment: DeploymentRequest, may_go_unrecorded: bool) {
        let state = if self.launch.dry_run {
            RunState::Rehearsed
        } else {
            RunState::Sending
        };
        let mut run = self.run_of(deployment.clone(), state);
        run.is_waited_for = self.launch.deploy == Some(DeployFlag::Wait);
        self.submissions.deployments.begin(run);
        if !self.launch.dry_run {
            let caller = self.catalog.caller().map(|caller| caller.arn.clone());
            self.effect(Effect::Deploy(Box::new(DeployRequest {
                deployment,
                caller,
                may_go_unrecorded,
            })));
        }
    }

    fn run_of(&self, request: DeploymentRequest, state: RunState) -> DeploymentRun {
        let name = self.group_name(&request.group);
        DeploymentRun::new(request, name, self.connection.choice().clone(), state)
    }

    /// Records the response to a deployment and starts watching it.
    pub fn deployment_answered(&mut self, group: &GroupId, answer: DeploymentAnswer) {
        if let Some(run) = self.submissions.deployments.sending_mut(group) {
            run.answered(answer);
        }
        // The acknowledgement was for this request alone: the next one writes to the history again.
        if let Some(work) = self.work.as_mut().filter(|work| work.group == *group) {
            work.history_error = None;
        }
        self.look_at_deployment(group);
        self.start_timer(Timer::DeploymentLasts, SECOND);
    }

    /// Records that a deployment was not sent, because the history could not be written. Returns its action.
    pub fn deployment_not_recorded(
        &mut self,
        group: &GroupId,
        reason: String,
    ) -> Option<DeploymentAction> {
        let sending = self.deployment_of(group).filter(|run| run.is_sending());
        let action = sending.map(|run| run.request.action.clone());
        self.submissions.deployments.forget_sending(group);
        if let Some(work) = self.work.as_mut().filter(|work| work.group == *group) {
            work.history_error = Some(reason);
        }
        self.notify(Notice::NotRecorded);
        action
    }

    /// Watches a listed deployment, started by this program or another.
    pub fn watch_deployment(&mut self, group: &GroupId, listed: &Deployment) {
        if self.submissions.deployments.bring_up(&listed.id) {
            return;
        }
        let action = match (&listed.version, listed.is_reset()) {
            (Some(version), false) => DeploymentAction::Deploy(version.clone()),
            _ => DeploymentAction::Reset {
                force: listed.deployment_type.as_deref() == Some("ForceResetDeployment"),
            },
        };
        let request = DeploymentRequest {
            group: group.clone(),
            action,
        };
        let mut run = self.run_of(request, RunState::found(listed.id.clone()));
        run.is_own = false;
        self.submissions.deployments.begin(run);
        self.poll_group(group);
        self.start_timer(Timer::DeploymentLasts, SECOND);
    }

    /// Reads the status again at the user's request, or looks for a deployment with an unknown outcome.
    pub fn look_at_deployment(&mut self, group: &GroupId) {
        self.forget(&Request::Deployments(group.clone(), None));
        self.poll_group(group);
    }

    fn poll_group(&mut self, group: &GroupId) {
        self.poll(|run| run.request.group == *group);
    }

    fn poll(&mut self, is_meant: impl Fn(&DeploymentRun) -> bool) {
        let runs = self.submissions.deployments.iter();
        let runs = runs.filter(|run| is_meant(run));
        let reads: Vec<Request> = runs.filter_map(|run| self.next_read(run)).collect();
        for read in reads {
            if !self.loader.is_under_way(&read) {
                self.ask_again(read);
            }
        }
    }

    /// The next read of a deployment's status; `None` if it has ended or belongs to another account.
    fn next_read(&self, run: &DeploymentRun) -> Option<Request> {
        if run.choice != *self.connection.choice() {
            return None;
        }
        let group = run.request.group.clone();
        match (&run.state, run.progress()) {
            (_, Some(progress)) if !progress.is_ended() => {
                let id = progress.deployment.id.clone();
                Some(Request::DeploymentStatus(group, id))
            }
            (RunState::Unknown(_), _) => Some(Request::Deployments(group, None)),
            _ => None,
        }
    }

    /// Handles a response that a deployment waits for.
    pub fn deployment_read(&mut self, request: &Request) {
        if let Request::DeploymentStatus(_, id) = request {
            self.status_read(id);
        } else if let Request::Deployments(group, _) = request {
            let run = self.submissions.deployments.of_mut(group);
            if run.is_some_and(|run| run.look(&self.catalog)) {
                self.poll_group(group);
            }
        }
    }

    fn status_read(&mut self, id: &DeploymentId) {
        let status = self.catalog.deployment_status(id);
        let answer = match (status.ready(), status.error()) {
            (Some(status), _) => Ok(status.clone()),
            (None, Some(error)) => Err(error.clone()),
            (None, None) => return,
        };
        let (now, timer) = (self.now, self.next_number());
        // This includes a deployment that was followed by another one, as after a forced reset.
        let Some(run) = self.submissions.deployments.with_id_mut(id) else {
            return;
        };
        let (is_own, is_waited_for) = (run.is_own, run.is_waited_for);
        let Some(progress) = run.progress_mut() else {
            return;
        };
        match progress.read(answer, now) {
            PollStep::Stay => {}
            PollStep::Again(pause) => {
                progress.waits_for(timer);
                self.start_timer(Timer::PollDue { poll: timer }, pause);
            }
            PollStep::Ended => {
                // If the deployment had already ended at the first look, its end is not news.
                let was_seen_active = progress.phases.len() > 1;
                if is_own || was_seen_active {
                    self.effect(Effect::Terminal(TerminalEffect::Ring));
                }
                if is_waited_for {
                    self.quit();
                }
            }
        }
    }

    /// Handles the end of the pause before the next request for the status.
    pub fn poll_due(&mut self, timer: u32) {
        self.poll(|run| {
            let progress = run.progress();
            progress.is_some_and(|progress| progress.is_due(timer))
        });
    }

    /// Updates the elapsed time; another timer follows while a deployment lasts.
    pub fn deployment_lasts(&mut self) {
        let shown = self.shown_deployment();
        if shown.is_some_and(DeploymentRun::is_active) {
            self.start_timer(Timer::DeploymentLasts, SECOND);
        }
    }

    /// Continues watching over a new connection.
    pub fn watch_again(&mut self) {
        self.poll(|_| true);
    }

    /// Records that the user has seen the end of the group's deployment.
    pub fn deployment_seen(&mut self, group: &GroupId) {
        if let Some(run) = self.submissions.deployments.of_mut(group) {
            run.is_seen |= !run.is_active();
        }
    }

    /// The name of a group, or its id without a name.
    pub fn group_name(&self, group: &GroupId) -> String {
        if self.is_open(group) {
            return self.open_group_name();
        }
        let read = self.catalog.group(group);
        let name = read.and_then(|group| group.name.clone());
        let name = name.filter(|name| !name.is_empty());
        name.unwrap_or_else(|| group.to_string())
    }

    /// The last successfully deployed version, as far as the list and the statuses are loaded.
    pub fn last_success(&self, group: &GroupId) -> Option<(&Deployment, &GroupVersionId)> {
        let listed = self.catalog.deployments(group)?.items().iter();
        let succeeded = listed.filter_map(|one| {
            let status = self.catalog.deployment_status(&one.id).ready()?;
            let version = one.version.as_ref().filter(|_| !one.is_reset())?;
            (status.phase() == DeploymentPhase::Success).then_some((one, version))
        });
        succeeded.max_by_key(|(one, _)| one.created)
    }
}
