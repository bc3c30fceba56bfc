//! The state of the program: takes events, returns effects. It has no screen, no network and no clock.

pub mod aws_cli;
pub mod calls;
pub mod catalog;
pub mod command;
pub mod connection;
pub mod credentials;
pub mod deployment_run;
pub mod edit_step;
mod editing;
pub mod effect;
mod enter_guard;
pub mod event;
pub mod exit;
pub mod expiry;
mod front;
mod input;
pub mod key;
pub mod keymap;
pub mod launch;
pub mod layout;
pub mod loader;
mod navigation;
pub mod notice;
pub mod outcome_probe;
pub mod overlay;
pub mod picker;
pub mod protection;
pub mod remote;
mod replies;
mod ring;
pub mod screen;
pub mod scroll;
mod searches;
pub mod series;
pub mod session;
pub mod subject;
pub mod submission;
pub mod text;
pub mod text_input;
pub mod transition;
pub mod unavailable;
mod upkeep;
pub mod view;
pub mod views;
pub mod work;

pub use command::Command;
pub use effect::{Effect, Request, TerminalEffect};
pub use event::Event;
pub use exit::{Ending, Exit};
pub use keymap::{KeyContext, Keymap};
pub use launch::Launch;
pub use session::Session;

use crate::domain::Draft;
use crate::domain::printable::printable;
use deployment_run::DeploymentRun;
use editing::Editing;
use effect::Timer;
use enter_guard::EnterGuard;
use layout::Size;
use notice::Notice;
use overlay::Overlay;
use overlay::question::{Question, Topic};
use screen::Screen;
use searches::Searches;
use submission::{Step, StepState};
use view::View;
use views::Views;

#[derive(Debug)]
pub struct App {
    pub session: Session,
    views: Views,
    searches: Searches,
    enter_guard: EnterGuard,
    /// The content in the user's editor.
    editing: Option<Editing>,
    /// Counts the quarter seconds while a call runs.
    pub spinner: usize,
}

impl App {
    pub fn new(launch: Launch, keymap: Keymap) -> Self {
        let keymap = if launch.read_only {
            keymap.read_only()
        } else {
            keymap
        };
        Self {
            views: Views::default(),
            session: Session::new(launch, keymap),
            searches: Searches::default(),
            enter_guard: EnterGuard::default(),
            editing: None,
            spinner: 0,
        }
    }

