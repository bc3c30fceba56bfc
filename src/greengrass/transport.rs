//! The layer between the SDK and the network: paces, guards, limits and reports every attempt.

mod pacing;
mod tag;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector,
    http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::Instant;

pub(super) use tag::{ATTEMPT, CallTag, CountedAttempt, Tagging};

use super::answer::{self, AnsweredBy};
use super::attempt_failure::{self, AttemptFailure};
use super::options::{CallObserver, ClientOptions};
use crate::domain::{CallAttempt, CallEnd, CallOutcome, CallRecord, ErrorKind};
use pacing::Pacer;

/// The state shared by all attempts of one client.
#[derive(Debug)]
pub(super) struct ClientTraffic {
    pacer: Pacer,
    observer: Option<CallObserver>,
    read_only: bool,
    response_limit: usize,
    attempt_timeout: Duration,
    attempts: AtomicU64,
}

impl ClientTraffic {
    pub(super) fn new(options: &ClientOptions) -> Arc<Self> {
        Arc::new(Self {
            pacer: Pacer::new(options.requests_per_second, options.burst),
            observer: options.observer.clone(),
            read_only: options.read_only,
            response_limit: options.response_limit,
            attempt_timeout: options.timeouts.attempt,
            attempts: AtomicU64::new(0),
        })
    }

    /// Waits until the request rate allows one more request.
    pub(super) async fn turn(&self) {
        self.pacer.turn().await;
    }

    fn report(&self, record: CallRecord) {
        if let Some(observer) = &self.observer {
            // A closed channel is not an error.
            let _ = observer.send(record);
        }
    }

    /// In read-only mode only reads pass. STS and the sources of credentials change nothing.
    fn refuses(&self, request: &HttpRequest, tag: &CallTag) -> bool {
        self.read_only && request.method() != "GET" && !tag.changes_nothing()
    }

    /// Reports the start of an attempt; the returned value reports its end.
    pub(super) fn running(self: &Arc<Self>, tag: &CallTag) -> Running {
        let attempt = CallAttempt {
            number: self.attempts.fetch_add(1, Ordering::Relaxed) + 1,
            operation: tag.operation.clone(),
            attempt: tag.attempt,
            attempts: tag.attempts,
            is_unscheduled: tag.is_unscheduled(),
        };
        self.report(CallRecord::Sent(attempt.clone()));
        Running {
            traffic: Arc::clone(self),
            attempt: Some(attempt),
            started: Instant::now(),
        }
    }

    async fn carry_out(
        self: Arc<Self>,
        inner: SharedHttpConnector,
        request: HttpRequest,
        tag: CallTag,
    ) -> Result<HttpResponse, ConnectorError> {
        if self.refuses(&request, &tag) {
            return Err(AttemptFailure::read_only().into_connector_error());
        }
        if tag.is_retry {
            self.turn().await;
        }
        let running = self.running(&tag);
        let host = attempt_failure::host(request.uri());
        let exchange = exchange(&inner, request, self.response_limit, &running);
        let limit = self.attempt_timeout;
        let result = match tokio::time::timeout(limit, exchange).await {
            Ok(result) => result,
            Err(_) => Err(AttemptFailure::no_answer_within(limit, &host)),
        };
        running.end(&tag.operation, result.as_ref());
        result.map_err(AttemptFailure::into_connector_error)
    }
}

async fn exchange(
    inner: &SharedHttpConnector,
    request: HttpRequest,
    limit: usize,
    running: &Running,
) -> Result<HttpResponse, AttemptFailure> {
    let uri = request.uri().to_owned();
    let mut response = inner
        .call(request)
        .await
        .map_err(|error| AttemptFailure::without_answer(&error, &uri, None))?;
    running.answering();
    let announced = response
        .headers()
        .get("content-length")
        .and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(AttemptFailure::too_large(limit));
    }
    let body = std::mem::replace(response.body_mut(), SdkBody::taken());
    let bytes = match Limited::new(body, limit).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            return Err(AttemptFailure::too_large(limit));
        }
        Err(error) => {
            let host = attempt_failure::host(&uri);
            return Err(AttemptFailure::cut_short(&*error, &host));
        }
    };
    *response.body_mut() = SdkBody::from(bytes);
    response.add_extension(AnsweredBy(uri));
    Ok(response)
}

/// A running attempt. If it is dropped, it is reported as abandoned.
pub(super) struct Running {
    traffic: Arc<ClientTraffic>,
    attempt: Option<CallAttempt>,
    started: Instant,
}

impl Running {
    fn answering(&self) {
        if let Some(attempt) = &self.attempt {
            self.traffic.report(CallRecord::Answering(attempt.clone()));
        }
    }

    fn end(mut self, operation: &str, result: Result<&HttpResponse, &AttemptFailure>) {
        let outcome = match result {
            Ok(response) if response.status().is_success() => CallOutcome::Answered,
            Ok(response) => CallOutcome::Failed(answer::refusal(operation, response, None).kind),
            Err(fault) => CallOutcome::Failed(fault.kind),
        };
        let status = result.ok().map(|response| response.status().as_u16());
        self.report(status, result.ok().and_then(answer::request_id), outcome);
    }

    /// Ends the attempt of a command that fetches credentials.
    pub(super) fn end_of_process(mut self, is_success: bool) {
        let outcome = if is_success {
            CallOutcome::Answered
        } else {
            CallOutcome::Failed(ErrorKind::NoCredentials)
        };
        self.report(None, None, outcome);
    }

    fn report(&mut self, status: Option<u16>, request_id: Option<String>, outcome: CallOutcome) {
        if let Some(attempt) = self.attempt.take() {
            let end = CallEnd {
                duration: self.started.elapsed(),
                status,
                request_id,
                outcome,
            };
            self.traffic.report(CallRecord::Ended(attempt, end));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.report(None, None, CallOutcome::Abandoned);
    }
}

/// An HTTP client for the SDK that sends everything through `traffic`.
///
/// The requests for credentials come from the SDK's own providers, and no tag names them.
pub(super) fn metered(
    inner: SharedHttpClient,
    traffic: Arc<ClientTraffic>,
    is_for_credentials: bool,
) -> SharedHttpClient {
    http_client_fn(move |settings, components| {
        SharedHttpConnector::new(MeteredConnector {
            inner: inner.http_connector(settings, components),
            traffic: Arc::clone(&traffic),
            is_for_credentials,
        })
    })
}

#[derive(Debug)]
struct MeteredConnector {
    inner: SharedHttpConnector,
    traffic: Arc<ClientTraffic>,
    is_for_credentials: bool,
}

impl HttpConnector for MeteredConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let tag = if self.is_for_credentials {
            CallTag::of_credentials(&request)
        } else {
            request.extension::<CallTag>().cloned().unwrap_or_default()
        };
        let traffic = Arc::clone(&self.traffic);
        HttpConnectorFuture::new(traffic.carry_out(self.inner.clone(), request, tag))
    }
}
