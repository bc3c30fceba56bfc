//! What fills the terminal: one of four screens, each opened from the one before.

pub mod assemble;
pub mod groups;
pub mod outcome;
pub mod review;

use assemble::Assemble;
use groups::Groups;
use outcome::Outcome;
use review::Review;

use super::effect::ContextChoice;
use super::keymap::Context;
use super::overlay::Overlay;
use crate::domain::{DefinitionKind, GroupId, GroupVersionId};

/// What fills the terminal.
#[derive(Debug)]
pub enum Screen {
    Groups(Box<Groups>),
    Assemble(Box<Assemble>),
    Review(Box<Review>),
    Outcome(Box<Outcome>),
}

/// Where a command leads.
#[derive(Debug)]
pub enum Transition {
    Stay,
    /// One screen further.
    Push(Screen),
    /// One screen back.
    Pop,
    Open(Overlay),
    /// The front overlay goes.
    Close,
    OpenGroup(GroupId),
    /// Back to the pane of this kind.
    ToSlot(DefinitionKind),
    /// The work goes on from the version that was just created.
    ToNewBase,
    /// The front overlay goes and the command is obeyed by what is below.
    Obey(super::command::Command),
    /// The draft stands on the version that somebody else created.
    Rebased,
    /// This version is to be superseded knowingly.
    Overwrite(GroupVersionId),
    /// The open pane's slot takes what this version of the group holds.
    TakeSlot(GroupVersionId),
    ToGroups,
    Reconnect(ContextChoice),
}

impl Screen {
    /// The name that stands in the header.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Groups(_) => "Groups",
            Self::Assemble(_) => "Assemble",
            Self::Review(_) => "Review",
            Self::Outcome(_) => "Outcome",
        }
    }

    pub fn context(&self) -> Context {
        match self {
            Self::Groups(groups) => groups.context(),
            Self::Assemble(assemble) => assemble.context(),
            Self::Review(_) => Context::Review,
            Self::Outcome(_) => Context::Outcome,
        }
    }
}
