//! The IAM role of a group, and the service role of an account.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// An IAM role that was associated with a group or with the account; the role need not exist (botocore,
/// RoleArn).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub struct AccountRole {
    pub role_arn: Arc<str>,
    /// ISO-8601 in UTC, to the second (AWS CLI example of `get-associated-role`).
    pub associated_at: Arc<str>,
}
