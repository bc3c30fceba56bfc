//! What was searched for before, to be searched for again.

use super::App;
use super::command::Command;
use super::key::{Key, KeyPress};
use super::keymap::Context;
use super::overlay::Overlay;
use super::screen::Screen;

/// More than one looks back through.
const MOST: usize = 50;

/// The last texts, each once, the latest at the end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Searches {
    texts: Vec<String>,
    /// How far one has gone back since the line was opened.
    steps: usize,
}

impl Searches {
    fn remember(&mut self, text: &str) {
        self.steps = 0;
        if text.trim().is_empty() {
            return;
        }
        self.texts.retain(|known| known != text);
        self.texts.push(text.to_owned());
        let surplus = self.texts.len().saturating_sub(MOST);
        self.texts.drain(..surplus);
    }

    /// One further back, and after the oldest the latest again; never what stands in the line.
    fn earlier(&mut self, current: &str) -> Option<String> {
        for _ in 0..self.texts.len() {
            let place = self.steps % self.texts.len();
            self.steps += 1;
            let found = self.texts.iter().rev().nth(place)?;
            if found != current {
                return Some(found.clone());
            }
        }
        None
    }
}

impl App {
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
}

impl Overlay {
    fn search_text(&self) -> &str {
        match self {
            Self::Help(help) => help.menu.filter.as_str(),
            Self::History(history) => history.menu.filter.as_str(),
            Self::Contexts(contexts) => contexts.menu.filter.as_str(),
            Self::Reader(reader) => reader.search.as_str(),
            Self::Calls(_) | Self::Users(_) | Self::Question(_) | Self::Moved(_) => "",
        }
    }
}
