//! What every screen and every overlay can do; the front one gets the keys.

use super::command::Command;
use super::effect::Request;
use super::key::KeyPress;
use super::keymap::KeyContext;
use super::loader::Wanted;
use super::session::Session;
use super::transition::Transition;
use super::unavailable::Unavailable;

/// A list of rows with a search line, whatever the rows hold.
pub trait Searchable {
    /// The text of the search line while that has the focus.
    fn search_text(&self) -> Option<&str>;

    /// Edits the search line while that has the focus.
    fn typed(&mut self, key: KeyPress);

    fn pasted(&mut self, text: &str);

    /// Why a command can do nothing; `None` if it can.
    fn unavailable(&self, command: Command) -> Option<Unavailable>;
}

/// A screen or an overlay.
pub trait View {
    /// Where its keys are looked up while no search line has the focus.
    fn context(&self) -> KeyContext;

    /// The menu that it consists of, if it does.
    fn menu(&self) -> Option<&dyn Searchable> {
        None
    }

    /// The same, to be changed.
    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        None
    }

    /// Executes a command of its context.
    fn command(&mut self, command: Command, session: &mut Session) -> Transition;

    /// Why `command` can do nothing now; `None` if it can.
    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        self.menu()?.unavailable(command)
    }

    /// The label of Enter, where it differs from the table of keys.
    fn enter_label(&self, _session: &Session) -> Option<&'static str> {
        None
    }

    /// True if Enter would press a button now that changes something.
    fn enter_changes(&self, _session: &Session) -> bool {
        false
    }

    /// The text of its search line, while that has the focus: letters are text then.
    fn search_text(&self) -> Option<&str> {
        self.menu()?.search_text()
    }

    /// True for a key that is text here, whatever command it is bound to.
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

    /// Adds what it would like to have read.
    fn wants(&self, _session: &Session, _wanted: &mut Vec<Wanted>) {}

    /// Takes in an answer that the catalog has now.
    fn answered(&mut self, _request: &Request, _session: &mut Session) -> Transition {
        Transition::Stay
    }

    /// Takes in what an event has changed below.
    fn refresh(&mut self, _session: &mut Session) {}

    /// Fits into the terminal's new size.
    fn fit(&mut self, _session: &Session) {}

    /// The body was drawn; it can be scrolled down by this many rows at most.
    fn drawn(&mut self, _max_hidden: usize) {}

    /// True while a list is not yet what its query asks for; [`View::go_on_searching`] goes on.
    fn is_searching(&self) -> bool {
        false
    }

    fn go_on_searching(&mut self, _session: &Session) {}
}
