//! The outcome of one attempt of a change; an attempt that surely had no effect may be repeated.

use std::error::Error;
use std::time::Duration;

use aws_sdk_greengrass::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::explain::{explain, may_pass};
use crate::domain::{Certainty, ErrorKind, ServiceError};

/// The first pause before another attempt or a look for an effect. It doubles each time.
pub(super) const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The outcome of one attempt.
pub(super) enum Attempt<T> {
    Ended(Result<T, ServiceError>),
    /// The request never reached a server, and the next one may.
    NotSent(ServiceError),
    /// The service itself throttled the request.
    Throttled(ServiceError),
}

impl<T> Attempt<T> {
    /// A certificate that is not trusted or a proxy that asks for a password does not pass with time.
    pub(super) fn failed<E: Error + 'static>(
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
            return Self::Ended(Err(explained));
        }
        if is_certain && may_pass(error) {
            Self::NotSent(explained)
        } else {
            Self::Ended(Err(explained))
        }
    }
}
