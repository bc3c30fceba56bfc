//! Notices for the footer, as data; `ui` words them with the current keys.

use std::path::PathBuf;

use super::command::Command;
use super::credentials::CredentialsLeft;
use super::event::EditFailure;
use super::key::KeyPress;
use super::unavailable::Unavailable;
use crate::domain::{DefinitionKind, GroupVersionId};

/// A notice about the last key or about background work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The runtime's own sentence about the clipboard or about suspending.
    Runtime(String),
    Saved(Vec<PathBuf>),
    NotSaved(String),
    /// The end of a paste, in bytes, was left out.
    PasteCut(usize),
    /// Only these first columns and rows of the terminal are used.
    ScreenCut(u16, u16),
    HistoryNotWritten(String),
    /// The draft of this group was damaged; it is now in this file.
    DraftDamaged(PathBuf),
    /// A request was not sent, because the history could not be written.
    NotRecorded,
    Unavailable(Unavailable),
    /// The key has no command here.
    UnboundKey(KeyPress),
    /// A paste without a focused text line.
    PasteIgnored,
    /// The slot of this kind now has this definition's version: its name and short id.
    Picked(DefinitionKind, String, String),
    Edit(EditNotice),
    /// Undo reset the slot of this kind.
    Undone(DefinitionKind),
    /// Redo restored the slot of this kind.
    Redone(DefinitionKind),
    /// A version with an unknown outcome was found in its group, which is not on screen.
    FoundCreated {
        version: String,
        group: String,
    },
    /// Enter came too soon for a button that changes something.
    EnterTooSoon,
    Obstacle(Obstacle),
    /// The group version is loading; this command works afterwards.
    VersionLoading(Command),
    BaseChosen(GroupVersionId),
    /// A deployment of the group is already active, and is shown instead.
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
    /// No other slot is changed or has a finding; `here` if the open one does.
    NoOtherMark {
        here: bool,
    },
    AllVersionsListed,
    /// The older versions of the definition of this name are loading.
    LoadingOlder(String),
    Reading(ReadingNotice),
    /// A group of the series was opened, with the progress of the series.
    Series(String),
    /// Differences are compared with this version, by its short id.
    Compared(String),
    /// Differences are compared with the base again.
    ComparedWithBase,
    NoFindings,
    NoOtherFinding,
    FindingWithoutSlot,
}

/// The result of an edit, a replacement or a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditNotice {
    /// The slot of this kind now has a new version: its short id.
    Written(DefinitionKind, String),
    /// The edited content equals that of an existing version, which the slot now has: its short id.
    SameContent(DefinitionKind, String),
    /// A finding was fixed, in this way.
    Fixed(String),
    /// A text was replaced in this many places, in the contents of this many slots.
    Swapped {
        places: usize,
        slots: usize,
    },
    /// Nothing was changed; with the name of an editor that ended immediately.
    Unchanged(Option<String>),
    /// The text was rejected; it is in this file.
    GivenUp(PathBuf),
    Failed(EditFailure),
}

/// Progress of reading contents for the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingNotice {
    /// The contents of this many rows are being read.
    Begun(usize),
    /// The versions of this many definitions are read now, and their contents.
    BegunVersions(usize),
    /// No more contents are read; those of this many rows are not.
    Stopped(usize),
    AllRead,
}

/// The reason why a button that changes something is blocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    GroupLoading,
    /// The group could not be read again; with the error's title.
    GroupNotRead(String),
    /// The group has a newer version than the draft's base.
    GroupMoved,
    Sending,
    ReadOnly,
    /// This many boxes are not ticked.
    Acknowledgements(usize),
    /// This account is protected, and the name cannot be typed yet.
    Protected,
    /// The name of this group must be typed.
    NameNotTyped,
    /// The same for a reset, which always requires the name.
    ResetNameNotTyped(String),
    /// The newer version of the group is loading.
    VersionLoading,
    /// That version could not be read; with the error's title.
    VersionNotRead(String),
    /// The group's deployments, or the roles that a deployment needs, are loading.
    DeploymentsLoading,
    /// They could not be read; with the error's title.
    DeploymentsNotRead(String),
    /// A slot that both sides changed has no chosen side yet.
    ConflictOpen,
}
