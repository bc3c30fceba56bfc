//! What the footer reports for a while, as a fact: the user interface words it with the keys in force.

use std::path::PathBuf;

use super::command::Command;
use super::credentials::CredentialsLeft;
use super::event::EditFailure;
use super::key::KeyPress;
use super::unavailable::Unavailable;
use crate::domain::{DefinitionKind, GroupVersionId};

/// Something to report about the last key or about work in the background.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The runtime's own sentence about the clipboard or about suspending.
    Runtime(String),
    Saved(Vec<PathBuf>),
    NotSaved(String),
    /// The end of a paste, in bytes, was left out.
    PasteCut(usize),
    /// Only these first columns and rows of the terminal are drawn on.
    ScreenCut(u16, u16),
    /// The line of the request was not written.
    HistoryNotWritten(String),
    /// The draft of this group was damaged; it is kept in this file.
    DraftDamaged(PathBuf),
    /// A request was not sent, because the history could not be written.
    NotRecorded,
    Unavailable(Unavailable),
    /// The key means nothing here.
    UnboundKey(KeyPress),
    /// A paste, where no line takes text.
    PasteIgnored,
    /// The slot of this kind has this definition's version now: its name and short id.
    Picked(DefinitionKind, String, String),
    Edit(EditNotice),
    /// The slot of this kind is as before its last change.
    Undone(DefinitionKind),
    /// The slot of this kind is as before the last undo.
    Redone(DefinitionKind),
    /// A version whose outcome was unknown was created, as found in its group, which is not on screen.
    FoundCreated {
        version: String,
        group: String,
    },
    /// Enter came too soon for a button that changes something.
    EnterTooSoon,
    /// What keeps a button from doing its work.
    Obstacle(Obstacle),
    /// The group version is loading; this command works once it is there.
    VersionLoading(Command),
    /// The draft starts from this version.
    BaseChosen(GroupVersionId),
    /// A deployment of the group is active already, and is shown instead.
    DeploymentActive,
    CredentialsEnd(CredentialsLeft),
    NoEarlierSearch,
    NotFound,
    /// Long lines of a text are wrapped, or cut.
    Wrapped(bool),
    BestMatchFirst,
    AlreadyInSlot,
    AlreadyEmpty,
    AlreadyReset,
    /// No other slot is changed or has a finding; `here` if the open one is or has.
    NoOtherMark {
        here: bool,
    },
    AllVersionsListed,
    /// The older versions of the definition of this name are loading.
    LoadingOlder(String),
    Reading(ReadingNotice),
    /// A group of the series is open: how far the series has come.
    Series(String),
    /// Differences are shown to this version, by its short id.
    Compared(String),
    /// Differences are shown to the base again.
    ComparedWithBase,
    NoFindings,
    NoOtherFinding,
    FindingWithoutSlot,
}

/// What came of an edit, an exchange or a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditNotice {
    /// The slot of this kind has a version now that does not exist yet: its short id.
    Written(DefinitionKind, String),
    /// The edited content is that of an existing version, which the slot has now: its short id.
    SameContent(DefinitionKind, String),
    /// A finding was removed, by this.
    Fixed(String),
    /// A text was exchanged in this many places, in the contents of this many slots.
    Swapped {
        places: usize,
        slots: usize,
    },
    /// Nothing was changed; the name of an editor that ended at once.
    Unchanged(Option<String>),
    /// The text was not taken; it is kept in this file.
    GivenUp(PathBuf),
    Failed(EditFailure),
}

/// How far the reading of the contents goes by which rows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingNotice {
    /// The contents of this many rows are read now.
    Begun(usize),
    /// The versions of this many definitions are read now, and their contents.
    BegunVersions(usize),
    /// No more contents are read; those of this many rows are not.
    Stopped(usize),
    AllRead,
}

/// What keeps a button that changes something from doing its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    GroupLoading,
    /// The group could not be read again; the title of the error.
    GroupNotRead(String),
    /// The group has a newer version than the draft's base.
    GroupMoved,
    Sending,
    ReadOnly,
    /// This many boxes are not ticked.
    Acknowledgements(usize),
    /// The configuration protects this account, and no name can be typed yet.
    Protected,
    /// The name of this group has to be typed.
    NameNotTyped(String),
    /// The same for a reset, which always wants the name.
    ResetNameNotTyped(String),
    /// The version that the group has a newer version to is loading.
    VersionLoading,
    /// That version could not be read; the title of the error.
    VersionNotRead(String),
    /// The group's deployments, or the roles that a deployment needs, are loading.
    DeploymentsLoading,
    /// They could not be read; the title of the error.
    DeploymentsNotRead(String),
    /// A slot that both sides changed has no side yet.
    ConflictOpen,
}
