//! One attempt of a change that failed; an attempt that surely had no effect may be repeated.

use std::error::Error;
use std::time::Duration;

use aws_sdk_greengrass::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::client::unreadable;
use super::explain::explain;
use crate::domain::{Certainty, ErrorKind, ServiceError};

/// The first pause before another attempt or a look for an effect. It doubles each time.
pub(super) const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The error of one attempt.
pub(super) enum FailedAttempt {
    /// Another attempt would not help, or might repeat the effect.
    Final(ServiceError),
    /// The request never reached a server, and the next one may.
    NotSent(ServiceError),
    /// The service itself throttled the request.
    Throttled(ServiceError),
}

impl FailedAttempt {
    /// A certificate that is not trusted or a proxy that asks for a password does not pass with time.
    pub(super) fn of<E: Error + 'static>(
        operation: &str,
        error: &SdkError<E, HttpResponse>,
    ) -> Self {
        let mut explained = explain(operation, error);
        let is_certain = explained.certainty == Certainty::NotExecuted;
        if explained.kind == ErrorKind::Throttled {
            if is_certain && explained.code.is_some() {
                return Self::Throttled(explained);
            }
            // Without the service's own code, any server on the way may have sent it.
            explained.certainty = Certainty::Unknown;
            return Self::Final(explained);
        }
        // Without a response, only the network can be the transient cause.
        if is_certain && explained.status.is_none() && explained.is_transient {
            Self::NotSent(explained)
        } else {
            Self::Final(explained)
        }
    }
}

/// The error of a response that does not prove the effect of a change.
pub(super) fn unproven(operation: &str, message: impl Into<String>) -> ServiceError {
    let mut error = unreadable(operation, message);
    error.certainty = Certainty::Unknown;
    error
}
