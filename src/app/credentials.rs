//! The remaining lifetime of the credentials.

/// Whether the credentials last long enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialsLeft {
    Nothing,
    /// A request might arrive after the expiry; with the remaining time.
    Little(String),
    Enough(String),
}
