//! Credentials that could not be had: none at all, or none any more.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;

use super::chain_text;
use crate::domain::{ErrorDetail, ServiceError, Trouble};

/// What the AWS SDK says where an SSO session or a session token is over.
const EXPIRY_WORDS: [&str; 3] = [
    "expired",
    "ExpiredToken",
    "Session token not found or invalid",
];

/// Cuts off what a `credential_process` wrote to its standard error: it may hold secrets.
fn without_standard_error(text: String) -> String {
    match text.split_once(" Stderr: ") {
        Some((before, _)) => format!("{before} (its standard error is not shown)"),
        None => text,
    }
}

/// The whole error, where `error` is about credentials: the sentence that helps is the message, and
/// what every provider of the SDK's chain said, which fills a screen, is its detail.
pub(super) fn explained(operation: &str, error: &(dyn Error + 'static)) -> Option<ServiceError> {
    let failure = error.downcast_ref::<CredentialsError>()?;
    let said = without_standard_error(chain_text(failure));
    let is_expired = EXPIRY_WORDS.iter().any(|words| said.contains(words));
    let is_absent = matches!(failure, CredentialsError::CredentialsNotLoaded(_));
    let (trouble, message) = if is_expired {
        (
            Trouble::ExpiredCredentials,
            "the credentials are no longer valid",
        )
    } else if is_absent {
        (Trouble::NoCredentials, "no credentials were found")
    } else {
        (
            Trouble::NoCredentials,
            "the credentials could not be fetched",
        )
    };
    let mut explained = ServiceError::local(operation, trouble, message);
    explained.details.push(ErrorDetail {
        code: None,
        message: Some(said),
    });
    Some(explained)
}
