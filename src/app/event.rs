//! Facts that reach the app from outside: keys, time, answers.

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

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// What time it is; comes before the events that happened then.
    Clock(Timestamp),
    Key(KeyPress),
    Pasted(String),
    /// The end of what was pasted was left out.
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
    /// The configuration and the credentials were found, or not.
    Connected(Result<Connected, ConnectFailure>),
    Replied(Box<Reply>),
    /// A request that changes something was answered, or will not be.
    CreateAnswered {
        group: GroupId,
        answer: Answered<CreatedVersion>,
    },
    /// A request to create a definition version was answered, or its effect looked for: `Ok(None)` if there is none.
    DefinitionAnswered {
        group: GroupId,
        answer: Answered<Option<CreatedDefinitionVersion>>,
    },
    /// A request was not sent, because its line in the history could not be written.
    CreateNotRecorded {
        group: GroupId,
        reason: String,
    },
    /// A deployment or a reset was answered, or will not be.
    DeploymentAnswered {
        group: GroupId,
        answer: Box<DeploymentAnswer>,
    },
    /// A deployment was not sent, because its line in the history could not be written.
    DeploymentNotRecorded {
        group: GroupId,
        reason: String,
    },
    /// When the credentials in use end.
    CredentialsExpire(Timestamp),
    /// An attempt of some call began, ended or waits.
    CallObserved(CallRecord),
    TimerElapsed(Timer),
    /// A text was copied, or not.
    Copied(Result<String, String>),
    /// The file that a text was saved as, or why it was not.
    TextSaved(Result<Vec<PathBuf>, String>),
    /// The user's editor has ended.
    Edited(Result<EditedText, EditFailure>),
    /// The drafts that earlier runs left, of whichever group.
    DraftsFound(Vec<LeftDraft>),
    /// The draft file of the group was looked at.
    DraftOpened(DraftFile),
    /// A draft is on the disk, or could not be saved. Only the first success after a failure comes.
    DraftSaved {
        group: GroupId,
        saved: Result<(), String>,
    },
    /// No key and no answer waits, so what was left off may go on.
    Idle,
    /// A line of the history could not be written.
    HistoryNotWritten(String),
    /// The history has a request to the group whose outcome is unknown.
    UnconfirmedCreateFound(UnconfirmedCreate),
    /// A quarter of a second has passed while something is under way.
    Ticked,
    /// The program goes on after it was suspended.
    Resumed,
    /// Why the program cannot be suspended.
    NotSuspended(String),
    /// The system or the user's shell asks the program to end.
    Terminated,
}

/// The text that the user's editor left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedText {
    pub text: String,
    /// Its file, kept until [`super::TerminalEffect::RemoveEdited`].
    pub path: PathBuf,
    /// The editor's name, if it ended at once and changed nothing: it may go on in the background.
    pub returned_at_once: Option<String>,
}

/// Why no text came from the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditFailure {
    pub problem: EditProblem,
    /// The file with the user's text, if it was changed.
    pub kept: Option<PathBuf>,
}

/// What went wrong with the editor or its file.
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

/// The connection that was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Connected {
    pub profile: Option<String>,
    pub region: String,
    /// Only when it is not AWS's own.
    pub endpoint: Option<String>,
    pub is_sandbox: bool,
    /// Where the credentials come from that sign; empty for the sandbox.
    pub credentials: CredentialsSource,
    /// When the credentials end, where that is known.
    pub credentials_expire: Option<Timestamp>,
    /// Profiles that could be switched to.
    pub profiles: Vec<String>,
}

/// Why no connection could be configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectFailure {
    pub message: String,
}

/// One question's one answer; the question comes back with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The connection that was asked; answers of an earlier one are dropped.
    pub epoch: u32,
    pub request: Request,
    pub answer: Answer,
}

/// What was answered, by request.
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
    /// `None` where the account has none.
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

/// A draft that an earlier run left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftDraft {
    pub group: GroupId,
    /// In how many slots it differs from its base.
    pub changed: usize,
    pub saved: Timestamp,
}

/// What was answered to a deployment or a reset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeploymentAnswer {
    pub started: Answered<StartedDeployment>,
    /// The deployments that the group had before; empty if they could not be listed.
    pub before: HashSet<DeploymentId>,
}

/// What was found of an earlier draft of the group.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftFile {
    None,
    Found {
        draft: Box<Draft>,
        saved: Timestamp,
    },
    /// Another program has the group open; which, in words.
    Locked {
        holder: String,
    },
    /// The file could not be read and was put aside.
    Damaged {
        quarantined: PathBuf,
        reason: String,
    },
    /// Drafts cannot be kept here.
    Unavailable(String),
}

/// A request that an earlier run sent and whose outcome is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnconfirmedCreate {
    pub sent: Timestamp,
    pub slots: Slots,
}
