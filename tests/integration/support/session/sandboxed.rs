//! Sessions with the program's own worker, over a sandbox or over a server of one.

use std::sync::Arc;
use std::time::Duration;

use greengroup::app::effect::{Effect, TerminalEffect};
use greengroup::app::event::Event;
use greengroup::app::{Keymap, Launch};
use greengroup::greengrass::ClientOptions;
use greengroup::runtime::connection::ConnectionTarget;
use greengroup::runtime::ending::{Ended, end, finish};
use greengroup::runtime::journal::Journal;
use greengroup::runtime::worker::Worker;
use greengroup::sandbox::Sandbox;
use tokio::time::{Instant, timeout, timeout_at};

use super::clock::{Clock, Time};
use super::keys::parse_keys;
use super::{Runtime, Session};

/// When sessions over a sandbox start.
pub const NOW: &str = "2026-05-02T08:00:00.000Z";

/// Longer than any timer and any retry of the program: after it, no event will follow.
const NOTHING_COMES: Duration = Duration::from_secs(400);

/// Longer than any wait of the program on this machine's own network.
const TOO_LONG: Duration = Duration::from_mins(2);

/// The program's worker, and the account that it works on.
pub struct Sandboxed {
    pub worker: Box<Worker>,
    pub sandbox: Sandbox,
}

impl Runtime for Sandboxed {
    const HAS_IDLE_TIME: bool = true;

    fn perform(&mut self, effect: Effect, _: &mut Vec<Event>) -> Option<TerminalEffect> {
        self.worker.perform(effect)
    }
}

impl Sandboxed {
    /// Connects to the sandbox itself.
    pub fn within(sandbox: Sandbox, options: ClientOptions, journal: Journal) -> Self {
        let target = ConnectionTarget::Sandbox {
            sandbox: Arc::new(sandbox.clone().into()),
            options,
        };
        Self::through(target, sandbox, journal)
    }

    /// Connects to `target`, behind which is the sandbox.
    pub fn through(target: ConnectionTarget, sandbox: Sandbox, journal: Journal) -> Self {
        Self {
            worker: Box::new(Worker::start(target, journal)),
            sandbox,
        }
    }
}

impl Session {
    /// Starts on `sandbox` at 80×24 and waits until no call is in flight.
    pub async fn start(sandbox: Sandbox, launch: Launch) -> Self {
        Self::start_with(sandbox, launch, Journal::nowhere(), (80, 24)).await
    }

    /// Starts in another size, with drafts and history.
    pub async fn start_with(
        sandbox: Sandbox,
        launch: Launch,
        journal: Journal,
        size: (u16, u16),
    ) -> Self {
        let mut session = Self::begin(sandbox, launch, journal, size);
        session.settle().await;
        session
    }

    /// Starts without waiting.
    pub fn begin(sandbox: Sandbox, launch: Launch, journal: Journal, size: (u16, u16)) -> Self {
        let options = ClientOptions {
            read_only: launch.read_only,
            ..ClientOptions::default()
        };
        let runtime = Sandboxed::within(sandbox, options, journal);
        let clock = Clock::new(NOW.parse().unwrap(), Time::Passes);
        let mut session = Self::over(runtime, (launch, Keymap::default()), clock);
        session.resize_now(size);
        session
    }

    pub const fn sandbox(&self) -> &Sandbox {
        &self.runtime.sandbox
    }

    /// Uses this clock from now on.
    pub const fn keep_time(&mut self, time: Time) {
        self.clock.keep(time);
    }

    /// Changes the terminal's size.
    pub async fn resize(&mut self, size: (u16, u16)) {
        self.resize_now(size);
        self.settle().await;
    }

    /// Waits until no call is in flight and no timer runs.
    pub async fn settle(&mut self) {
        while let Ok(event) = timeout(NOTHING_COMES, self.runtime.worker.next()).await {
            self.feed(event);
        }
    }

    /// Waits for `time`, and handles the events in it.
    pub async fn wait(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok(event) = timeout_at(end, self.runtime.worker.next()).await {
            self.feed(event);
        }
    }

    /// Handles events until `is_so`.
    pub async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let end = Instant::now() + TOO_LONG;
        while !is_so(self) {
            let event = timeout_at(end, self.runtime.worker.next()).await;
            let Ok(event) = event else {
                panic!("{what} never came:\n{}", self.screen());
            };
            self.feed(event);
        }
    }

    /// Presses keys with the pauses that buttons require, and waits for nothing else.
    pub async fn press_apart(&mut self, keys: &str) {
        for key in parse_keys(keys) {
            self.wait(Duration::from_millis(300)).await;
            self.key(key);
        }
        self.wait(Duration::from_millis(100)).await;
    }

    /// Presses keys as [`Self::press_now`], and waits for the effects of each.
    pub async fn press(&mut self, keys: &str) {
        for key in parse_keys(keys) {
            self.key(key);
            self.settle().await;
        }
    }

    /// Runs the end of the program after the exit command.
    pub async fn end(&mut self) {
        finish(&mut self.app, &mut self.runtime.worker).await;
        self.exit = Some(self.app.session.ending().exit);
    }

    /// The result if a panic ends the program here.
    pub async fn break_down(self) -> Ended {
        let panic: Box<dyn std::any::Any + Send> = Box::new("a defect");
        end(Err(panic), self.app, *self.runtime.worker).await
    }
}
