//! How a client behaves: its pace, its timeouts, its limits and its observer.

use std::time::Duration;

use aws_sdk_greengrass::config::retry::RetryConfig;
use aws_sdk_greengrass::config::timeout::TimeoutConfig;
use tokio::sync::mpsc::UnboundedSender;

use crate::domain::CallRecord;

/// The maximum number of attempts of one call, including the first.
pub(super) const MAX_ATTEMPTS: u32 = 5;

/// The channel for reports of running calls. A dropped receiver is not an error.
pub type CallObserver = UnboundedSender<CallRecord>;

/// The timeouts of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the connection is open, TLS included.
    pub connect: Duration,
    /// From sending a request until the first byte of the response.
    pub read: Duration,
    /// One attempt, until the complete response has arrived.
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

/// The behaviour of a client.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Requests that would change something are refused before they are sent.
    pub read_only: bool,
    /// The sustained rate of requests, retries included; infinite for no limit. The account's quota is 30.
    pub requests_per_second: f64,
    /// The number of requests that may be sent at once after a pause.
    pub burst: u32,
    pub timeouts: Timeouts,
    /// The maximum number of attempts of one read, including the first.
    pub max_attempts: u32,
    /// The maximum size of a response in bytes.
    pub response_limit: usize,
    pub observer: Option<CallObserver>,
    /// The client retries its reads itself. False if the caller retries them, because it knows their urgency.
    /// Calls whose attempts the caller counts are then not paced either.
    pub schedules_reads: bool,
}

impl Default for ClientOptions {
    /// A third of the account's quota (AWS General Reference, quotas: 30 a second), because the devices share
    /// it. The burst covers the first reads of a session and the seven contents.
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
    /// The transport enforces the timeout of an attempt, so that the wait for a turn does not count.
    pub(super) fn timeout_config(&self) -> TimeoutConfig {
        TimeoutConfig::builder()
            .connect_timeout(self.timeouts.connect)
            .read_timeout(self.timeouts.read)
            .operation_timeout(self.timeouts.operation)
            .build()
    }

    /// The SDK's retries of reads. Its adaptive mode is not used, because it delays a retry for up to 20 s.
    pub(super) fn retry_config(&self) -> RetryConfig {
        if self.schedules_reads {
            RetryConfig::standard().with_max_attempts(self.max_attempts.max(1))
        } else {
            RetryConfig::disabled()
        }
    }
}
