//! Attempts that brought no whole answer: what happened, and whether the request may have been carried out.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use aws_smithy_runtime_api::client::result::ConnectorError;
use hyper_util::client::legacy::Error as HyperClientError;

use crate::domain::{Certainty, Trouble};
use crate::greengrass::explain::{chain, chain_text};

/// Why an attempt brought no whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::greengrass) struct Fault {
    pub(in crate::greengrass) trouble: Trouble,
    pub(in crate::greengrass) certainty: Certainty,
    pub(in crate::greengrass) message: String,
    may_pass: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for Fault {}

impl Fault {
    /// Whether another attempt may do better.
    pub(in crate::greengrass) const fn may_pass(&self) -> bool {
        self.may_pass
    }

    fn unsent(trouble: Trouble, message: impl Into<String>) -> Self {
        Self {
            trouble,
            certainty: Certainty::NotExecuted,
            message: message.into(),
            may_pass: false,
        }
    }

    fn doubtful(trouble: Trouble, message: impl Into<String>) -> Self {
        Self {
            trouble,
            certainty: Certainty::Unknown,
            message: message.into(),
            may_pass: trouble == Trouble::NoAnswer,
        }
    }

    pub(super) fn read_only() -> Self {
        Self::unsent(
            Trouble::ReadOnly,
            "nothing was sent: the program was started with --read-only",
        )
    }

    pub(super) fn too_large(limit: usize) -> Self {
        let message = format!("the answer is larger than {} MiB", limit >> 20);
        Self::doubtful(Trouble::TooLarge, message)
    }

    pub(super) fn no_answer_within(limit: Duration, host: &str) -> (Self, Option<ConnectorError>) {
        let message = format!("no whole answer from {host} within {} s", limit.as_secs());
        let cause = ConnectorError::timeout(message.clone().into());
        (Self::doubtful(Trouble::NoAnswer, message), Some(cause))
    }

    pub(super) fn cut_short(error: &(dyn Error + 'static), host: &str) -> Self {
        Self::doubtful(
            Trouble::NoAnswer,
            format!("the answer of {host} broke off: {}", chain_text(error)),
        )
    }

    /// Reads what the connector says of a request that was not answered.
    pub(super) fn without_answer(error: &ConnectorError, host: &str) -> Self {
        let text = error.source().map_or_else(|| error.to_string(), chain_text);
        if error.is_user() {
            return Self::unsent(
                Trouble::Refused,
                format!("no such request can be sent: {text}"),
            );
        }
        if !never_connected(error) {
            return Self::doubtful(Trouble::NoAnswer, format!("{host} did not answer: {text}"));
        }
        if is_unknown_name(&text) && is_of_aws(host) {
            let message = format!("there is no host {host}: {text}");
            return Self::unsent(Trouble::NotServed, message);
        }
        let message = format!("cannot connect to {host}: {text}");
        if text.contains("invalid peer certificate") {
            let advice = "a private certificate authority is trusted through AWS_CA_BUNDLE";
            return Self::unsent(Trouble::Unreachable, format!("{message}; {advice}"));
        }
        Self {
            may_pass: true,
            ..Self::unsent(Trouble::Unreachable, message)
        }
    }

    /// The error that the SDK sees; `cause` keeps its kind, by which the SDK decides on another attempt.
    pub(super) fn into_connector_error(self, cause: Option<&ConnectorError>) -> ConnectorError {
        match cause {
            _ if !self.may_pass => ConnectorError::user(self.into()),
            Some(error) if error.is_timeout() => ConnectorError::timeout(self.into()),
            Some(_) | None => ConnectorError::io(self.into()),
        }
    }
}

/// True where the request cannot have left this machine: no connection came about.
fn never_connected(error: &ConnectorError) -> bool {
    chain(error).any(|link| {
        link.downcast_ref::<HyperClientError>()
            .is_some_and(HyperClientError::is_connect)
            || link
                .downcast_ref::<io::Error>()
                .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
    })
}

/// A name that does not exist, as against a resolver that is not there.
fn is_unknown_name(text: &str) -> bool {
    text.contains("dns error") && !text.contains("emporary failure")
}

fn is_of_aws(host: &str) -> bool {
    host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn")
}

/// The host of a request's address, without its port.
pub(super) fn host(uri: &str) -> String {
    uri.parse::<hyper::Uri>()
        .ok()
        .and_then(|uri| uri.host().map(str::to_owned))
        .unwrap_or_else(|| "the endpoint".to_owned())
}
