//! The settings from the command line that concern the app.

use crate::domain::{Content, DefinitionKind, DefinitionVersionArn, GroupVersionId, RequestLimit};
use crate::search::Sort;

#[derive(Debug, Clone, PartialEq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line by itself"
)]
pub struct Launch {
    /// A group's name or id to open directly.
    pub group: Option<String>,
    /// The base to start from; `None` for the latest version.
    pub from: Option<GroupVersionId>,
    /// Slots to fill or to empty at the start.
    pub set: Vec<SetSlot>,
    pub read_only: bool,
    pub dry_run: bool,
    /// The step after a created version.
    pub deploy: Option<DeployFlag>,
    /// The account is embedded in this process.
    pub is_sandbox: bool,
    /// All contents are loaded at once, because the account is in this process.
    pub reads_all: bool,
    /// The account is new in each run, so drafts are not saved.
    pub is_demo: bool,
    pub sort: Sort,
    pub requests: RequestLimit,
}

/// `--deploy`: the dialog for the deployment follows immediately.
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
    /// A new version with this content.
    Write(Content),
}

/// The error in a `KIND=ARN|none`.
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
