//! Records of the program's own calls: each attempt, its wait and its end.

use std::time::Duration;

use super::service_error::ErrorKind;

/// One attempt of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallAttempt {
    /// The number of this attempt in the client, from 1; it connects the end of an attempt to its start.
    pub number: u64,
    /// The API operation: `ListGroups`.
    pub operation: String,
    /// From 1.
    pub attempt: u32,
    /// The maximum number of attempts of this call.
    pub attempts: u32,
    /// A change sent this request to Greengrass itself, without the scheduler of the reads.
    pub is_unscheduled: bool,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallEnd {
    /// The time from sending to the end of the response.
    pub duration: Duration,
    /// The HTTP status; `None` without a response.
    pub status: Option<u16>,
    pub request_id: Option<String>,
    pub outcome: CallOutcome,
}

/// The outcome of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallOutcome {
    /// The call succeeded.
    Answered,
    /// The call failed; another attempt may follow.
    Failed(ErrorKind),
    /// The caller cancelled the call.
    Abandoned,
}

/// An event of a running call, in order. The receiver adds the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallRecord {
    /// An attempt was sent.
    Sent(CallAttempt),
    /// The head of the response has arrived, the rest not yet.
    Answering(CallAttempt),
    /// An attempt ended.
    Ended(CallAttempt, CallEnd),
}
