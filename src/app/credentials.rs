//! How long the credentials still last.

/// The remaining lifetime of the credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialsLeft {
    Nothing,
    /// So little that a request may come too late.
    Little(String),
    Enough(String),
}
