//! Deployments and resets: at most one for each confirmation, and the status shown is that of the account.

use std::collections::BTreeMap;

use greengroup::app::App;
use greengroup::app::effect::{DeployRequest, Timer};
use greengroup::app::event::Event;
use greengroup::app::key::Key;
use greengroup::domain::{DeploymentRequest, GroupId};
use greengroup::sandbox::Sandbox;

use super::Ledger;
use crate::journeys::simulate::before::Before;
use crate::journeys::simulate::world;

/// How many deployments each group may have: those from the beginning, and one for each confirmation.
#[derive(Debug, Default)]
pub(super) struct Deployments {
    most: BTreeMap<GroupId, usize>,
    confirmed: Vec<DeploymentRequest>,
}

impl Deployments {
    pub(super) fn of(sandbox: &Sandbox) -> Self {
        let groups = world::groups(sandbox).into_iter();
        Self {
            most: groups
                .map(|group| (group.clone(), count(sandbox, &group)))
                .collect(),
            confirmed: Vec::new(),
        }
    }
}

fn count(sandbox: &Sandbox, group: &GroupId) -> usize {
    sandbox.account(|account| account.deployments(group.as_str()).len())
}

impl Ledger {
    pub(super) fn judge_deploy(&mut self, request: &DeployRequest, before: &Before, event: &Event) {
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
        *self
            .deployments
            .most
            .entry(deployment.group.clone())
            .or_default() += 1;
        self.deployments.confirmed.push(deployment);
        self.tally.deployed += 1;
    }

    pub(super) fn judge_deployments(&mut self, app: &App, sandbox: &Sandbox) {
        for (group, most) in &self.deployments.most {
            let count = count(sandbox, group);
            assert!(
                count <= *most,
                "{count} deployments of {group} for {most} confirmations"
            );
        }
        for run in app.session.submissions().deployments().iter() {
            let Some(progress) = run.progress().filter(|progress| progress.is_ended()) else {
                continue;
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
                (is_version, one.status.to_string())
            });
            assert!(is_the_one, "the status of another version is shown");
            assert_eq!(progress.status.word(), status, "shown, and in the account");
        }
    }
}
