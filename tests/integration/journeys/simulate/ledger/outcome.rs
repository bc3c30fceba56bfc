//! What the program says came of a request, on the screen and with its exit code, against what the account holds.

use greengroup::app::App;
use greengroup::app::effect::Exit;
use greengroup::app::event::Event;
use greengroup::app::screen::Screen;
use greengroup::app::screen::outcome::{Looked, Verdict};
use greengroup::domain::GroupId;
use greengroup::sandbox::Sandbox;

use super::Ledger;
use crate::journeys::simulate::world;

impl Ledger {
    pub(super) fn judge_outcome(&mut self, app: &App, sandbox: &Sandbox) {
        let Some(Screen::Outcome(outcome)) = app.screen() else {
            return;
        };
        if let Verdict::DryRun = outcome.result {
            assert!(self.launch.dry_run && self.sent.is_empty());
            return;
        }
        let sent = self.sent.last().expect("an outcome of nothing");
        assert_eq!(
            outcome.request, sent.request,
            "the outcome of another request"
        );
        match &outcome.result {
            Verdict::Created(created) => {
                let version = created.version.as_deref().unwrap();
                assert!(
                    sent.effects.iter().any(|one| **one == *version),
                    "shown as created, and is not"
                );
            }
            Verdict::Failed(error) => assert!(
                sent.effects.is_empty(),
                "shown as failed, and is there: {error}"
            ),
            Verdict::Unknown(_, look) => match look.looked() {
                Looked::Found(version) => {
                    let slots = world::slots_of(sandbox, &sent.request.group, version.as_str());
                    assert_eq!(
                        slots.as_ref(),
                        Some(&sent.request.slots),
                        "found a version that holds something else"
                    );
                    let is_old = sent.before.iter().any(|one| **one == *version.as_str());
                    assert!(!is_old, "found a version that was there before");
                }
                Looked::NotThere => assert!(sent.effects.is_empty(), "not found, and is there"),
                Looked::Looking | Looked::Failed(_) => {}
            },
            Verdict::DryRun => {}
        }
    }

    pub(super) fn judge_exit(&mut self, exit: Exit, event: &Event, app: &App, sandbox: &Sandbox) {
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
                let is_real = app.session.created.iter().all(|created| {
                    let group = GroupId::new(created.id.as_deref().unwrap_or_default());
                    world::slots_of(
                        sandbox,
                        &group,
                        created.version.as_deref().unwrap_or_default(),
                    )
                    .is_some()
                });
                assert!(is_real, "a receipt of nothing");
                assert!(
                    !app.session.created.is_empty() || app.session.rehearsed.is_some(),
                    "exit 0 for nothing"
                );
            }
            Exit::Failed | Exit::NothingCreated => {
                assert_eq!(effects, 0, "{exit:?}, and a version was created");
            }
            Exit::OutcomeUnknown => {
                assert!(!self.sent.is_empty(), "the outcome of nothing is unknown");
                self.tally.unknown += 1;
            }
            Exit::BadArguments => panic!("the arguments were good: {:?}", app.session.farewell),
        }
    }
}
