//! The program without its terminal, started and killed at will, with every event checked.

use std::path::Path;
use std::time::Duration;

use futures_util::FutureExt;
use greengroup::app::effect::{Effect, Request, Timer};
use greengroup::app::event::Event;
use greengroup::app::key::{Key, KeyPress};
use greengroup::app::{Command, Keymap, Launch};
use greengroup::domain::{CallRecord, Timestamp};
use greengroup::greengrass::ClientOptions;
use greengroup::runtime::files::Paths;
use greengroup::runtime::files::drafts::Drafts;
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
use crate::support::session::{Clock, Editor, Sandboxed, Session, Time};

/// When every session starts.
pub(super) const BEGAN: Timestamp = Timestamp::from_milliseconds(1_777_708_800_000);

/// The maximum response size: small, so that exceeding it costs little.
pub(super) const RESPONSE_LIMIT: usize = 256 * 1024;

/// The program's wait at its end for the response to its request.
const LAST_ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// One run of the program, with its records.
pub(super) struct Program {
    pub(super) session: Session,
    canvas: Canvas,
    pub(super) ledger: Ledger,
    paths: Paths,
    began: Instant,
    review_opened: Instant,
    /// Delayed responses, to be delivered in another order.
    held: Option<Vec<Event>>,
    /// Since when a read has waited for the rate without any being sent.
    silent_since: Option<(Instant, f64)>,
    /// The number of requests by changes since then.
    unscheduled: u32,
    /// The recorded steps so far.
    pub(super) trail: Option<Trail>,
}

