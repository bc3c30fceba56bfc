//! Where the credentials come from that sign, as far as it can be shown.

/// The source of credentials. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CredentialsSource {
    /// A phrase: `the environment`, `the keys of the profile "plant" in /home/anna/.aws/credentials`.
    pub text: String,
    /// The environment's variables, whatever profile is in force.
    pub is_environment: bool,
    /// They are fetched again before they end, so their end is not the user's concern.
    pub is_renewed: bool,
    /// The profiles whose settings take part in signing.
    pub profiles: Vec<String>,
    /// The hosts that are asked for the credentials.
    pub hosts: Vec<String>,
}
