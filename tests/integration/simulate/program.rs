//! The program without its terminal, started and killed at will, every event of it judged.

use std::path::Path;
use std::time::Duration;

use futures_util::FutureExt;
use greengroup::app::effect::{Effect, Exit};
use greengroup::app::event::{Answer, DraftFile, Event};
use greengroup::app::{App, Keymap, Launch};
use greengroup::domain::Timestamp;
use greengroup::greengrass::ClientOptions;
use greengroup::runtime::files::Paths;
use greengroup::runtime::gateway::Gateway;
use greengroup::runtime::journal::Journal;
use greengroup::runtime::worker::Worker;
use greengroup::sandbox::Sandbox;
use tokio::time::Instant;

use super::before::{Before, Front};
use super::dice::Dice;
use super::ledger::Ledger;
use super::world;

/// When every session begins.
pub(super) const BEGAN: Timestamp = Timestamp::from_milliseconds(1_777_708_800_000);

/// One run of the program and the books kept beside it.
pub(super) struct Program {
    pub(super) app: App,
    worker: Worker,
    pub(super) sandbox: Sandbox,
    pub(super) ledger: Ledger,
    pub(super) exit: Option<Exit>,
    began: Instant,
    review_opened: Instant,
    /// Answers that are held back, to come in another order.
    held: Option<Vec<Event>>,
    /// What was done so far, when that is to be told.
    pub(super) trail: Option<Vec<String>>,
    pub(super) fingerprint: u64,
}

impl Program {
    pub(super) fn start(
        sandbox: Sandbox,
        ledger: Ledger,
        folder: &Path,
        launch: Launch,
        began: Instant,
    ) -> Self {
        let options = ClientOptions {
            read_only: launch.read_only,
            burst: 20,
            ..ClientOptions::default()
        };
        let gateway = Gateway::Sandbox {
            sandbox: sandbox.clone(),
            options,
        };
        let paths =
            Paths::from_environment(|name| (name != "HOME").then(|| folder.as_os_str().to_owned()));
        let journal = Journal::at(&paths.unwrap());
        let mut ledger = ledger;
        ledger.program_started(launch.clone());
        let mut program = Self {
            app: App::new(launch, Keymap::default()),
            worker: Worker::start(gateway, journal),
            sandbox,
            ledger,
            exit: None,
            began,
            review_opened: Instant::now(),
            held: None,
            trail: None,
            fingerprint: 0,
        };
        program.feed(Event::Resized {
            width: 80,
            height: 24,
        });
        program
    }

    /// The program is killed, as by `kill -9`: nothing in it runs any more.
    pub(super) fn kill(self) -> (Sandbox, Ledger, Option<Vec<String>>, u64) {
        drop((self.app, self.worker));
        (self.sandbox, self.ledger, self.trail, self.fingerprint)
    }

    fn now(&self) -> Timestamp {
        let passed = i64::try_from(self.began.elapsed().as_millis()).unwrap();
        Timestamp::from_milliseconds(BEGAN.milliseconds() + passed)
    }

    /// Gives one event to the app, judges what comes of it and performs it.
    pub(super) fn feed(&mut self, event: Event) {
        if self.exit.is_some() {
            return;
        }
        self.note(&event);
        let before = Before::of(&self.app, &event, &self.sandbox, self.review_opened);
        let mut effects = self.app.update(Event::Clock(self.now()));
        effects.extend(self.app.update(event.clone()));
        if self
            .app
            .screen()
            .is_some_and(|screen| screen.name() == "Review")
            && (before.screen != "Review" || matches!(before.front, Front::Moved { .. }))
        {
            self.review_opened = Instant::now();
        }
        self.ledger
            .judge(&before, &event, &effects, &self.app, &self.sandbox);
        for effect in effects {
            if let Some(Effect::Quit(exit)) = self.worker.perform(effect) {
                self.exit = Some(exit);
            }
        }
    }

    /// Lets `time` pass and takes in what comes meanwhile.
    pub(super) async fn wait(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while self.exit.is_none() {
            let next = tokio::time::timeout_at(end, self.worker.next()).await;
            world::set_clock(self.now());
            self.ledger.look_at_account(&self.sandbox);
            let Ok(event) = next else { break };
            self.receive(event);
        }
    }

    /// Takes in one thing that is here already.
    pub(super) fn take_one(&mut self) {
        let next = self.worker.next().now_or_never();
        self.ledger.look_at_account(&self.sandbox);
        if let Some(event) = next {
            self.receive(event);
        }
    }

    fn receive(&mut self, event: Event) {
        match &mut self.held {
            Some(held) if is_an_answer(&event) => held.push(event),
            _ => self.feed(event),
        }
    }

    /// Holds back answers from now on.
    pub(super) fn hold(&mut self) {
        self.held.get_or_insert_default();
    }

    /// Hands over what was held back, in any order.
    pub(super) fn release(&mut self, dice: &mut Dice) {
        let mut held = self.held.take().unwrap_or_default();
        while !held.is_empty() {
            let event = held.swap_remove(dice.below(held.len()));
            self.feed(event);
        }
    }

    fn note(&mut self, event: &Event) {
        if !matches!(event, Event::CallObserved(_)) {
            self.ledger.tally.steps += 1;
        }
        for byte in self
            .app
            .screen()
            .map_or("", |screen| screen.name())
            .bytes()
            .chain([event_number(event)])
        {
            self.fingerprint = (self.fingerprint ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        if let Some(trail) = &mut self.trail {
            let screen = self.app.screen().map_or("", |screen| screen.name());
            let told = match event {
                Event::CallObserved(_) | Event::Clock(_) => return,
                Event::Replied(reply) => {
                    format!("{:?} {}", reply.request, outcome_of(&reply.answer))
                }
                Event::DraftOpened(file) => match file {
                    DraftFile::Found { draft, .. } => format!(
                        "DraftOpened {:?}",
                        draft.changed_kinds().collect::<Vec<_>>()
                    ),
                    other => format!("DraftOpened {other:?}"),
                },
                other => format!("{other:?}"),
            };
            trail.push(format!(
                "{:>9} ms  {screen:<9} {told}",
                self.began.elapsed().as_millis()
            ));
        }
    }

    /// Adds a line to the trail, where one is kept.
    pub(super) fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(trail) = &mut self.trail {
            trail.push(format!("                        {}", what()));
        }
    }
}

/// Answers come in any order; what the runtime itself says comes at once.
fn is_an_answer(event: &Event) -> bool {
    matches!(event, Event::Replied(_))
}

fn event_number(event: &Event) -> u8 {
    match event {
        Event::Key(_) => 1,
        Event::Pasted(_) => 2,
        Event::Replied(_) => 3,
        Event::TimerElapsed(_) => 4,
        Event::CallObserved(_) => 5,
        _ => 6,
    }
}

fn outcome_of(answer: &Answer) -> String {
    let text = format!("{answer:?}");
    text.chars().take(160).collect()
}
