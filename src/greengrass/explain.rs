//! From the SDK's errors to [`ServiceError`]: everything the service said, what it means, what is certain.
//!
//! The service's codes are richer than its model, so nothing here looks at modelled variants.

mod answer;
mod credentials;

use std::error::Error;
use std::io;

use aws_sdk_greengrass::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::transport::Fault;
use crate::domain::{Certainty, ServiceError, Trouble};

pub(super) use answer::{refusal, request_id};

/// What the SDK's error for `operation` says, as data.
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
        SdkError::ConstructionFailure(_) => {
            without_answer(operation, error, Certainty::NotExecuted)
        }
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | _ => {
            without_answer(operation, error, Certainty::Unknown)
        }
    }
}

/// An error without an answer, explained by the first link of its chain that says something of ours.
///
/// `certainty` holds where no link knows better.
fn without_answer(
    operation: &str,
    error: &(dyn Error + 'static),
    certainty: Certainty,
) -> ServiceError {
    for link in chain(error) {
        if let Some(fault) = link.downcast_ref::<Fault>() {
            let mut explained =
                ServiceError::local(operation, fault.trouble, fault.message.clone());
            explained.certainty = fault.certainty;
            explained.is_transient = fault.may_pass();
            return explained;
        }
        if let Some(explained) = credentials::explained(operation, link) {
            return explained;
        }
    }
    let text = error.source().map_or_else(|| error.to_string(), chain_text);
    let trouble = match certainty {
        Certainty::NotExecuted => Trouble::Refused,
        Certainty::Unknown => Trouble::NoAnswer,
    };
    let mut explained = ServiceError::local(operation, trouble, text);
    explained.certainty = certainty;
    explained.is_transient = trouble == Trouble::NoAnswer;
    explained
}

/// True where another attempt may do better, as far as the transport can tell.
pub(super) fn may_pass(error: &(dyn Error + 'static)) -> bool {
    chain(error)
        .filter_map(|link| link.downcast_ref::<Fault>())
        .any(Fault::may_pass)
}

/// An error and all that caused it.
///
/// `io::Error::source` skips the error that it carries, so that one is asked for by name.
pub(super) fn chain<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>() {
            Some(carrier) => carrier
                .get_ref()
                .map(|carried| carried as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

/// What every link of the chain says, each thing once.
pub(super) fn chain_text(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for link in chain(error) {
        let said = link.to_string();
        if text.contains(&said) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&said);
    }
    text
}
