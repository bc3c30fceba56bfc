//! Converts the SDK's errors to [`ServiceError`]: the full response, its kind, and its certainty.
//!
//! The service's codes are richer than its model, so nothing here looks at modelled variants.

use std::error::Error;

use aws_sdk_greengrass::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::answer::refusal;
use super::attempt_failure::AttemptFailure;
use super::credentials_failure::CredentialsFailure;
use super::error_chain::{chain, chain_text};
use crate::domain::{Certainty, ErrorKind, ServiceError};

/// Converts the SDK's error for `operation`.
pub(super) fn explain<E>(operation: &str, error: &SdkError<E, HttpResponse>) -> ServiceError
where
    E: Error + 'static,
{
    match error {
        SdkError::ServiceError(context) => {
            refusal(operation, context.raw(), Some(&chain_text(context.err())))
        }
        SdkError::ResponseError(context) => {
            let failure = error.source().map(chain_text);
            refusal(operation, context.raw(), failure.as_deref())
        }
        // All errors of the transport are [`AttemptFailure`]s; without one, the SDK sent nothing.
        SdkError::ConstructionFailure(_) | SdkError::DispatchFailure(_) => {
            without_answer(operation, error, Certainty::NotExecuted)
        }
        SdkError::TimeoutError(_) | _ => without_answer(operation, error, Certainty::Unknown),
    }
}

/// An error without a response, explained by the first link that the transport created.
///
/// `certainty` is the default if no link knows it.
fn without_answer(
    operation: &str,
    error: &(dyn Error + 'static),
    certainty: Certainty,
) -> ServiceError {
    for link in chain(error) {
        if let Some(fault) = link.downcast_ref::<AttemptFailure>() {
            let mut explained = ServiceError::local(operation, fault.kind, fault.message.clone());
            explained.certainty = fault.certainty;
            explained.is_transient = fault.may_pass;
            return explained;
        }
        if let Some(failure) = link.downcast_ref::<CredentialsFailure>() {
            return failure.explained(operation);
        }
    }
    let text = error.source().map_or_else(|| error.to_string(), chain_text);
    let kind = match certainty {
        Certainty::NotExecuted => ErrorKind::NotSent,
        Certainty::Unknown => ErrorKind::NoAnswer,
    };
    let mut explained = ServiceError::local(operation, kind, text);
    explained.certainty = certainty;
    explained.is_transient = kind == ErrorKind::NoAnswer;
    explained
}
