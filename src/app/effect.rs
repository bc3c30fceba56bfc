//! Work that the app wants done outside: questions to AWS, files, the clipboard, the end.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::{
    ArgumentFile, CreateDefinitionVersion, CreateGroupVersion, DefinitionId, DefinitionKind,
    DefinitionVersionArn, DeploymentId, DeploymentRequest, Draft, GroupId, GroupVersionId,
    PageToken, Slots, VersionsBefore,
};

/// Something for the runtime to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Ask {
        epoch: u32,
        request: Request,
        /// From 1; the header and the log show it.
        attempt: u32,
    },
    /// Reads the configuration and the credentials again and connects. What was asked over the earlier
    /// connection, or while it was made, is given up.
    Connect {
        choice: AccountChoice,
    },
    /// Sends a request that changes something, once its line is in the history. If that fails, nothing
    /// is sent unless [`CreateRequest::may_go_unrecorded`].
    Create(Box<CreateRequest>),
    /// The same for a definition version.
    Define(Box<DefineRequest>),
    /// The same for a deployment or a reset.
    Deploy(Box<DeployRequest>),
    /// What the search for an unknown outcome has found, for the history: `None` if nothing.
    RecordProbe {
        group: GroupId,
        found: Option<GroupVersionId>,
    },
    /// Takes the lock of the draft's file and reads it. The account owns the draft; `None` if unknown.
    OpenDraft {
        group: GroupId,
        account: Option<String>,
    },
    SaveDraft(Box<Draft>),
    RemoveDraft(GroupId),
    CloseDraft(GroupId),
    StartTimer(Timer, Duration),
    Terminal(TerminalEffect),
}

/// Work for the one who owns the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEffect {
    Copy(String),
    /// Writes a text into a new file of this name, without its ending, in the working folder.
    SaveText {
        /// Files that commands in the text read.
        files: Vec<ArgumentFile>,
        name: String,
        text: String,
    },
    /// Opens a text in the user's editor; [`super::Event::Edited`] follows.
    Edit(EditRequest),
    /// Removes the file of [`super::event::EditedText`], which is kept until then.
    RemoveEdited(PathBuf),
    Suspend,
    Redraw,
    /// Rings the terminal's bell.
    Ring,
    Quit,
}

/// A text for the user's editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRequest {
    /// The name of the file without its folder, such as `press-line-3-fns.json`.
    pub name: String,
    pub text: String,
    /// The line for the cursor, from 1.
    pub line: Option<usize>,
}

/// A question to the service that changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Request {
    Identity,
    Groups(Option<PageToken>),
    Group(GroupId),
    GroupVersions(GroupId, Option<PageToken>),
    GroupVersion(GroupId, GroupVersionId),
    Definitions(DefinitionKind, Option<PageToken>),
    /// One definition by itself: newer than its list.
    Definition(DefinitionKind, DefinitionId),
    DefinitionVersions(DefinitionKind, DefinitionId, Option<PageToken>),
    /// One page of a content, which may be cut as lists are.
    Content(DefinitionVersionArn, Option<PageToken>),
    Deployments(GroupId, Option<PageToken>),
    DeploymentStatus(GroupId, DeploymentId),
    /// The service role of the account.
    ServiceRole,
    /// The role of the group.
    GroupRole(GroupId),
}

/// CreateGroupVersion, and what the history records with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    pub create: CreateGroupVersion,
    /// Set when it is sent.
    pub before: VersionsBefore,
    pub base_version: Option<GroupVersionId>,
    pub old_slots: Slots,
    /// What the latest version holds, where the base is an older one.
    pub superseded_slots: Option<Slots>,
    /// The ARN of the identity that sends it, where that is known.
    pub caller: Option<String>,
    /// The user has acknowledged that the history cannot be written.
    pub may_go_unrecorded: bool,
}

/// A definition version to create, and what the history records with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefineRequest {
    /// The group that is to hold it.
    pub group: GroupId,
    pub create: CreateDefinitionVersion,
    /// The ARN of the identity that sends it, where that is known.
    pub caller: Option<String>,
    /// The user has acknowledged that the history cannot be written.
    pub may_go_unrecorded: bool,
    /// It may have been sent before: nothing is sent, its effect is looked for.
    pub looks_only: bool,
}

/// A deployment or a reset, and what the history records with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployRequest {
    pub deployment: DeploymentRequest,
    /// The ARN of the identity that sends it, where that is known.
    pub caller: Option<String>,
    /// The user has acknowledged that the history cannot be written.
    pub may_go_unrecorded: bool,
}

/// The account to work in; an absent part stays as at the start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountChoice {
    pub profile: Option<String>,
    pub region: Option<String>,
}

/// Waiting that the app asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timer {
    /// No key has followed the Enter of this number, so it presses its button.
    EnterHeld { enter: u32 },
    /// The pause between two looks for an unknown outcome is over.
    ProbePaused { probe: u32 },
    /// The next read may go out.
    ReadDue { number: u32 },
    /// The status of the deployment with this number is read again.
    PollDue { poll: u32 },
    /// The time that a deployment has lasted is shown again.
    DeploymentLasts,
    /// The cursor has rested on a group.
    CursorRested { rest: u32 },
    /// Try again to save a draft that could not be saved.
    SaveAgain,
    /// The notice in the footer has been up long enough.
    NoticeOver { notice: u32 },
}
