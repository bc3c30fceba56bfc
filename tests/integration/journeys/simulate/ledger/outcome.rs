//! Compares the outcome on the screen and in the exit status with the account.

use greengroup::app::App;
use greengroup::app::event::Event;
use greengroup::app::exit::Exit;
use greengroup::app::outcome_probe::ProbeResult;
use greengroup::app::submission::StepState;
use greengroup::domain::GroupId;
use greengroup::sandbox::Sandbox;

use super::Ledger;
use crate::journeys::simulate::world;

impl Ledger {
    pub(super) fn judge_outcome(&mut self, app: &App, sandbox: &Sandbox) {
        let Some(step) = app.shown_outcome() else {
            return;
        };
        if step.state == StepState::Rehearsed {
            assert!(self.launch.dry_run && self.sent.is_empty());
            return;
        }
        self.judge_fates(app, sandbox);
        if step.state == StepState::Waiting {
            let group = &step.request.create.group;
            let effects = self.sent.last().map_or(0, |sent| sent.effects.len());
            assert!(
                !self.is_group_sent(group) || effects == 0,
                "shown as not sent, and is there"
            );
            return;
        }
        let sent = self.sent.last().expect("an outcome of nothing");
        assert_eq!(
            step.request.create, sent.request,
            "the outcome of another request"
        );
        match &step.state {
            StepState::Created(created) => {
                let version = created.version.as_deref().unwrap();
                assert!(
                    sent.effects.iter().any(|one| **one == *version),
                    "shown as created, and is not"
                );
            }
            StepState::Failed(error) => assert!(
                sent.effects.is_empty(),
                "shown as failed, and is there: {error}"
            ),
            StepState::Unconfirmed(_, look) => match look.result() {
                ProbeResult::Found(created) => {
                    let version = created.version.as_deref().unwrap();
                    let slots = world::slots_of(sandbox, &sent.request.group, version);
                    assert_eq!(
                        slots.as_ref(),
                        Some(&sent.request.slots),
                        "found a version that holds something else"
                    );
                    let is_old = sent.before.iter().any(|one| **one == *version);
                    assert!(!is_old, "found a version that was there before");
                }
                ProbeResult::NotThere => {
                    assert!(sent.effects.is_empty(), "not found, and is there");
                }
                ProbeResult::Looking | ProbeResult::Failed(_) => {}
            },
            StepState::Rehearsed => {}
            StepState::Waiting => {}
            StepState::Sending(_) => panic!("no outcome yet"),
        }
    }

    pub(in crate::journeys::simulate) fn judge_exit(
        &mut self,
        event: &Event,
        app: &App,
        sandbox: &Sandbox,
    ) {
        let exit = app.session.ending().exit;
        assert!(
            !matches!(event, Event::Pasted(_) | Event::Resized { .. }),
            "{event:?} ended the program"
        );
        let effects = self
            .sent
            .iter()
            .map(|sent| sent.effects.len())
            .sum::<usize>();
        match exit {
            Exit::Created => {
                let is_real = app.session.submissions().created().all(|created| {
                    let group = GroupId::new(created.id.as_deref().unwrap_or_default());
                    world::slots_of(
                        sandbox,
                        &group,
                        created.version.as_deref().unwrap_or_default(),
                    )
                    .is_some()
                });
                assert!(is_real, "a receipt of nothing");
                let deployments = app.session.submissions().deployments();
                assert!(
                    deployments.iter().any(|run| run.exit() == Exit::Created)
                        || app.session.submissions().created().next().is_some()
                        || app.session.submissions().rehearsed().is_some(),
                    "exit 0 for nothing"
                );
            }
            Exit::Failed | Exit::NothingCreated => {
                assert_eq!(effects, 0, "{exit:?}, and a version was created");
                assert!(
                    exit == Exit::Failed || self.definitions.effects() == 0,
                    "nothing was created, and a definition version is there"
                );
            }
            Exit::DeploymentFailed => {
                let mut deployments = app.session.submissions().deployments().iter();
                assert!(
                    deployments.any(|run| run.is_own && run.exit() == Exit::DeploymentFailed),
                    "exit 4 without a deployment"
                );
            }
            Exit::OutcomeUnknown => {
                assert!(
                    !self.sent.is_empty() || self.definitions.is_any_sent(),
                    "the outcome of nothing is unknown"
                );
                self.tally.unknown += 1;
            }
            Exit::BadArguments => panic!("the arguments were good: {:?}", app.session.ending()),
        }
    }
}
