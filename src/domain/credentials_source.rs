//! The source of the credentials that sign requests, without secrets.

/// The source of credentials. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CredentialsSource {
    /// A phrase for the screen: `the environment`, `the keys of the profile "plant" in
    /// /home/anna/.aws/credentials`.
    pub text: String,
    /// The credentials are environment variables, which take precedence over any profile.
    pub is_environment: bool,
    /// The program fetches new credentials before these expire, so their expiry is not shown.
    pub is_renewed: bool,
    /// The profiles whose settings are used for signing.
    pub profiles: Vec<String>,
    /// The hosts from which the credentials are fetched.
    pub hosts: Vec<String>,
}
