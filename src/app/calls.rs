//! The log of calls: every attempt on the wire, newest last.

use std::collections::VecDeque;

use crate::domain::{CallAttempt, CallEnd, CallRecord, Timestamp};

/// Older attempts are forgotten on the screen; the log file keeps them.
const MOST_CALLS: usize = 500;

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub at: Timestamp,
    pub attempt: CallAttempt,
    /// Absent while it runs.
    pub end: Option<CallEnd>,
}

/// The latest attempts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallLog {
    calls: VecDeque<Call>,
    waiting: usize,
}

impl CallLog {
    /// Notes what happened to an attempt.
    pub fn observe(&mut self, record: CallRecord, now: Timestamp) {
        match record {
            CallRecord::Waiting { waiting, .. } => self.waiting = waiting,
            CallRecord::Sent(attempt) => {
                self.waiting = self.waiting.saturating_sub(1);
                if self.calls.len() == MOST_CALLS {
                    self.calls.pop_front();
                }
                self.calls.push_back(Call {
                    at: now,
                    attempt,
                    end: None,
                });
            }
            CallRecord::Ended(attempt, end) => {
                let known = self
                    .calls
                    .iter_mut()
                    .rev()
                    .find(|call| call.attempt.number == attempt.number);
                if let Some(call) = known {
                    call.end = Some(end);
                }
            }
        }
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Call> + ExactSizeIterator {
        self.calls.iter()
    }

    /// Requests that wait for their turn under the request rate.
    pub const fn waiting(&self) -> usize {
        self.waiting
    }

    /// The newest running attempt that is not the first of its call.
    pub fn repeating(&self) -> Option<&CallAttempt> {
        let running = self.calls.iter().rev().filter(|call| call.end.is_none());
        running
            .map(|call| &call.attempt)
            .find(|attempt| attempt.attempt > 1)
    }
}
