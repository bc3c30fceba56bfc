//! How the program ends: its exit status, and what it reports on standard error.

/// How the program ends; where several apply, the greatest does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    NothingCreated,
    /// A request failed.
    Failed,
    /// A version was created, a deployment started, or a dry run reached its end.
    Created,
    /// A deployment failed, or it is not known how it ended.
    DeploymentFailed,
    OutcomeUnknown,
    /// Arguments that only the account can refute, such as an ambiguous group name.
    BadArguments,
}

impl Exit {
    /// The exit status, as the README lists them.
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

/// Why the program ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuitReason {
    /// The user or the system ended it.
    Asked,
    /// The arguments cannot be followed.
    Refused(String),
}

/// The exit status, and one line for standard error where something went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub exit: Exit,
    pub message: Option<String>,
}
