//! Credentials that could not be had: none at all, or none any more.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;

use super::chain_text;
use crate::domain::Trouble;

/// What the AWS SDK says where an SSO session or a session token is over.
const EXPIRY_WORDS: [&str; 3] = [
    "expired",
    "ExpiredToken",
    "Session token not found or invalid",
];

/// The trouble and the message, where `error` is about credentials.
pub(super) fn trouble(error: &(dyn Error + 'static)) -> Option<(Trouble, String)> {
    let failure = error.downcast_ref::<CredentialsError>()?;
    let said = chain_text(failure);
    let is_expired = EXPIRY_WORDS.iter().any(|words| said.contains(words));
    let is_absent = matches!(failure, CredentialsError::CredentialsNotLoaded(_));
    Some(if is_expired {
        let message = format!("the credentials are no longer valid: {said}");
        (Trouble::ExpiredCredentials, message)
    } else if is_absent {
        let message = format!("no credentials were found: {said}");
        (Trouble::NoCredentials, message)
    } else {
        let message = format!("the credentials could not be fetched: {said}");
        (Trouble::NoCredentials, message)
    })
}
