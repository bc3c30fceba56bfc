//! The front view: its key context, its unavailable commands, and its text input.

use super::App;
use super::command::Command;
use super::key::{Key, KeyPress};
use super::keymap::{KeyContext, Keymap};
use super::notice::Notice;
use super::submission::Step;
use super::unavailable::Unavailable;
use super::view::View;

impl App {
    /// The context of the next key.
    pub fn context(&self) -> KeyContext {
        let front = self.views.front();
        match front.search_text() {
            Some(_) => KeyContext::Search,
            None => front.context(),
        }
    }

    /// The current label of Enter.
    pub fn enter_label(&self) -> &'static str {
        let front = self.views.front();
        let in_table = || Keymap::label(front.context(), Command::Open);
        front.enter_label(&self.session).unwrap_or_else(in_table)
    }

    /// True for a key that is text in this view, whatever command it is bound to.
    pub fn takes_as_text(&self, key: KeyPress) -> bool {
        self.views.front().takes_as_text(key)
    }

    /// The reason why a command is unavailable; `None` if it is available.
    pub fn unavailable(&self, command: Command) -> Option<Unavailable> {
        self.unavailable_in(self.views.front(), command)
    }

    /// The same for the view below the front overlay, for the help.
    pub fn unavailable_below(&self, command: Command) -> Option<Unavailable> {
        self.unavailable_in(self.views.below(), command)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the view itself knows about every other command"
    )]
    fn unavailable_in(&self, view: &dyn View, command: Command) -> Option<Unavailable> {
        match command {
            Command::Quit | Command::Suspend | Command::Redraw | Command::Help => None,
            Command::Reload => self.not_reloaded(),
            _ => view.unavailable(command, &self.session),
        }
    }

    fn not_reloaded(&self) -> Option<Unavailable> {
        let is_looking = self.shown_outcome().is_some_and(Step::is_looking);
        let why = if self.session.submissions().is_sending() || is_looking {
            "the outcome of the request is not known yet"
        } else if self.session.connection().is_connecting() {
            "still connecting"
        } else {
            return None;
        };
        Some(Unavailable::NotNow(why))
    }

    /// Stores the text of a finished search, so that it can be repeated.
    pub(super) fn remember_search(&mut self, command: Command) {
        let ends = [Command::Open, Command::LeaveSearch, Command::ClearSearch];
        if let Some(text) = self.views.front().search_text()
            && ends.contains(&command)
        {
            self.searches.remember(text);
        }
    }

    /// Replaces the text of the search line by an earlier search.
    pub(super) fn search_for_earlier(&mut self) {
        let current = self.views.front().search_text().unwrap_or_default();
        let Some(earlier) = self.searches.earlier(current) else {
            self.session.notify(Notice::NoEarlierSearch);
            return;
        };
        for end_and_clear in ['e', 'u'] {
            self.typed(KeyPress::control(Key::Char(end_and_clear)));
        }
        self.pasted(&earlier);
    }

    pub(super) fn typed(&mut self, key: KeyPress) {
        self.views.front_mut().typed(key, &self.session);
    }

    /// Pastes into the focused line and nowhere else, so that a paste cannot confirm anything.
    pub(super) fn pasted(&mut self, text: &str) {
        if self.takes_text() {
            self.views.front_mut().pasted(text, &self.session);
        } else {
            self.session.notify(Notice::PasteIgnored);
        }
    }

    /// True while a line for typing has the focus.
    pub fn takes_text(&self) -> bool {
        let front = self.views.front();
        front.search_text().is_some() || front.takes_as_text(KeyPress::plain(Key::Char('a')))
    }
}