    /// Applies one event and returns the resulting effects.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let front = self.front_place();
        match event {
            // Comes after every frame, and has no other consequence.
            Event::Drawn { max_hidden } => {
                self.views.front_mut().drawn(max_hidden);
                return Vec::new();
            }
            Event::Clock(now) => {
                self.session.set_now(now);
                return self.session.take_effects();
            }
            Event::Key(key) => self.key(key),
            Event::Pasted(text) => {
                self.input_came();
                self.pasted(&text);
            }
            Event::Resized { width, height } => self.resized(Size { width, height }),
            Event::Connected(result) => self.session.connection_ended(result),
            Event::Replied(reply) => self.replied(*reply),
            Event::CreateAnswered { group, answer } => self.create_answered(&group, answer),
            Event::DefinitionAnswered { group, answer } => self.definition_answered(&group, answer),
            Event::CredentialsExpire(at) => self.session.credentials_expire(at),
            Event::CallObserved(call) => self.session.call_observed(call),
            Event::TimerElapsed(timer) => self.timer_elapsed(timer),
            Event::Copied(Ok(report)) => self.copied(report),
            Event::Copied(Err(reason)) | Event::NotSuspended(reason) => {
                self.session.notify(Notice::Runtime(reason));
            }
            Event::TextSaved(saved) => self
                .session
                .notify(saved.map_or_else(Notice::NotSaved, Notice::Saved)),
            Event::Edited(edited) => self.edited(edited),
            Event::DraftsFound(left) => self.session.drafts_found(left),
            Event::DraftOpened(file) => self.session.draft_opened(file),
            Event::PasteCut { dropped } => self.session.notify(Notice::PasteCut(dropped)),
            Event::ScreenCut { width, height } => {
                self.session.notify(Notice::ScreenCut(width, height));
            }
            Event::UnconfirmedCreateFound(unsettled) => self.session.unconfirmed_found(unsettled),
            Event::HistoryNotWritten(reason) => {
                self.session.outcome_not_recorded(reason);
            }
            Event::CreateNotRecorded { group, reason } => {
                self.session.create_not_recorded(&group, reason);
            }
            Event::DeploymentAnswered { group, answer } => {
                self.session.deployment_answered(&group, *answer);
            }
            Event::DeploymentNotRecorded { group, reason } => {
                self.deployment_not_recorded(&group, reason);
            }
            Event::DraftSaved { group, saved } => self.session.draft_saved(&group, saved),
            Event::Idle => self.use_idle(),
            Event::Ticked => self.spinner = self.spinner.wrapping_add(1),
            Event::Resumed => self.terminal(TerminalEffect::Redraw),
            Event::Terminated => self.session.quit(),
        }
        self.keep_up();
        if self.front_place() != front {
            self.enter_guard.shown(self.session.now());
        }
        self.session.take_effects()
    }

    /// The title of the terminal's window.
    pub fn title(&self) -> String {
        let session = &self.session;
        let account = match session.catalog().caller() {
            _ if session.launch().is_sandbox => "sandbox",
            Some(caller) => caller.account.as_str(),
            None => return "greengroup".to_owned(),
        };
        let deployment = session.shown_deployment();
        let group = session.work().map(|_| session.open_group_name());
        let parts = deployment.and_then(DeploymentRun::words).into_iter();
        let parts = parts
            .chain(group)
            .map(|part| format!("{} - ", printable(&part)));
        format!("{}{account} - greengroup", parts.collect::<String>())
    }

    /// The screen that fills the terminal.
    pub fn screen(&self) -> Screen<'_> {
        self.views.screen()
    }

    /// The overlays above the screen, the front one last.
    pub fn overlays(&self) -> &[Overlay] {
        self.views.overlays()
    }

    /// True while a spinner is shown.
    pub fn is_busy(&self) -> bool {
        self.session.under_way() > 0 || self.session.connection().is_connecting()
    }

    /// True while a search goes on, or versions are tried; [`Event::Idle`] lets them, whenever no key waits.
    pub fn wants_idle(&self) -> bool {
        self.views.all().any(View::is_searching) || self.session.has_candidates_to_try()
    }

    fn use_idle(&mut self) {
        if self.views.all().any(View::is_searching) {
            for view in self.views.all_mut() {
                view.reveal(&self.session);
            }
        } else {
            self.session.try_candidate();
        }
    }

    /// The number of open views, and the key context of the front one.
    fn front_place(&self) -> (usize, KeyContext) {
        (self.views.all().count(), self.views.front().context())
    }

    /// Adjusts the lists to the new number of rows.
    fn resized(&mut self, size: Size) {
        self.session.set_size(size);
        // Nothing is drawn now. Without a change, the same rows are visible when there is room again.
        if size.is_too_small() {
            return;
        }
        for view in self.views.all_mut() {
            view.fit(&self.session);
        }
    }

    /// Reports the copied text, and the next one for the same key.
    fn copied(&mut self, report: String) {
        let keymap = self.session.keymap();
        let key = keymap.key_name(self.context(), Command::Copy);
        let report = match self.session.copied_next() {
            Some(next) => format!("{report}; {key} again copies {next}"),
            None => report,
        };
        self.session.notify(Notice::Runtime(report));
    }

    /// Quits, but asks once if an unfinished change would remain.
    fn quit(&mut self) {
        let question = self.views.question();
        if question.is_some_and(Question::is_about_quitting) {
            return self.session.quit();
        }
        let submissions = self.session.submissions();
        let draft = self.session.draft();
        let changed = draft.map_or(0, |draft| draft.changed_kinds().count());
        let lost_elsewhere = self.session.parked_in_vain();
        let unheld = draft.map_or(0, |draft| draft.unheld().count());
        let older_base = draft.and_then(Draft::older_base).cloned();
        let is_begun = draft.is_some_and(Draft::is_begun);
        let has_loss = is_begun || !lost_elsewhere.is_empty();
        let topic = match self.shown_outcome().map(|step| &step.state) {
            Some(StepState::Rehearsed) => None,
            _ if submissions.is_sending() || submissions.deployments().is_sending() => {
                Some(Topic::QuitUnknown)
            }
            // A definition version was sent before it.
            Some(StepState::Waiting) if submissions.is_unknown() => Some(Topic::QuitUnknown),
            Some(StepState::Unconfirmed(_, probe)) if probe.found().is_none() => {
                Some(Topic::QuitUnknown)
            }
            _ if has_loss => Some(Topic::Quit {
                changed,
                unheld,
                older_base,
                lost_elsewhere,
            }),
            _ => submissions.is_unknown().then_some(Topic::QuitUnknown),
        };
        match topic {
            Some(topic) => self.views.ask(topic),
            None => self.session.quit(),
        }
    }

    /// The step on the Outcome screen, if that is the screen.
    pub fn shown_outcome(&self) -> Option<&Step> {
        let Screen::Outcome(outcome) = self.views.screen() else {
            return None;
        };
        outcome.step(&self.session)
    }

    fn terminal(&mut self, effect: TerminalEffect) {
        self.session.effect(Effect::Terminal(effect));
    }

    fn timer_elapsed(&mut self, timer: Timer) {
        match timer {
            Timer::NoticeOver { notice } => self.session.notice_over(notice),
            Timer::SaveAgain => self.session.save_again(),
            Timer::CursorRested { rest } => {
                let preview = &mut self.views.groups.preview;
                preview.rested(rest, &mut self.session);
            }
            Timer::ReadDue { number } => self.session.read_due(number),
            Timer::EnterHeld { enter } => {
                // A terminal that is now too small shows no button.
                if self.enter_guard.release(enter) && !self.session.size().is_too_small() {
                    self.command(Command::Open);
                }
            }
            Timer::PollDue { poll } => self.session.poll_due(poll),
            Timer::DeploymentLasts => self.session.deployment_lasts(),
            Timer::ProbePaused { probe } => self.session.look_again(probe),
        }
    }
}
