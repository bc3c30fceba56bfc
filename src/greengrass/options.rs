//! How a client behaves: its pace, its timeouts, its limits and its observer.

use std::time::Duration;

use aws_sdk_greengrass::config::retry::RetryConfig;
use aws_sdk_greengrass::config::timeout::TimeoutConfig;
use tokio::sync::mpsc::UnboundedSender;

use crate::domain::CallRecord;

/// How often one call is tried at most, the first time included.
pub(super) const MAX_ATTEMPTS: u32 = 5;

/// Where a client reports its running calls. A dropped receiver is not an error.
pub type CallObserver = UnboundedSender<CallRecord>;

/// How long a client waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until there is a connection, TLS included.
    pub connect: Duration,
    /// From sending a request until the first byte of the answer.
    pub read: Duration,
    /// One attempt, until the complete answer has arrived.
    pub attempt: Duration,
    /// One call with all its attempts.
    pub operation: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(20),
            attempt: Duration::from_secs(30),
            operation: Duration::from_mins(2),
        }
    }
}

/// How a client behaves.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Requests that would change something are refused before they are sent.
    pub read_only: bool,
    /// The sustained rate of requests, retries included; infinite for no limit. The account's quota is 30.
    pub requests_per_second: f64,
    /// How many requests may go out at once after a pause.
    pub burst: u32,
    pub timeouts: Timeouts,
    /// How often one read is tried at most, the first time included.
    pub max_attempts: u32,
    /// Larger answers are refused, in bytes.
    pub response_limit: usize,
    pub observer: Option<CallObserver>,
    /// The client retries its reads. False if the caller does, which knows what is urgent: then those whose attempts it
    /// counts are not paced either.
    pub schedules_reads: bool,
}

impl Default for ClientOptions {
    /// A third of what the service allows an account (AWS General Reference, quotas: 30 a second), because the
    /// devices share it; the burst is the first questions of a session and the seven contents.
    fn default() -> Self {
        Self {
            read_only: false,
            requests_per_second: 10.0,
            burst: 20,
            timeouts: Timeouts::default(),
            max_attempts: MAX_ATTEMPTS,
            response_limit: 16 * 1024 * 1024,
            observer: None,
            schedules_reads: true,
        }
    }
}

impl ClientOptions {
    /// The transport keeps the limit of an attempt, so that waiting for a turn does not count.
    pub(super) fn timeout_config(&self) -> TimeoutConfig {
        TimeoutConfig::builder()
            .connect_timeout(self.timeouts.connect)
            .read_timeout(self.timeouts.read)
            .operation_timeout(self.timeouts.operation)
            .build()
    }

    /// How the SDK retries reads. Its adaptive mode is not used: it holds a retry for up to 20 s.
    pub(super) fn retry_config(&self) -> RetryConfig {
        if self.schedules_reads {
            RetryConfig::standard().with_max_attempts(self.max_attempts.max(1))
        } else {
            RetryConfig::disabled()
        }
    }
}
