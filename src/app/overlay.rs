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

use super::command::Command;
use super::key::KeyPress;
use super::keymap::Context;
use super::loader::Wanted;
use super::session::Session;
use super::transition::Transition;
use super::unavailable::Unavailable;

/// What lies above a screen; the front one gets the keys.
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
    pub fn context(&self) -> Context {
        match self {
            Self::Help(help) if help.menu.is_typing() => Context::Search,
            Self::History(history) if history.menu.is_typing() => Context::Search,
            Self::Contexts(contexts) if contexts.menu.is_typing() => Context::Search,
            Self::Reader(reader) if reader.is_typing() => Context::Search,
            Self::Help(_) => Context::Help,
            Self::History(_) => Context::Versions,
            Self::Contexts(_) => Context::Contexts,
            Self::Users(_) => Context::Users,
            Self::Calls(_) => Context::Calls,
            Self::Reader(_) => Context::Reader,
            Self::Question(_) => Context::Question,
            Self::Moved(_) => Context::Moved,
        }
    }

    pub fn typed(&mut self, key: KeyPress) {
        match self {
            Self::Help(help) => help.menu.typed(key),
            Self::History(history) => history.menu.typed(key),
            Self::Contexts(contexts) => contexts.menu.typed(key),
            Self::Reader(reader) => reader.typed(key),
            Self::Calls(_) | Self::Users(_) | Self::Question(_) | Self::Moved(_) => {}
        }
    }

    pub fn pasted(&mut self, text: &str) {
        match self {
            Self::Help(help) => help.menu.pasted(text),
            Self::History(history) => history.menu.pasted(text),
            Self::Contexts(contexts) => contexts.menu.pasted(text),
            Self::Reader(reader) => reader.pasted(text),
            Self::Calls(_) | Self::Users(_) | Self::Question(_) | Self::Moved(_) => {}
        }
    }

    pub fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        if command == Command::Back && !self.takes_back() {
            return Transition::Close;
        }
        match self {
            Self::Help(help) => help.command(command, session),
            Self::Calls(calls) => calls.command(command, session),
            Self::Reader(reader) => reader.command(command, session),
            Self::History(history) => history.command(command, session),
            Self::Users(users) => users.command(command, session),
            Self::Contexts(contexts) => contexts.command(command, session),
            Self::Question(question) => question.command(command, session),
            Self::Moved(moved) => moved.command(command, session),
        }
    }

    /// Why a command can do nothing, when it cannot.
    pub fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        match self {
            Self::Help(help) => help.menu.unavailable(command),
            Self::Contexts(contexts) => contexts.menu.unavailable(command),
            Self::History(history) => history.unavailable(command, session),
            Self::Calls(_) => Calls::unavailable(command, session),
            Self::Users(_) => None,
            Self::Reader(reader) => reader.unavailable(command, session),
            Self::Question(question) => question.unavailable(command),
            Self::Moved(moved) => moved.unavailable(command),
        }
    }

    /// A question is not left without an answer that means something.
    const fn takes_back(&self) -> bool {
        matches!(self, Self::Question(_))
    }

    pub fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        match self {
            Self::Reader(reader) => reader.wants(wanted),
            Self::History(history) => history.wants(session, wanted),
            Self::Users(users) => users.wants(session, wanted),
            Self::Moved(moved) => moved.wants(session, wanted),
            Self::Help(_) | Self::Calls(_) | Self::Contexts(_) | Self::Question(_) => {}
        }
    }

    /// Takes in that there is more room, or less.
    pub fn fit(&mut self, session: &Session) {
        match self {
            Self::Reader(reader) => reader.fit(session),
            Self::Calls(calls) => calls.fit(session),
            Self::Help(_)
            | Self::History(_)
            | Self::Moved(_)
            | Self::Users(_)
            | Self::Contexts(_)
            | Self::Question(_) => {}
        }
    }

    /// Takes in what the catalog has learnt since.
    pub fn refresh(&mut self, session: &Session) {
        match self {
            Self::Reader(reader) => reader.refresh(session),
            Self::History(history) => history.refresh(session),
            Self::Moved(moved) => moved.refresh(session),
            Self::Help(_)
            | Self::Calls(_)
            | Self::Users(_)
            | Self::Contexts(_)
            | Self::Question(_) => {}
        }
    }

    /// The text of its search line.
    pub fn search_text(&self) -> &str {
        match self {
            Self::Help(help) => help.menu.filter.as_str(),
            Self::History(history) => history.menu.filter.as_str(),
            Self::Contexts(contexts) => contexts.menu.filter.as_str(),
            Self::Reader(reader) => reader.search.as_str(),
            Self::Calls(_) | Self::Users(_) | Self::Question(_) | Self::Moved(_) => "",
        }
    }
}
