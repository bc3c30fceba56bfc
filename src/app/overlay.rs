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
use super::screen::Transition;
use super::session::Session;

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
            Self::Help(help) => help.menu.context(),
            Self::History(history) => history.menu.context(),
            Self::Contexts(contexts) => contexts.menu.context(),
            Self::Users(_) | Self::Calls(_) => Context::Menu,
            Self::Reader(reader) => reader.context(),
            Self::Question(_) | Self::Moved(_) => Context::Question,
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
}
