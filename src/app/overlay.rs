//! What lies above a screen for a while: help, texts, lists to choose from, questions.

pub mod calls;
pub mod contexts;
pub mod help;
pub mod history;
pub mod menu;
pub mod moved;
pub mod question;
pub mod reader;
pub mod users;

use calls::Calls;
use contexts::ContextMenu;
use help::Help;
use history::History;
use moved::Moved;
use question::Question;
use reader::Reader;
use users::Users;

use super::view::View;

/// One view above a screen.
#[derive(Debug)]
pub enum Overlay {
    Help(Help),
    Calls(Calls),
    Reader(Box<Reader>),
    History(History),
    Users(Users),
    Contexts(ContextMenu),
    Question(Question),
    Moved(Box<Moved>),
}

impl Overlay {
    pub fn view(&self) -> &dyn View {
        match self {
            Self::Help(help) => help,
            Self::Calls(calls) => calls,
            Self::Reader(reader) => &**reader,
            Self::History(history) => history,
            Self::Users(users) => users,
            Self::Contexts(contexts) => contexts,
            Self::Question(question) => question,
            Self::Moved(moved) => &**moved,
        }
    }

    pub fn view_mut(&mut self) -> &mut dyn View {
        match self {
            Self::Help(help) => help,
            Self::Calls(calls) => calls,
            Self::Reader(reader) => &mut **reader,
            Self::History(history) => history,
            Self::Users(users) => users,
            Self::Contexts(contexts) => contexts,
            Self::Question(question) => question,
            Self::Moved(moved) => &mut **moved,
        }
    }
}
