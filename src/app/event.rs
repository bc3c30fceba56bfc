//! Events: keys, time, and responses that reach the app from outside.

use std::collections::HashSet;
use std::path::PathBuf;

use super::effect::{Request, Timer};
use super::key::KeyPress;
use crate::domain::{
    AccountRole, CallRecord, CreatedDefinitionVersion, CreatedVersion, CredentialsSource,
    Definition, DefinitionVersion, Deployment, DeploymentId, DeploymentStatus, Draft, Group,
    GroupId, GroupVersion, GroupVersionEntry, Identity, Page, ReadVersion, ServiceError, Slots,
    StartedDeployment, Timestamp,
};

#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The current time; precedes the events of that time.
    Clock(Timestamp),
    Key(KeyPress),
    Pasted(String),
    /// The end of a paste was too long and left out.
    PasteCut {
        dropped: usize,
    },
    Resized {
        width: u16,
        height: u16,
    },
    /// The terminal is larger than this, and the rest stays empty.
    ScreenCut {
        width: u16,
        height: u16,
    },
    /// The screen was drawn; its body can be scrolled down by this many rows.
    Drawn {
        max_hidden: usize,
    },
    /// The connection was configured, or failed.
    Connected(Result<Connected, ConnectFailure>),
    Replied(Box<Reply>),
    /// A request that changes something has its response or its error.
    CreateAnswered {
        group: GroupId,
        answer: Answered<CreatedVersion>,
    },
    /// A request for a definition version has its response, or the result of the search for its effect.
    /// `Ok(None)` if there is none.
    DefinitionAnswered {
        group: GroupId,
        answer: Answered<Option<CreatedDefinitionVersion>>,
    },
    /// A request was not sent, because its line in the history could not be written.
    CreateNotRecorded {
        group: GroupId,
        reason: String,
    },
    /// A deployment or a reset has its response or its error.
    DeploymentAnswered {
        group: GroupId,
        answer: Box<DeploymentAnswer>,
    },
    /// A deployment was not sent, because its line in the history could not be written.
    DeploymentNotRecorded {
        group: GroupId,
        reason: String,
    },
    CredentialsExpire(Timestamp),
    /// An attempt of a call started, ended or waits.
    CallObserved(CallRecord),
    TimerElapsed(Timer),
    /// A text was copied; or the error.
    Copied(Result<String, String>),
    /// The files of a saved text; or the error.
    TextSaved(Result<Vec<PathBuf>, String>),
    Edited(Result<EditedText, EditFailure>),
    /// The drafts of earlier runs, of all groups.
    DraftsFound(Vec<LeftDraft>),
    DraftOpened(DraftFile),
    /// A draft was saved, or could not be saved. A success is reported only after a failure.
    DraftSaved {
        group: GroupId,
        saved: Result<(), String>,
    },
    /// No key and no response waits, so postponed work may continue.
    Idle,
    HistoryNotWritten(String),
    /// The history has a request to the group whose outcome is unknown.
    UnconfirmedCreateFound(UnconfirmedCreate),
    /// A quarter of a second has passed while a call runs.
    Ticked,
    /// The program continues after a suspension.
    Resumed,
    /// The reason why the program cannot be suspended.
    NotSuspended(String),
    /// The system or the user's shell terminates the program.
    Terminated,
}

/// The text from the user's editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedText {
    pub text: String,
    /// Its file, kept until [`super::TerminalEffect::RemoveEdited`].
    pub path: PathBuf,
    /// The editor's name, if it ended immediately without a change. It may still run in the background.
    pub returned_at_once: Option<String>,
}

/// The reason why there is no text from the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditFailure {
    pub problem: EditProblem,
    /// The file with the user's text, if it was changed.
    pub kept: Option<PathBuf>,
}

/// An error of the editor or of its file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditProblem {
    /// The shell cannot start this command.
    #[error("no editor: set GREENGROUP_EDITOR, VISUAL or EDITOR; {0} cannot be started")]
    NoEditor(String),
    #[error("the editor cannot be started: {0}")]
    NotStarted(String),
    #[error("the editor ended with status {0}; nothing was changed")]
    Status(i32),
    /// The name or the number of the signal.
    #[error("the editor was ended by {0}; nothing was changed")]
    Signal(String),
    #[error("{0}")]
    File(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Connected {
    pub profile: Option<String>,
    pub region: String,
    /// `None` for AWS's own.
    pub endpoint: Option<String>,
    pub is_sandbox: bool,
    /// The source of the credentials; empty for the sandbox.
    pub credentials: CredentialsSource,
    /// The expiry of the credentials, if known.
    pub credentials_expire: Option<Timestamp>,
    /// The profiles to switch to.
    pub profiles: Vec<String>,
}

/// The reason why no connection could be configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectFailure {
    pub message: String,
}

/// The response to one request, which comes back with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The number of the connection; responses of earlier ones are dropped.
    pub epoch: u32,
    pub request: Request,
    pub answer: Answer,
}

pub type Answered<T> = Result<T, ServiceError>;

/// The answer to a [`Request`], its variant named as the request's.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Identity(Answered<Option<Identity>>),
    Groups(Answered<Page<Group>>),
    Group(Answered<Group>),
    GroupVersions(Answered<Page<GroupVersionEntry>>),
    GroupVersion(Answered<GroupVersion>),
    Definitions(Answered<Page<Definition>>),
    Definition(Answered<Definition>),
    DefinitionVersions(Answered<Page<DefinitionVersion>>),
    Content(Answered<Box<ReadVersion>>),
    Deployments(Answered<Page<Deployment>>),
    DeploymentStatus(Answered<DeploymentStatus>),
    /// `None` if the account has none.
    ServiceRole(Answered<Option<AccountRole>>),
    GroupRole(Answered<Option<AccountRole>>),
}

impl Answer {
    pub fn error(&self) -> Option<&ServiceError> {
        match self {
            Self::Identity(answer) => answer.as_ref().err(),
            Self::Groups(answer) => answer.as_ref().err(),
            Self::Group(answer) => answer.as_ref().err(),
            Self::GroupVersions(answer) => answer.as_ref().err(),
            Self::GroupVersion(answer) => answer.as_ref().err(),
            Self::Definitions(answer) => answer.as_ref().err(),
            Self::Definition(answer) => answer.as_ref().err(),
            Self::DefinitionVersions(answer) => answer.as_ref().err(),
            Self::Content(answer) => answer.as_ref().err(),
            Self::Deployments(answer) => answer.as_ref().err(),
            Self::DeploymentStatus(answer) => answer.as_ref().err(),
            Self::ServiceRole(answer) | Self::GroupRole(answer) => answer.as_ref().err(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftDraft {
    pub group: GroupId,
    /// The number of slots that differ from its base.
    pub changed: usize,
    pub saved: Timestamp,
}

/// The response to a deployment or a reset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeploymentAnswer {
    pub started: Answered<StartedDeployment>,
    /// The group's earlier deployments; empty if they could not be listed.
    pub before: HashSet<DeploymentId>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DraftFile {
    None,
    Found {
        draft: Box<Draft>,
        saved: Timestamp,
    },
    /// Another program has the group open, described in words.
    Locked {
        holder: String,
    },
    /// The file could not be read and was renamed.
    Damaged(PathBuf),
    /// Drafts cannot be saved on this machine; with the reason.
    Unavailable(String),
}

/// A request of an earlier run with an unknown outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnconfirmedCreate {
    pub sent: Timestamp,
    pub slots: Slots,
}
