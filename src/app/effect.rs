//! Effects: work that the app requests from the runtime, such as calls to AWS, files, the clipboard.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::{
    ArgumentFile, CreateDefinitionVersion, CreateGroupVersion, DefinitionId, DefinitionKind,
    DefinitionVersionArn, DeploymentId, DeploymentRequest, Draft, GroupId, GroupVersionId,
    PageToken, Slots, VersionsBefore,
};

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Ask {
        epoch: u32,
        request: Request,
        /// From 1; the header and the log show it.
        attempt: u32,
    },
    /// Reads the configuration and the credentials again and connects. Requests of the earlier connection are
    /// cancelled.
    Connect {
        choice: AccountChoice,
    },
    /// Sends a request that changes something, after its line is in the history. Without that line, only
    /// [`CreateRequest::may_go_unrecorded`] allows the request.
    Create(Box<CreateRequest>),
    /// The same for a definition version.
    Define(Box<DefineRequest>),
    /// The same for a deployment or a reset.
    Deploy(Box<DeployRequest>),
    /// Records in the history the result of a search for an unknown outcome: `None` if nothing was found.
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEffect {
    Copy(String),
    /// Writes a text to a new file in the working folder; the name is without its extension.
    SaveText {
        /// The files that the text's commands read.
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

/// A request to the service that changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Request {
    Identity,
    Groups(Option<PageToken>),
    Group(GroupId),
    GroupVersions(GroupId, Option<PageToken>),
    GroupVersion(GroupId, GroupVersionId),
    Definitions(DefinitionKind, Option<PageToken>),
    /// One definition by itself, newer than its list.
    Definition(DefinitionKind, DefinitionId),
    DefinitionVersions(DefinitionKind, DefinitionId, Option<PageToken>),
    /// One page of a content, which may have several pages like a list.
    Content(DefinitionVersionArn, Option<PageToken>),
    Deployments(GroupId, Option<PageToken>),
    DeploymentStatus(GroupId, DeploymentId),
    ServiceRole,
    GroupRole(GroupId),
}

/// CreateGroupVersion, with the data for the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    pub create: CreateGroupVersion,
    /// Set when it is sent.
    pub before: VersionsBefore,
    pub base_version: Option<GroupVersionId>,
    pub old_slots: Slots,
    /// The slots of the latest version, if the base is an older one.
    pub superseded_slots: Option<Slots>,
    /// The ARN of the identity that sends it, where that is known.
    pub caller: Option<String>,
    /// The user has acknowledged that the history cannot be written.
    pub may_go_unrecorded: bool,
}

/// A definition version to create, with the data for the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefineRequest {
    /// The group that will use it.
    pub group: GroupId,
    pub create: CreateDefinitionVersion,
    /// The ARN of the sending identity, if known.
    pub caller: Option<String>,
    /// The user has acknowledged that the history cannot be written.
    pub may_go_unrecorded: bool,
    /// It may have been sent before: only its effect is looked for.
    pub looks_only: bool,
}

/// A deployment or a reset, with the data for the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployRequest {
    pub deployment: DeploymentRequest,
    /// The ARN of the sending identity, if known.
    pub caller: Option<String>,
    /// The user has acknowledged that the history cannot be written.
    pub may_go_unrecorded: bool,
}

/// The choice of an account; a `None` keeps the value from the start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountChoice {
    pub profile: Option<String>,
    pub region: Option<String>,
}

/// A timer that the app starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timer {
    /// No key has followed the Enter of this number, so it presses its button.
    EnterHeld { enter: u32 },
    /// The pause before the next look for an unknown outcome is over.
    ProbePaused { probe: u32 },
    /// The next read may be sent.
    ReadDue { number: u32 },
    /// The status of the deployment with this number is read again.
    PollDue { poll: u32 },
    /// The elapsed time of a deployment is updated.
    DeploymentLasts,
    /// The cursor has rested on a group.
    CursorRested { rest: u32 },
    /// A draft that could not be saved is saved again.
    SaveAgain,
    /// The notice in the footer is removed.
    NoticeOver { notice: u32 },
}
