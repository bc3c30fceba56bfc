//! From a key or a paste to the command of the front view.

use super::App;
use super::command::Command;
use super::effect::{TerminalEffect, Timer};
use super::enter_guard::HOLD;
use super::key::KeyPress;
use super::keymap::KeyContext;
use super::notice::Notice;
use super::overlay::calls::Calls;
use super::overlay::help::Help;
use super::subject::{failure_lines, failure_subject};
use super::transition::Transition;

impl App {
    pub(super) fn key(&mut self, key: KeyPress) {
        let context = self.context();
        let command = self.session.keymap().command(context, key);
        if self.session.size().is_too_small() && command != Some(Command::Quit) {
            return;
        }
        // A notice about the last key may be wrong after this one.
        self.session.clear_notice();
        let may_press = self.enter_guard.allows(self.session.now());
        self.input_came();
        match command {
            Some(_) if self.takes_as_text(key) => self.typed(key),
            Some(Command::Open) if self.views.front().enter_changes(&self.session) => {
                self.hold_enter(may_press);
            }
            // A letter closes an overlay, but Ctrl-C quits everywhere.
            Some(Command::Quit) if key.types_text() && !self.overlays().is_empty() => {
                self.command(Command::Back);
            }
            Some(command) => self.command(command),
            None if self.takes_text() => self.typed(key),
            None => self.session.notify(Notice::UnboundKey(key)),
        }
    }

    /// Executes a command chosen in the help. It must not press a button that was hidden.
    pub(super) fn execute(&mut self, command: Command) {
        if command == Command::Open && self.views.front().enter_changes(&self.session) {
            return self.session.notify(Notice::EnterTooSoon);
        }
        self.command(command);
    }

    /// A key or a paste arrived: it voids an Enter that waits.
    pub(super) fn input_came(&mut self) {
        if self.enter_guard.input(self.session.now()) {
            self.session.notify(Notice::EnterTooSoon);
        }
    }

    /// Enter presses a button that changes something only without another key shortly before or after.
    fn hold_enter(&mut self, may_press: bool) {
        if !may_press {
            return self.session.notify(Notice::EnterTooSoon);
        }
        let enter = self.session.next_number();
        self.enter_guard.hold(enter);
        self.session.start_timer(Timer::EnterHeld { enter }, HOLD);
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the front view executes every other command"
    )]
    pub(super) fn command(&mut self, command: Command) {
        self.remember_search(command);
        if command != Command::Copy {
            self.session.end_copying();
        }
        if let Some(why) = self.unavailable(command) {
            return self.session.notify(Notice::Unavailable(why));
        }
        match command {
            Command::Quit => self.quit(),
            Command::Suspend => self.terminal(TerminalEffect::Suspend),
            Command::Redraw => self.terminal(TerminalEffect::Redraw),
            Command::Help if self.context() != KeyContext::Help => {
                let help = Help::new(self.context(), &self.session);
                self.views.open_overlay(help);
            }
            Command::FindCommand => {
                let help = Help::searched(self.context(), &self.session);
                self.views.open_overlay(help);
            }
            Command::Calls if self.overlays().is_empty() => {
                self.views.open_overlay(Calls::default());
            }
            Command::Reload => self.reconnect(self.session.connection().choice().clone()),
            Command::PlainText if failure_lines(&self.session).is_some() => {
                if let Some(subject) = failure_subject(&self.session) {
                    self.follow(Transition::Read(subject));
                }
            }
            Command::EarlierSearch => self.search_for_earlier(),
            other => {
                let transition = self.views.front_mut().command(other, &mut self.session);
                self.follow(transition);
            }
        }
    }
}
