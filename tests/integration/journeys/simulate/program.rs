//! The program without its terminal, started and killed at will, every event of it judged.

use std::path::Path;
use std::time::Duration;

use futures_util::FutureExt;
use greengroup::app::effect::TerminalEffect;
use greengroup::app::event::Event;
use greengroup::app::exit::Exit;
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
use super::canvas::Canvas;
use super::ledger::Ledger;
use super::seed::Dice;
use super::trail::Trail;
use super::world;

/// When every session begins.
pub(super) const BEGAN: Timestamp = Timestamp::from_milliseconds(1_777_708_800_000);

/// Larger answers are refused: small, so that one that is too large costs little.
pub(super) const RESPONSE_LIMIT: usize = 256 * 1024;

/// One run of the program and the books kept beside it.
pub(super) struct Program {
    pub(super) app: App,
    worker: Worker,
    canvas: Canvas,
    pub(super) sandbox: Sandbox,
    pub(super) ledger: Ledger,
    pub(super) exit: Option<Exit>,
    began: Instant,
    review_opened: Instant,
    /// Answers that are held back, to come in another order.
    held: Option<Vec<Event>>,
    /// The steps so far, when they are recorded.
    pub(super) trail: Option<Trail>,
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
            response_limit: RESPONSE_LIMIT,
            ..ClientOptions::default()
        };
        let gateway = Gateway::Sandbox {
            sandbox: sandbox.clone(),
            options,
        };
        let paths =
            Paths::from_environment(|name| (name != "HOME").then(|| folder.as_os_str().to_owned()));
        let journal = Journal::at(&paths.unwrap()).dated_by(world::now);
        let mut ledger = ledger;
        ledger.program_started(launch.clone());
        let mut program = Self {
            app: App::new(launch, Keymap::default()),
            worker: Worker::start(gateway, journal),
            canvas: Canvas::default(),
            sandbox,
            ledger,
            exit: None,
            began,
            review_opened: Instant::now(),
            held: None,
            trail: None,
        };
        program.feed(Event::Resized {
            width: 80,
            height: 24,
        });
        program
    }

    /// The program is killed, as by `kill -9`: nothing in it runs any more.
    pub(super) fn kill(self) -> (Sandbox, Ledger, Option<Trail>) {
        drop((self.app, self.worker));
        (self.sandbox, self.ledger, self.trail)
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
        let mut before = Before::of(&self.app, &event, &self.sandbox, self.review_opened);
        if let Some(confirmation) = before.confirmation_mut()
            && confirmation.may_pass()
            && self.app.overlays().is_empty()
        {
            confirmation.shown = self.canvas.request_shown(&self.app);
        }
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
            if self.worker.perform(effect) == Some(TerminalEffect::Quit) {
                self.exit = Some(self.app.session.ending().exit);
            }
        }
        self.draw(&event);
    }

    /// What the program reports of its calls comes in heaps, and is drawn with what comes next.
    fn draw(&mut self, event: &Event) {
        if matches!(event, Event::CallObserved(_)) && self.trail.is_none() {
            return;
        }
        let screen = self.canvas.draw(&self.app);
        if let Some(trail) = &mut self.trail {
            trail.drawn(&screen.content);
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
        if let Some(trail) = &mut self.trail {
            let screen = self.app.screen().map_or("", |screen| screen.name());
            trail.event(self.began.elapsed(), screen, event);
        }
    }

    /// Adds a line to the trail, where one is kept.
    pub(super) fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(trail) = &mut self.trail {
            trail.tell(&what());
        }
    }
}

/// Answers come in any order; what the runtime itself says comes at once.
fn is_an_answer(event: &Event) -> bool {
    matches!(event, Event::Replied(_))
}
