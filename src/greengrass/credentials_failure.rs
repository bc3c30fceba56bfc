//! A failure to get credentials, as a value that all waiting calls can share.

use std::fmt;

use aws_credential_types::provider::error::CredentialsError;

use super::attempt_failure::AttemptFailure;
use super::aws_files::chain::{Chain, ChainStart};
use super::error_chain::{chain, chain_text};
use crate::domain::{ErrorDetail, ErrorKind, ServiceError};

/// The SDK's messages for an expired SSO session or session token.
const EXPIRED_WORDS: [&str; 3] = [
    "token has expired",
    "ExpiredToken",
    "Session token not found or invalid",
];

/// The intended source of the credentials, for errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    text: String,
    /// The container or the instance, used because nothing else names credentials.
    is_machine: bool,
}

impl Source {
    pub(super) fn of(chain: &Chain) -> Self {
        let is_machine = matches!(chain.base, ChainStart::Container | ChainStart::Instance);
        Self {
            text: chain.to_string(),
            is_machine: is_machine && chain.roles.is_empty(),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// The reason why there are no credentials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", .detail.as_ref().map_or_else(String::new, |detail| format!(": {detail}")))]
pub(super) struct CredentialsFailure {
    kind: ErrorKind,
    message: String,
    detail: Option<String>,
}

impl CredentialsFailure {
    pub(super) fn of_provider(source: &Source, error: &CredentialsError) -> Self {
        let links = || chain(error);
        if let Some(fault) = links().find_map(|link| link.downcast_ref::<AttemptFailure>()) {
            let kind = if source.is_machine {
                ErrorKind::NoCredentials
            } else {
                fault.kind
            };
            let message = format!("no credentials from {source}: {}", fault.message);
            return Self::new(kind, message);
        }
        if let Some(own) = links().find_map(|link| link.downcast_ref::<Self>()) {
            return own.clone();
        }
        let text = chain_text(error);
        let mut failure = if EXPIRED_WORDS.iter().any(|words| text.contains(words)) {
            let message = format!("the session has ended that {source} needs");
            Self::new(ErrorKind::ExpiredCredentials, message)
        } else {
            let message = format!("no credentials from {source}");
            Self::new(ErrorKind::NoCredentials, message)
        };
        failure.detail = Some(text);
        failure
    }

    pub(super) fn new(kind: ErrorKind, message: String) -> Self {
        Self {
            kind,
            message,
            detail: None,
        }
    }

    /// The error of the call that needed the credentials.
    pub(super) fn explained(&self, operation: &str) -> ServiceError {
        let details = self.detail.iter().map(|detail| ErrorDetail {
            code: None,
            message: Some(detail.clone()),
        });
        ServiceError {
            details: details.collect(),
            ..ServiceError::local(operation, self.kind, self.message.clone())
        }
    }
}
