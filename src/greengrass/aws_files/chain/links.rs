//! The credentials that sign, and the roles assumed with them.

use std::fmt;
use std::path::PathBuf;

/// How the current profile was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileChoice {
    /// By `--profile` or in the program; the environment's credentials are not used.
    Explicit,
    /// By a variable.
    Variable(&'static str),
    Default,
}

/// The credentials that sign, with the roles that are assumed with them, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    pub base: ChainStart,
    pub roles: Vec<Role>,
}

/// The source of the credentials before any role is assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainStart {
    Environment(AccessKeys),
    AccessKeys {
        profile: String,
        file: PathBuf,
        keys: AccessKeys,
    },
    Process {
        profile: String,
        command: Vec<String>,
        account_id: Option<String>,
    },
    Sso {
        profile: String,
        sso: Sso,
    },
    WebIdentity {
        /// `None` if the role comes from the environment alone.
        profile: Option<String>,
        role: WebIdentity,
    },
    Container,
    Instance,
}

/// An access key. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKeys {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: Option<String>,
    pub account_id: Option<String>,
}

impl fmt::Debug for AccessKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AccessKeys").finish_non_exhaustive()
    }
}

/// The settings of a login by IAM Identity Center.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sso {
    pub account_id: String,
    pub role_name: String,
    pub start_url: String,
    pub region: String,
    pub session: Option<String>,
}

/// A role that is assumed with a token in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebIdentity {
    pub token_file: String,
    pub role_arn: String,
    pub session_name: Option<String>,
}

/// A role that is assumed with other credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub profile: String,
    pub arn: String,
    pub session_name: Option<String>,
    pub external_id: Option<String>,
    pub duration_seconds: Option<u32>,
}

impl From<ChainStart> for Chain {
    fn from(base: ChainStart) -> Self {
        let roles = Vec::new();
        Self { base, roles }
    }
}

impl Chain {
    /// The profiles whose settings are used for signing.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        let base = match &self.base {
            ChainStart::AccessKeys { profile, .. }
            | ChainStart::Process { profile, .. }
            | ChainStart::Sso { profile, .. } => Some(profile.as_str()),
            ChainStart::WebIdentity { profile, .. } => profile.as_deref(),
            ChainStart::Environment(_) | ChainStart::Container | ChainStart::Instance => None,
        };
        base.into_iter()
            .chain(self.roles.iter().map(|role| role.profile.as_str()))
    }

    /// True if the program can fetch new credentials.
    pub fn is_renewed(&self) -> bool {
        let is_fixed = matches!(
            self.base,
            ChainStart::Environment(_) | ChainStart::AccessKeys { .. }
        );
        !is_fixed || !self.roles.is_empty()
    }

    /// True if the credentials come from STS.
    pub fn asks_sts(&self) -> bool {
        !self.roles.is_empty() || matches!(self.base, ChainStart::WebIdentity { .. })
    }
}

impl fmt::Display for Chain {
    /// `role R, assumed with the keys of the profile "p" in FILE`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(role) = self.roles.last() {
            write!(formatter, "role {}, assumed with ", role.arn)?;
        }
        self.base.fmt(formatter)
    }
}

impl fmt::Display for ChainStart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(_) => formatter.write_str("the environment"),
            Self::AccessKeys { profile, file, .. } => {
                let file = file.display();
                write!(formatter, "the keys of the profile {profile:?} in {file}")
            }
            Self::Process {
                profile, command, ..
            } => {
                let program = command.first().map_or("", String::as_str);
                write!(
                    formatter,
                    "the process {program} of the profile {profile:?}"
                )
            }
            Self::Sso { profile, sso } => {
                let (role, account) = (&sso.role_name, &sso.account_id);
                write!(
                    formatter,
                    "SSO, role {role} in {account}, of the profile {profile:?}"
                )
            }
            Self::WebIdentity { profile, role } => {
                let (file, role) = (&role.token_file, &role.role_arn);
                write!(formatter, "the web identity token {file}, role {role}, ")?;
                match profile {
                    Some(profile) => write!(formatter, "of the profile {profile:?}"),
                    None => formatter.write_str("of the environment"),
                }
            }
            Self::Container => formatter.write_str("the container"),
            Self::Instance => formatter.write_str("the instance"),
        }
    }
}
