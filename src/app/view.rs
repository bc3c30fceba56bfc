//! The trait of every screen and overlay; the front one gets the keys.

use super::command::Command;
use super::effect::Request;
use super::key::KeyPress;
use super::keymap::KeyContext;
use super::loader::Wanted;
use super::session::Session;
use super::transition::Transition;
use super::unavailable::Unavailable;

/// A list of rows with a search line, for any type of row.
pub trait Searchable {
    /// The text of the search line, while it has the focus.
    fn search_text(&self) -> Option<&str>;

    /// Edits the search line, while it has the focus.
    fn typed(&mut self, key: KeyPress);

    fn pasted(&mut self, text: &str);

    /// Moves or filters; false for a command that it does not have.
    fn command(&mut self, command: Command, session: &Session) -> bool;

    /// The reason why a command is unavailable; `None` if it is available.
    fn unavailable(&self, command: Command) -> Option<Unavailable>;
}

pub trait View {
    /// The key context while no search line has the focus.
    fn context(&self) -> KeyContext;

    /// The menu, for a view that consists of one.
    fn menu(&self) -> Option<&dyn Searchable> {
        None
    }

    /// The same, for changes.
    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        None
    }

    /// Executes a command of its context, in its menu or by [`View::execute`].
    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let menu = self.menu_mut();
        if menu.is_some_and(|menu| menu.command(command, session)) {
            return Transition::Stay;
        }
        self.execute(command, session)
    }

    /// Executes a command that its menu does not have.
    fn execute(&mut self, command: Command, session: &mut Session) -> Transition;

    /// The reason why `command` is unavailable; `None` if it is available.
    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        self.menu()?.unavailable(command)
    }

    /// The label of Enter, if it differs from the table of keys.
    fn enter_label(&self, _session: &Session) -> Option<&'static str> {
        None
    }

    /// True if Enter would now press a button that changes something.
    fn enter_changes(&self, _session: &Session) -> bool {
        false
    }

    /// The text of its search line, while it has the focus and letters are text.
    fn search_text(&self) -> Option<&str> {
        self.menu()?.search_text()
    }

    /// True for a key that is text in this view, whatever command it is bound to.
    fn takes_as_text(&self, _key: KeyPress) -> bool {
        false
    }

    /// Edits the line that has the focus.
    fn typed(&mut self, key: KeyPress, _session: &Session) {
        if let Some(menu) = self.menu_mut() {
            menu.typed(key);
        }
    }

    /// Pastes into the line that has the focus; without one, a paste does nothing.
    fn pasted(&mut self, text: &str, _session: &Session) {
        if let Some(menu) = self.menu_mut() {
            menu.pasted(text);
        }
    }

    /// Adds the reads that the view requests.
    fn wants(&self, _session: &Session, _wanted: &mut Vec<Wanted>) {}

    /// Handles a response that is now in the catalog.
    fn answered(&mut self, _request: &Request, _session: &mut Session) -> Transition {
        Transition::Stay
    }

    /// Updates the view after an event.
    fn refresh(&mut self, _session: &mut Session) {}

    /// Adjusts the view to the terminal's new size.
    fn fit(&mut self, _session: &Session) {}

    /// Records the maximum scroll position of the drawn body.
    fn drawn(&mut self, _max_hidden: usize) {}

    /// True while the order of a list does not match its query yet; [`View::reveal`] continues.
    fn is_searching(&self) -> bool {
        false
    }

    /// Continues the search and scrolls to the cursor.
    fn reveal(&mut self, _session: &Session) {}
}
