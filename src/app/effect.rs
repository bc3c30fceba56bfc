//! Work that the app wants done outside: questions to AWS, files, the clipboard, the end.

use std::time::Duration;

use crate::domain::{
    CreateGroupVersion, DefinitionId, DefinitionKind, DefinitionVersionArn, DeploymentId, Draft,
    GroupId, GroupVersionId, PageToken, Slots,
};

/// What became of a text to be copied: words for the screen, or why not.
pub type Copied = Result<&'static str, String>;

/// Something for the runtime to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Ask {
        epoch: u32,
        request: Request,
    },
    /// Finds configuration and credentials anew. What was asked before is given up, connecting
    /// included: what comes of it is of the connection that was wanted last.
    Connect {
        choice: ContextChoice,
    },
    /// Sends the one request that changes anything. Its line in the history is written before; where
    /// that fails the person is told, and it is sent: a full disk must not keep anyone from mending a plant.
    Create {
        epoch: u32,
        request: Box<CreateRequest>,
    },
    /// What the looking after an unknown outcome has found, for the history.
    Settle(Settled),
    OpenDraft(GroupId),
    SaveDraft(Box<Draft>),
    RemoveDraft(GroupId),
    CloseDraft(GroupId),
    Copy(String),
    /// Writes a text into a new file of this name, without its ending, in the working folder.
    SaveText {
        name: String,
        text: String,
    },
    StartTimer(Timer, Duration),
    Suspend,
    Redraw,
    Quit(Exit),
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
    DefinitionVersions(DefinitionKind, DefinitionId, Option<PageToken>),
    Content(DefinitionVersionArn),
    Deployments(GroupId, Option<PageToken>),
    DeploymentStatus(GroupId, DeploymentId),
    /// Never asked by [`Effect::Ask`]: the name under which the answer to [`Effect::Create`] returns.
    Create(GroupId),
}

/// CreateGroupVersion with what the history has to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    pub request: CreateGroupVersion,
    pub base_version: Option<GroupVersionId>,
    pub old_slots: Slots,
}

/// How an outcome that was unknown turned out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    Created(GroupVersionId),
    NotFound,
}

/// Which account one wants to work in; what is absent stays as it was started.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContextChoice {
    pub profile: Option<String>,
    pub region: Option<String>,
}

/// Waiting that the app asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timer {
    /// From here on the Review screen listens to Enter.
    ReviewArmed { review: u32 },
    /// Look again whether the version with the unknown outcome is there.
    LookAgain { look: u32 },
    /// The notice in the footer has been up long enough.
    NoticeOver { notice: u32 },
}

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// At least one version was created, or a dry run reached its end.
    Created,
    /// It ended on an error; the reason is told by [`super::Session::farewell`].
    Failed,
    /// Arguments that only the account can refute, such as an ambiguous group name.
    BadArguments,
    OutcomeUnknown,
    NothingCreated,
}

impl Exit {
    /// The exit status, as the README lists them.
    pub const fn status(self) -> u8 {
        match self {
            Self::Created => 0,
            Self::Failed => 1,
            Self::BadArguments => 2,
            Self::OutcomeUnknown => 3,
            Self::NothingCreated => 130,
        }
    }
}
