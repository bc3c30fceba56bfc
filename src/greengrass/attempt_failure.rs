//! Attempts without a complete response: the cause, and whether the service may have carried out the request.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use aws_smithy_runtime_api::client::result::ConnectorError;
use hyper::Uri;
use hyper_util::client::legacy::Error as HyperClientError;

use super::error_chain::{chain, chain_text};
use super::tls_advice;
use crate::domain::{Certainty, ErrorKind};

/// The reason why an attempt had no complete response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(super) struct AttemptFailure {
    pub(super) kind: ErrorKind,
    pub(super) certainty: Certainty,
    pub(super) message: String,
    /// Another attempt may succeed.
    pub(super) may_pass: bool,
    is_timeout: bool,
}

impl AttemptFailure {
    fn unsent(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            certainty: Certainty::NotExecuted,
            message: message.into(),
            may_pass: false,
            is_timeout: false,
        }
    }

    fn doubtful(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            certainty: Certainty::Unknown,
            message: message.into(),
            may_pass: kind == ErrorKind::NoAnswer,
            is_timeout: false,
        }
    }

    /// A setting prevents sending any request.
    pub(super) fn unsendable(message: impl Into<String>) -> Self {
        Self::unsent(ErrorKind::NotSent, message)
    }

    pub(super) fn read_only() -> Self {
        Self::unsent(
            ErrorKind::ReadOnly,
            "nothing was sent: the program was started with --read-only",
        )
    }

    pub(super) fn too_large(limit: usize) -> Self {
        let message = format!("the answer is larger than {} MiB", limit >> 20);
        Self::doubtful(ErrorKind::TooLarge, message)
    }

    pub(super) fn no_answer_within(limit: Duration, host: &str) -> Self {
        let seconds = limit.as_secs();
        let message = format!("no complete answer from {host} within {seconds} s");
        Self {
            is_timeout: true,
            ..Self::doubtful(ErrorKind::NoAnswer, message)
        }
    }

    pub(super) fn cut_short(error: &(dyn Error + 'static), host: &str) -> Self {
        Self::doubtful(
            ErrorKind::NoAnswer,
            format!("the answer of {host} broke off: {}", chain_text(error)),
        )
    }

    /// Explains the connector's error for a request without a response, sent directly or through `proxy`.
    pub(super) fn without_answer(
        error: &ConnectorError,
        uri: &str,
        proxy: Option<&dyn fmt::Display>,
    ) -> Self {
        match chain(error).find_map(|link| link.downcast_ref::<Self>()) {
            Some(own) => own.clone(),
            None => Self {
                is_timeout: error.is_timeout(),
                ..Self::of_connector(error, uri, proxy)
            },
        }
    }

    fn of_connector(error: &ConnectorError, uri: &str, proxy: Option<&dyn fmt::Display>) -> Self {
        let host = host(uri);
        let cause = error.source().filter(|_| proxy.is_none());
        let text = chain_text(cause.unwrap_or(error));
        if error.is_user() {
            return Self::unsendable(format!("the request cannot be sent: {text}"));
        }
        if let Some(message) = tls_advice::wrong_scheme(&text, &host) {
            return Self::unsent(ErrorKind::Unreachable, message);
        }
        if !never_connected(error) {
            let message = format!("{host} did not answer: {text}");
            return Self::doubtful(ErrorKind::NoAnswer, message);
        }
        if let Some(proxy) = proxy
            && !text.contains("invalid peer certificate")
        {
            return Self::through_proxy(proxy, &host, &text);
        }
        if is_unknown_name(&text) && is_of_aws(uri) {
            let message = format!("there is no host {host}: {text}");
            return Self::unsent(ErrorKind::NotServed, message);
        }
        let message = format!("cannot connect to {host}: {text}");
        if let Some(advice) = tls_advice::certificate(&text, uri) {
            return Self::unsent(ErrorKind::Unreachable, format!("{message}; {advice}"));
        }
        Self {
            may_pass: true,
            ..Self::unsent(ErrorKind::Unreachable, message)
        }
    }

    /// The request did not reach the endpoint, so the message is about the proxy.
    fn through_proxy(proxy: &dyn fmt::Display, host: &str, text: &str) -> Self {
        let wants_password = text.contains("proxy authorization required")
            || text.contains("proxy authentication required")
            || text.contains("407");
        let message = if wants_password {
            format!("{proxy} asks for a user name and password (407), on the way to {host}")
        } else if is_unknown_name(text) {
            format!("{proxy} has no such host: {text}")
        } else {
            format!("cannot connect to {host} through {proxy}: {text}")
        };
        Self {
            may_pass: !wants_password,
            ..Self::unsent(ErrorKind::Unreachable, message)
        }
    }

    /// The error that the SDK sees; by its kind the SDK decides on another attempt.
    pub(super) fn into_connector_error(self) -> ConnectorError {
        let of_kind = match (self.may_pass, self.is_timeout) {
            (false, _) => ConnectorError::user,
            (true, true) => ConnectorError::timeout,
            (true, false) => ConnectorError::io,
        };
        of_kind(self.into())
    }
}

/// True if there was no connection, so the request cannot have left this machine.
fn never_connected(error: &ConnectorError) -> bool {
    chain(error).any(|link| {
        link.downcast_ref::<HyperClientError>()
            .is_some_and(HyperClientError::is_connect)
            || link
                .downcast_ref::<io::Error>()
                .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
    })
}

/// True for a name that does not exist, false for a resolver that does not respond.
fn is_unknown_name(text: &str) -> bool {
    text.contains("dns error") && !text.contains("emporary failure")
}

/// True for a URL whose host is one of AWS's.
pub(super) fn is_of_aws(uri: &str) -> bool {
    let uri: Uri = uri.parse().unwrap_or_default();
    uri.host()
        .is_some_and(|host| host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn"))
}

/// The host of a request's address, with the port unless it is the scheme's default.
pub(super) fn host(uri: &str) -> String {
    let uri: Uri = uri.parse().unwrap_or_default();
    match uri.authority() {
        Some(authority) => authority.to_string(),
        None => "the endpoint".to_owned(),
    }
}