/// The maximum number of tokens that a read waits for, in addition to those used by changes.
const SILENT_TOKENS: u32 = 2;

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
        let paths =
            Paths::from_environment(|name| (name != "HOME").then(|| folder.as_os_str().to_owned()));
        let paths = paths.unwrap();
        let journal = Journal::at(&paths).dated_by(world::now);
        let mut ledger = ledger;
        ledger.program_started(launch.clone());
        let runtime = Sandboxed::within(sandbox, options, journal);
        let clock = Clock::started_at(began, BEGAN, Time::Passes);
        let mut session = Session::over(runtime, (launch, keymap()), clock);
        // No key is pressed until the user's editor ends.
        session.editor = Editor::StaysOpen;
        let mut program = Self {
            session,
            canvas: Canvas::default(),
            ledger,
            paths,
            began,
            review_opened: Instant::now(),
            held: None,
            silent_since: None,
            unscheduled: 0,
            trail: None,
        };
        program.feed(Event::Resized {
            width: 80,
            height: 24,
        });
        program
    }

    /// Kills the program as `kill -9` does.
    pub(super) fn kill(self) -> (Sandbox, Ledger, Option<Trail>) {
        let sandbox = self.session.sandbox().clone();
        drop(self.session);
        (sandbox, self.ledger, self.trail)
    }

    fn worker(&mut self) -> &mut Worker {
        &mut self.session.runtime.worker
    }

    /// Fills or empties the disk: while it is full, nothing is saved.
    ///
    /// Earlier results of the disk are handled first, otherwise they would be checked against a later state.
    pub(super) async fn set_disk_full(&mut self, is_full: bool) {
        self.worker().rest().await;
        if self.ledger.is_disk_full == is_full {
            return;
        }
        while let Some(event) = self.worker().take_ready() {
            self.feed(event);
            self.worker().rest().await;
        }
        self.tell(|| format!("the disk is full: {is_full}"));
        self.ledger.is_disk_full = is_full;
        let state = self.paths.state_folder();
        let away = state.with_extension("away");
        let (from, to) = if is_full {
            (state, &*away)
        } else {
            (&*away, state)
        };
        std::fs::rename(from, to).unwrap();
    }

    /// Ends the program after its loop: it learns the outcome of its request, and its report is correct.
    pub(super) async fn end(&mut self) {
        let until = Instant::now() + LAST_ANSWER_WITHIN;
        while self.worker().is_sending() {
            self.worker().rest().await;
            let next = tokio::time::timeout_at(until, self.worker().next()).await;
            world::set_clock(self.session.clock.now());
            self.ledger.look_at_account(self.session.sandbox());
            let Ok(event) = next else { break };
            self.take_in(event);
        }
        if let Some(event) = self.worker().give_up_recording() {
            self.take_in(event);
        }
        self.worker().rest().await;
        while let Some(event) = self.worker().take_ready() {
            self.take_in(event);
            self.worker().rest().await;
        }
        self.ledger.look_at_account(self.session.sandbox());
        self.session.exit = Some(self.session.app.session.ending().exit);
        self.ledger.judge_exit(
            &Event::Terminated,
            &self.session.app,
            self.session.sandbox(),
        );
        self.judge_kept();
    }

    /// Everything is at rest: the shown status of each deployment is its end.
    pub(super) fn judge_rest(&mut self) {
        if self.session.exit.is_none() {
            self.ledger
                .judge_rest(&self.session.app, self.session.sandbox());
        }
    }

    /// A draft that is not reported as lost is on the disk.
    fn judge_kept(&mut self) {
        let Some((work, draft)) = self
            .session
            .app
            .session
            .work()
            .and_then(|work| Some((work, work.draft()?)))
        else {
            return;
        };
        let is_claimed = work.unsaved_reason().is_none() && work.recovered.is_none();
        if !draft.is_begun() || !is_claimed || !self.ledger.is_file_known() {
            return;
        }
        let folder = if self.ledger.is_disk_full {
            self.paths
                .state_folder()
                .with_extension("away")
                .join("drafts")
        } else {
            self.paths.drafts_folder()
        };
        // While the account is unknown, its file has another name.
        let drafts = Drafts::in_folder(folder);
        let of_group = drafts
            .all()
            .filter(|saved| *saved.draft.group() == work.group);
        let last = of_group.max_by_key(|saved| saved.saved);
        let saved = last.expect("called kept, and is not on the disk");
        assert_eq!(saved.draft, *draft, "another draft is on the disk");
        self.ledger.tally.kept += 1;
    }

    /// Passes one event to the app, checks the results and performs the effects.
    pub(super) fn feed(&mut self, event: Event) {
        if self.session.exit.is_none() {
            self.take_in(event);
        }
    }

    fn take_in(&mut self, event: Event) {
        self.note(&event);
        let judged = as_key(&event);
        let mut before = Before::of(
            &self.session.app,
            &judged,
            self.session.sandbox(),
            self.review_opened,
        );
        if let Some(confirmation) = before.confirmation_mut()
            && confirmation.may_pass()
            && self.session.app.overlays().is_empty()
        {
            confirmation.shown = self.canvas.requests_shown(&self.session.app);
        }
        let effects = self.session.update(event.clone());
        if self.session.app.screen().name() == "Review"
            && (before.screen != "Review" || matches!(before.front, Front::Moved { .. }))
        {
            self.review_opened = Instant::now();
        }
        self.ledger.judge(
            &before,
            &judged,
            &effects,
            &self.session.app,
            self.session.sandbox(),
        );
        self.judge_silence(&event, &effects);
        let followed = self.session.perform(effects);
        assert!(followed.is_empty(), "{followed:?}");
        self.draw(&event);
    }

    /// While the service throttles and a read waits, the next one is sent as soon as the rate allows.
    fn judge_silence(&mut self, event: &Event, effects: &[Effect]) {
        // STS has its own rate.
        let is_sent = |effect: &Effect| match effect {
            Effect::Ask { request, .. } => *request != Request::Identity,
            _ => false,
        };
        if let Event::CallObserved(CallRecord::Sent(attempt)) = event {
            self.unscheduled += u32::from(attempt.is_unscheduled);
        }
        let loader = self.session.app.session.loader();
        let is_any_sent = effects.iter().any(is_sent);
        if is_any_sent {
            self.unscheduled = 0;
        }
        let Some(rate) = loader.throttled().filter(|_| loader.waiting() > 0) else {
            self.silent_since = None;
            return;
        };
        self.ledger.tally.waited += 1;
        if is_any_sent {
            self.silent_since = None;
        }
        // A response that raises the rate does not shorten a running wait; one that lowers it extends the
        // wait.
        let (since, slowest) = self.silent_since.get_or_insert((Instant::now(), rate));
        *slowest = slowest.min(rate);
        let (since, rate) = (*since, *slowest);
        let silent = since.elapsed().as_secs_f64();
        let tokens = SILENT_TOKENS + self.unscheduled;
        assert!(
            silent <= f64::from(tokens) / rate,
            "silent for {silent} s at {rate} a second, {tokens} tokens"
        );
    }

    /// Reports of calls arrive in groups, and are drawn with the next event.
    fn draw(&mut self, event: &Event) {
        if matches!(event, Event::CallObserved(_)) && self.trail.is_none() {
            return;
        }
        let screen = self.canvas.draw(&self.session.app);
        if let Some(trail) = &mut self.trail {
            trail.drawn(&screen.content);
        }
    }

    /// True while the user's editor uses the terminal.
    pub(super) const fn is_editing(&self) -> bool {
        !self.session.given.is_empty()
    }

    /// Ends the user's editor.
    pub(super) fn end_editing(&mut self, dice: &mut Dice) {
        if let Some(request) = std::mem::take(&mut self.session.given).pop() {
            let edited = super::editor::edit(&request, self.session.sandbox(), dice);
            self.feed(Event::Edited(edited));
        }
    }

    /// Lets `time` pass and handles the events in it.
    pub(super) async fn wait(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while self.session.exit.is_none() {
            self.worker().rest().await;
            let next = tokio::time::timeout_at(end, self.worker().next()).await;
            world::set_clock(self.session.clock.now());
            self.ledger.look_at_account(self.session.sandbox());
            let Ok(event) = next else { break };
            self.receive(event);
        }
    }

    /// Handles one waiting event; events after the end are left for [`Self::end`].
    pub(super) async fn take_one(&mut self) {
        if self.session.exit.is_some() {
            return;
        }
        self.worker().rest().await;
        let next = self.worker().next().now_or_never();
        self.ledger.look_at_account(self.session.sandbox());
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

    /// Delays responses from now on.
    pub(super) fn hold(&mut self) {
        self.held.get_or_insert_default();
    }

    /// Delivers the delayed responses in any order.
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
            let screen = self.session.app.screen().name();
            trail.event(self.began.elapsed(), screen, event);
        }
    }

    /// Adds a line to the trail, if it is recorded.
    pub(super) fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(trail) = &mut self.trail {
            trail.tell(&what());
        }
    }
}

/// The keys of the table, and one for a command that otherwise has none.
fn keymap() -> Keymap {
    let reset = vec![super::person::key(super::person::RESET)];
    Keymap::with(&[(Command::ResetDeployments, reset)]).unwrap()
}

/// Enter on a button that changes something is delayed; its effect is checked as that of Enter.
fn as_key(event: &Event) -> Event {
    match event {
        Event::TimerElapsed(Timer::EnterHeld { .. }) => Event::Key(KeyPress::from(Key::Enter)),
        other => other.clone(),
    }
}

/// Responses arrive in any order; events of the runtime itself arrive at once.
fn is_an_answer(event: &Event) -> bool {
    matches!(event, Event::Replied(_))
}
