//! The caller's identity as STS returned it.

/// The response of GetCallerIdentity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Twelve digits.
    pub account: String,
    /// `arn:aws:sts::111122223333:assumed-role/ops-admin/anna`.
    pub arn: String,
}

impl Identity {
    /// The role or user in the ARN, without the session: `ops-admin`.
    pub fn principal(&self) -> &str {
        let resource =
            super::arn::Arn::split(&self.arn).map_or(self.arn.as_str(), |arn| arn.resource);
        let mut parts = resource.split('/');
        let first = parts.next().unwrap_or(resource);
        match first {
            "assumed-role" | "federated-user" => parts.next().unwrap_or(first),
            _ => parts.next_back().unwrap_or(first),
        }
    }
}
