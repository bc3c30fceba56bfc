//! The end of the program: its exit status, and its messages on standard error.

/// How the program ends; the greatest of several values wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    NothingCreated,
    Failed,
    /// A version was created, a deployment started, or a dry run reached its end.
    Created,
    /// A deployment failed, or its outcome is unknown.
    DeploymentFailed,
    OutcomeUnknown,
    /// Arguments that only the account shows to be wrong, such as an ambiguous group name.
    BadArguments,
}

impl Exit {
    /// The exit status as documented in the README.
    pub const fn status(self) -> u8 {
        match self {
            Self::Created => 0,
            Self::Failed => 1,
            Self::BadArguments => 2,
            Self::OutcomeUnknown => 3,
            Self::DeploymentFailed => 4,
            Self::NothingCreated => 130,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuitReason {
    /// The user or the system ended it.
    Asked,
    /// The arguments are wrong; with the reason.
    Refused(String),
}

/// The exit status, with one line for standard error after a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub exit: Exit,
    pub message: Option<String>,
}
