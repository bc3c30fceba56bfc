//! A question with two buttons; the focus starts on the harmless one.

use crate::app::command::Command;
use crate::app::keymap::KeyContext;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::View;
use crate::domain::{DefinitionKind, GroupId, GroupVersionId, SlotState, Timestamp};

/// The subject of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// A draft differs from its base.
    Quit {
        /// The number of changed slots of the open draft.
        changed: usize,
        /// The number of its written versions in no slot.
        unheld: usize,
        /// Its base, if the user chose an older version.
        older_base: Option<GroupVersionId>,
        /// Other groups with drafts that would be lost.
        lost_elsewhere: Vec<GroupId>,
    },
    /// A request is in flight, or its outcome is unknown.
    QuitUnknown,
    /// There is a draft of an earlier run.
    Resume {
        saved: Timestamp,
        /// The changed slots, each with its state.
        changed: Vec<(DefinitionKind, SlotState)>,
        /// The number of written versions in no slot.
        unheld: usize,
        /// Its base, if the user chose an older version.
        older_base: Option<GroupVersionId>,
        base_moved: bool,
    },
}

/// An answer to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerButton {
    Stay,
    Quit,
    Resume,
    DiscardDraft,
}

/// A question and the focused button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub topic: Topic,
    pub focus: usize,
}

impl Question {
    pub const fn new(topic: Topic) -> Self {
        Self { topic, focus: 0 }
    }

    pub const fn is_about_quitting(&self) -> bool {
        matches!(self.topic, Topic::Quit { .. } | Topic::QuitUnknown)
    }

    /// The buttons, the harmless one first.
    pub const fn buttons(&self) -> [AnswerButton; 2] {
        match self.topic {
            Topic::Quit { .. } | Topic::QuitUnknown => [AnswerButton::Stay, AnswerButton::Quit],
            Topic::Resume { .. } => [AnswerButton::Resume, AnswerButton::DiscardDraft],
        }
    }

    fn focused(&self) -> AnswerButton {
        let [harmless, other] = self.buttons();
        if self.focus == 0 { harmless } else { other }
    }

    fn answer(&self, button: AnswerButton, session: &mut Session) -> Transition {
        match button {
            AnswerButton::Stay if self.is_about_quitting() => {}
            AnswerButton::Stay => return Transition::Stay,
            AnswerButton::Quit => session.quit(),
            AnswerButton::Resume => {
                session.resume_draft();
                return Transition::Resumed;
            }
            AnswerButton::DiscardDraft => session.discard_recovered_draft(),
        }
        Transition::Close
    }
}

impl View for Question {
    fn context(&self) -> KeyContext {
        KeyContext::Question
    }

    fn enter_changes(&self, _session: &Session) -> bool {
        self.focused() != AnswerButton::Stay
    }

    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        Unavailable::NotHere("the question needs an answer")
            .when(command == Command::Back && !self.is_about_quitting())
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends an overlay only its own commands"
    )]
    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        match command {
            Command::Left => self.focus = 0,
            Command::Right => self.focus = 1,
            Command::NextPane | Command::PreviousPane | Command::Up | Command::Down => {
                self.focus = 1 - self.focus;
            }
            Command::Back => return self.answer(AnswerButton::Stay, session),
            Command::Open => return self.answer(self.focused(), session),
            _ => {}
        }
        Transition::Stay
    }
}
