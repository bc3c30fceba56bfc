//! What the command line asked for, as far as the app acts on it.

use crate::domain::{Content, DefinitionKind, DefinitionVersionArn, GroupVersionId, RequestLimit};
use crate::search::Sort;

/// What the program was started with.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line by itself"
)]
pub struct Launch {
    /// A group's name or id to open directly.
    pub group: Option<String>,
    /// The base to start from; absent for the latest version.
    pub from: Option<GroupVersionId>,
    /// Slots to fill or to empty before the user begins.
    pub set: Vec<SetSlot>,
    pub read_only: bool,
    pub dry_run: bool,
    /// What follows a created version.
    pub deploy: Option<DeployFlag>,
    /// The account is embedded in this process.
    pub is_sandbox: bool,
    /// All contents are read without being asked for: the account is in this process.
    pub reads_all: bool,
    /// The account is new in each run, so a draft is of no use later.
    pub is_demo: bool,
    /// The order in which the lists begin.
    pub sort: Sort,
    /// How many requests the reads may use.
    pub requests: RequestLimit,
}

/// `--deploy`: the question about the deployment follows at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeployFlag {
    Ask,
    /// The program ends with the deployment.
    Wait,
}

/// One `--set KIND=ARN|none|@FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetSlot {
    Fill(DefinitionVersionArn),
    Empty(DefinitionKind),
    /// With a new version of this content.
    Write(Content),
}

/// Why a text is no `KIND=ARN|none`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetSlotError {
    #[error("write KIND=ARN, KIND=none or KIND=@FILE, for example function=none")]
    NoEquals,
    #[error(transparent)]
    Kind(#[from] crate::domain::kind::UnknownKind),
    #[error(transparent)]
    Arn(#[from] crate::domain::ArnError),
    #[error(
        "the ARN is of a {arn} definition version, so it cannot fill the {kind} slot; write {arn}=…"
    )]
    OtherKind {
        kind: DefinitionKind,
        arn: DefinitionKind,
    },
}

impl SetSlot {
    pub const fn kind(&self) -> DefinitionKind {
        match self {
            Self::Fill(arn) => arn.kind(),
            Self::Empty(kind) => *kind,
            Self::Write(content) => content.kind(),
        }
    }
}

impl std::str::FromStr for SetSlot {
    type Err = SetSlotError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, value) = text.split_once('=').ok_or(SetSlotError::NoEquals)?;
        let kind: DefinitionKind = kind.parse()?;
        if value == "none" {
            return Ok(Self::Empty(kind));
        }
        let arn: DefinitionVersionArn = value.parse()?;
        if arn.kind() == kind {
            Ok(Self::Fill(arn))
        } else {
            Err(SetSlotError::OtherKind {
                kind,
                arn: arn.kind(),
            })
        }
    }
}
