//! What the program tells of its own calls while they run: each attempt, its wait and its end.

use std::time::Duration;

use super::service_error::Trouble;

/// One attempt of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallAttempt {
    /// Counts the attempts of one client from 1: ties the end of an attempt to its start.
    pub number: u64,
    /// The API's name for the call: `ListGroups`.
    pub operation: String,
    /// From 1.
    pub attempt: u32,
    /// The most attempts that this call is given.
    pub attempts: u32,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallEnd {
    /// From sending until the whole answer was there.
    pub duration: Duration,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    pub request_id: Option<String>,
    pub outcome: CallOutcome,
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallOutcome {
    /// The service did what was asked.
    Answered,
    /// It failed; another attempt may follow.
    Failed(Trouble),
    /// Nobody waits for the answer any longer.
    Abandoned,
}

/// A fact about a running call, in the order in which they happen. The receiver adds the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallRecord {
    /// An attempt goes out.
    Sent(CallAttempt),
    /// An attempt is over.
    Ended(CallAttempt, CallEnd),
}
