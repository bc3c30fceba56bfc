//! The view in front: where its keys are looked up, what it cannot do, and what is typed into it.

use super::App;
use super::command::Command;
use super::key::{Key, KeyPress};
use super::keymap::Context;
use super::overlay::Overlay;
use super::screen::Screen;
use super::session::Connection;
use super::unavailable::Unavailable;

impl App {
    /// Why a command can do nothing where one is now, when it cannot.
    pub fn unavailable(&self, command: Command) -> Option<Unavailable> {
        self.unavailable_in(self.overlays.last(), command)
    }

    /// The same for what lies below the front overlay, which is what the help tells of.
    pub fn unavailable_below(&self, command: Command) -> Option<Unavailable> {
        self.unavailable_in(self.overlays.iter().nth_back(1), command)
    }

    fn unavailable_in(&self, front: Option<&Overlay>, command: Command) -> Option<Unavailable> {
        let session = &self.session;
        match (command, front, self.screens.last()) {
            (Command::Quit | Command::Suspend | Command::Redraw | Command::Help, ..) => None,
            (Command::Reload, ..) => self.not_reloaded(),
            (_, Some(overlay), _) => overlay.unavailable(command, session),
            (_, None, Some(Screen::Groups(groups))) => groups.unavailable(command, session),
            (_, None, Some(Screen::Assemble(assemble))) => assemble.unavailable(command, session),
            (_, None, Some(Screen::Review(review))) => review.unavailable(command, session),
            (_, None, Some(Screen::Outcome(outcome))) => outcome.unavailable(command),
            (_, None, None) => None,
        }
    }

    fn not_reloaded(&self) -> Option<Unavailable> {
        let why = if self.is_sending() || self.is_looking() {
            "the outcome of the request comes first"
        } else if self.session.connection == Connection::Connecting {
            "a connection is being made"
        } else {
            return None;
        };
        Some(Unavailable::NotNow(why))
    }

    /// The text of the search line that has the focus.
    fn search_text(&self) -> &str {
        match (self.overlays.last(), self.screens.last()) {
            (Some(overlay), _) => overlay.search_text(),
            (None, Some(Screen::Groups(groups))) => groups.picker.input().as_str(),
            (None, Some(Screen::Assemble(assemble))) => assemble.pane().picker.input().as_str(),
            (None, _) => "",
        }
    }

    /// A search that is left is one to come back to.
    pub(super) fn remember_search(&mut self, command: Command, context: Context) {
        let ends = [Command::Open, Command::LeaveSearch, Command::ClearSearch];
        if context == Context::Search && ends.contains(&command) {
            let text = self.search_text().to_owned();
            self.session.searches.remember(&text);
        }
    }

    /// Puts an earlier search into the line in place of what stands there.
    pub(super) fn search_for_earlier(&mut self) {
        let current = self.search_text().to_owned();
        let Some(earlier) = self.session.searches.earlier(&current) else {
            self.session.notify("Nothing else was searched for yet.");
            return;
        };
        for end_and_clear in ['e', 'u'] {
            self.typed(KeyPress::control(Key::Char(end_and_clear)));
        }
        self.pasted(&earlier);
    }

    /// True while letters go to the group's name that confirms, whatever they mean otherwise.
    pub fn is_typing_name(&self) -> bool {
        match (self.overlays.is_empty(), self.screens.last()) {
            (true, Some(Screen::Review(review))) => review.is_typing_name(),
            _ => false,
        }
    }

    /// In a protected context letters go to the group's name that confirms.
    pub(super) fn types_name(&mut self, key: KeyPress) -> bool {
        match (self.overlays.is_empty(), self.screens.last_mut()) {
            (true, Some(Screen::Review(review))) => {
                (key.types_text() || key.key == Key::Backspace) && review.typed(key)
            }
            _ => false,
        }
    }

    pub(super) fn typed(&mut self, key: KeyPress) {
        match (self.overlays.last_mut(), self.screens.last_mut()) {
            (Some(overlay), _) => overlay.typed(key),
            (None, Some(Screen::Groups(groups))) => groups.typed(key, &self.session),
            (None, Some(Screen::Assemble(assemble))) => assemble.typed(key, &self.session),
            (None, _) => {}
        }
    }

    /// Pasted text goes into a line that is being typed, and nowhere else: it can confirm nothing.
    pub(super) fn pasted(&mut self, text: &str) {
        match (self.overlays.last_mut(), self.screens.last_mut()) {
            (Some(overlay), _) => overlay.pasted(text),
            (None, Some(Screen::Groups(groups))) => groups.pasted(text, &self.session),
            (None, Some(Screen::Assemble(assemble))) => assemble.pasted(text, &self.session),
            (None, Some(Screen::Review(review))) => {
                let is_typing = review.is_typing_name();
                if let Some(name) = review.typed_name.as_mut().filter(|_| is_typing) {
                    name.paste(text);
                }
            }
            (None, _) => {}
        }
    }
}
