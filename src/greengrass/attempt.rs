//! How one attempt ended to change something: what surely had no effect may be sent again.

use std::error::Error;
use std::time::Duration;

use aws_sdk_greengrass::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::explain::{explain, may_pass};
use crate::domain::{Certainty, ErrorKind, ServiceError};

/// The first pause before another attempt, or before a look for an effect. Each next pause is twice as long.
pub(super) const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// How one attempt ended.
pub(super) enum Attempt<T> {
    Ended(Result<T, ServiceError>),
    /// It never reached a server, and the next one may.
    NotSent(ServiceError),
    /// The service itself says that it throttled it.
    Throttled(ServiceError),
}

impl<T> Attempt<T> {
    /// Neither a certificate that is not trusted nor a proxy that wants a password passes by itself.
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
            // Without the service's own code anything on the way may have sent it.
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
