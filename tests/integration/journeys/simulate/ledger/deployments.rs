//! Deployments and resets: at most one for each confirmation, and the shown status is that of the account.
//!
//! Each check was seen to fail. The count fails if the list after a lost response is empty, the token
//! changes, and the service accepts a second deployment. The status fails if polling stops, or if
//! `InProgress` counts as the end. A started deployment is reported as not started if every lost response
//! counts as a refusal.

use std::collections::BTreeMap;
use std::sync::Arc;

use greengroup::app::App;
use greengroup::app::deployment_run::{DeploymentProgress, DeploymentRun, RunState};
use greengroup::app::effect::{DeployRequest, Timer};
use greengroup::app::event::Event;
use greengroup::app::key::Key;
use greengroup::domain::{DeploymentAction, DeploymentRequest, GroupId};
use greengroup::sandbox::Sandbox;

use super::Ledger;
use crate::journeys::simulate::before::Before;
use crate::journeys::simulate::world;

/// The last confirmation of a group, and the maximum number of deployments by this program so far.
#[derive(Debug, Default)]
struct Confirmed {
    request: Option<DeploymentRequest>,
    /// The ids of the group's earlier deployments.
    before: Vec<Arc<str>>,
    most: usize,
}

/// The confirmations of each group, over all restarts.
#[derive(Debug, Default)]
pub(super) struct Deployments {
    confirmed: BTreeMap<GroupId, Confirmed>,
}

/// The ids of a group's deployments by this program: those of other users have no token.
fn own(sandbox: &Sandbox, group: &GroupId) -> Vec<Arc<str>> {
    sandbox.account(|account| {
        let all = account.deployments(group.as_str()).iter();
        let own = all.filter(|one| one.client_token.is_some());
        own.map(|one| Arc::clone(&one.id)).collect()
    })
}

impl Ledger {
    pub(super) fn judge_deploy(
        &mut self,
        request: &DeployRequest,
        before: &Before,
        event: &Event,
        (app, sandbox): (&App, &Sandbox),
    ) {
        assert!(
            !self.launch.read_only && !self.launch.dry_run,
            "deployed though nothing may be changed"
        );
        let is_enter = match event {
            Event::Key(key) => key.key == Key::Enter,
            Event::TimerElapsed(timer) => matches!(timer, Timer::EnterHeld { .. }),
            _ => false,
        };
        assert!(
            is_enter,
            "deployed by something that is no Enter: {event:?}"
        );
        assert_eq!(
            Some(&request.deployment),
            before.deployment.as_ref(),
            "deployed something else than was asked about, or with a box open"
        );
        let deployment = request.deployment.clone();
        let group = deployment.group.clone();
        let all = app.session.submissions().deployments().iter();
        let sending = all.filter(|run| run.request.group == group && run.is_sending());
        // The requests in flight without the new one, which is already counted.
        let on_their_way = sending.count() - 1;
        let ids = own(sandbox, &group);
        let confirmed = self.deployments.confirmed.entry(group).or_default();
        confirmed.most = match on_their_way {
            0 => ids.len() + 1,
            _ => confirmed.most + 1,
        };
        self.tally.deployed += 1;
        self.tally.reset +=
            usize::from(matches!(deployment.action, DeploymentAction::Reset { .. }));
        confirmed.request = Some(deployment);
        confirmed.before = ids;
    }

    pub(super) fn judge_deployments(&mut self, app: &App, sandbox: &Sandbox) {
        for (group, confirmed) in &self.deployments.confirmed {
            let (count, most) = (own(sandbox, group).len(), confirmed.most);
            assert!(
                count <= most,
                "{count} deployments of {group} where {most} were confirmed"
            );
        }
        for run in app.session.submissions().deployments().iter() {
            match &run.state {
                RunState::Failed(error) if is_last(run, app) => {
                    let confirmed = self.deployments.confirmed.get(&run.request.group);
                    let confirmed = confirmed.expect("it was confirmed");
                    // A request without a line in the history was confirmed later, and was not sent.
                    if confirmed.request.as_ref() == Some(&run.request) {
                        assert_eq!(
                            own(sandbox, &run.request.group),
                            confirmed.before,
                            "shown as not started, and is there: {error}"
                        );
                    }
                }
                RunState::Running(progress) if progress.is_ended() => judge_status(run, sandbox),
                RunState::Failed(_)
                | RunState::Running(_)
                | RunState::Sending
                | RunState::Unknown(_)
                | RunState::Rehearsed => {}
            }
        }
    }

    /// Long after the last fault, the end of every deployment is known.
    pub(in crate::journeys::simulate) fn judge_rest(&mut self, app: &App, sandbox: &Sandbox) {
        for run in app.session.submissions().deployments().iter() {
            assert!(!run.is_sending(), "still sending: {run:?}");
            judge_status(run, sandbox);
            let ended = run.progress().is_some_and(DeploymentProgress::is_ended);
            self.tally.seen_to_end += usize::from(ended);
        }
    }
}

/// True for the last confirmed one of its group.
fn is_last(run: &DeploymentRun, app: &App) -> bool {
    let mut all = app.session.submissions().deployments().iter().rev();
    let last = all.find(|one| one.is_own && one.request.group == run.request.group);
    last.is_some_and(|last| std::ptr::eq(last, run))
}

/// The shown status is the account's status of the deployment of the shown version.
fn judge_status(run: &DeploymentRun, sandbox: &Sandbox) {
    let Some(progress) = run.progress() else {
        return;
    };
    let id = progress.deployment.id.as_str();
    let group = run.request.group.as_str();
    let (is_the_one, status) = sandbox.account(|account| {
        let mut all = account.deployments(group).iter();
        let one = all
            .find(|one| *one.id == *id)
            .expect("it is in the account");
        let version = run.request.action.version();
        let is_version =
            version.is_none_or(|version| one.group_version_arn.ends_with(version.as_str()));
        (is_version, one.status_at(world::now()).status.to_owned())
    });
    assert!(is_the_one, "the status of another version is shown");
    assert_eq!(progress.status.word(), status, "shown, and in the account");
}
