//! The log of calls: every attempt, newest last.

use std::collections::VecDeque;

use crate::domain::{CallAttempt, CallEnd, CallOutcome, CallRecord, ErrorKind, Timestamp};

/// The maximum number of attempts in memory; the log file keeps all.
const MAX_CALLS: usize = 500;

/// A response that takes longer than this is reported.
const LONG_SECONDS: i64 = 3;

/// Retries count as one call if the next attempt starts within this time.
const NEXT_WITHIN_SECONDS: i64 = 30;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub at: Timestamp,
    pub attempt: CallAttempt,
    /// When the head of the response arrived.
    pub answering: Option<Timestamp>,
    /// `None` while it runs.
    pub end: Option<CallEnd>,
}

/// The latest attempts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallLog {
    calls: VecDeque<Call>,
}

impl CallLog {
    pub fn observe(&mut self, record: CallRecord, now: Timestamp) {
        match record {
            CallRecord::Sent(attempt) => {
                if self.calls.len() == MAX_CALLS {
                    self.calls.pop_front();
                }
                self.calls.push_back(Call {
                    at: now,
                    attempt,
                    answering: None,
                    end: None,
                });
            }
            CallRecord::Answering(attempt) => {
                if let Some(call) = self.call_of(&attempt) {
                    call.answering = Some(now);
                }
            }
            CallRecord::Ended(attempt, end) => {
                if let Some(call) = self.call_of(&attempt) {
                    call.end = Some(end);
                }
            }
        }
    }

    fn call_of(&mut self, attempt: &CallAttempt) -> Option<&mut Call> {
        let mut calls = self.calls.iter_mut();
        calls.rfind(|call| call.attempt.number == attempt.number)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Call> + ExactSizeIterator {
        self.calls.iter()
    }

    /// The call to report: one that is retried, or one without a response for long.
    pub fn retrying_call(&self, now: Timestamp) -> Option<RetryingCall<'_>> {
        self.repeated(now, |_| true)
            .or_else(|| self.silent(now, |_| true))
    }

    /// The same for one operation.
    pub fn retrying_call_of(&self, operation: &str, now: Timestamp) -> Option<RetryingCall<'_>> {
        let is_meant = |call: &Call| call.attempt.operation == operation;
        self.repeated(now, is_meant)
            .or_else(|| self.silent(now, is_meant))
    }

    /// The newest failed call that is retried, also during its pause.
    fn repeated(
        &self,
        now: Timestamp,
        is_meant: impl Fn(&Call) -> bool,
    ) -> Option<RetryingCall<'_>> {
        let mut begun: Vec<(&str, u32)> = Vec::new();
        for call in self.calls.iter().rev().filter(|call| is_meant(call)) {
            let attempt = &call.attempt;
            let next = (attempt.operation.as_str(), attempt.attempt + 1);
            match call.end.as_ref().map(|end| end.outcome) {
                None if attempt.attempt > 1 => {
                    let kind = self.kind_before(attempt);
                    return Some(RetryingCall {
                        silent_seconds: now.seconds_since(call.at),
                        ..RetryingCall::of(call, attempt.attempt, kind)
                    });
                }
                Some(CallOutcome::Failed(kind)) => {
                    match begun.iter().position(|&one| one == next) {
                        Some(place) => drop(begun.swap_remove(place)),
                        None if is_tried_again(&attempt.operation, kind)
                            && attempt.attempt < attempt.attempts
                            && call.seconds_since_end(now) < NEXT_WITHIN_SECONDS =>
                        {
                            return Some(RetryingCall::of(call, next.1, Some(kind)));
                        }
                        None => {}
                    }
                }
                None | Some(CallOutcome::Answered | CallOutcome::Abandoned) => {}
            }
            if attempt.attempt > 1 {
                begun.push((&attempt.operation, attempt.attempt));
            }
        }
        None
    }

    /// The error of the attempt before this one.
    fn kind_before(&self, attempt: &CallAttempt) -> Option<ErrorKind> {
        let is_before = |call: &&Call| {
            call.attempt.operation == attempt.operation
                && call.attempt.attempt + 1 == attempt.attempt
        };
        let before = self.calls.iter().rfind(is_before)?;
        match before.end.as_ref()?.outcome {
            CallOutcome::Failed(kind) => Some(kind),
            CallOutcome::Answered | CallOutcome::Abandoned => None,
        }
    }

    /// The oldest running call, if it has lasted for long.
    fn silent(&self, now: Timestamp, is_meant: impl Fn(&Call) -> bool) -> Option<RetryingCall<'_>> {
        let is_running = |call: &&Call| call.end.is_none() && is_meant(call);
        let call = self.calls.iter().find(is_running)?;
        let seconds = now.seconds_since(call.answering.unwrap_or(call.at));
        (seconds >= LONG_SECONDS).then(|| RetryingCall {
            silent_seconds: seconds,
            is_answering: call.answering.is_some(),
            ..RetryingCall::of(call, call.attempt.attempt, None)
        })
    }
}

impl Call {
    fn seconds_since_end(&self, now: Timestamp) -> i64 {
        let took = self.end.as_ref().map_or(0, |end| end.duration.as_secs());
        now.seconds_since(self.at) - i64::try_from(took).unwrap_or(i64::MAX)
    }
}

/// A running call with a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryingCall<'a> {
    /// The API's name for the call.
    pub operation: &'a str,
    /// The number of the running or the next attempt.
    pub attempt: u32,
    pub attempts: u32,
    /// The error of the previous attempt.
    pub kind: Option<ErrorKind>,
    /// The seconds without a response, or without the rest of it.
    pub silent_seconds: i64,
    pub is_answering: bool,
}

impl<'a> RetryingCall<'a> {
    fn of(call: &'a Call, attempt: u32, kind: Option<ErrorKind>) -> Self {
        Self {
            operation: &call.attempt.operation,
            attempt,
            attempts: call.attempt.attempts,
            kind,
            silent_seconds: 0,
            is_answering: false,
        }
    }

    /// `ListGroups attempt 2 of 5: no answer, waiting 8 s`, `ListGroups: no answer for 4 s`.
    pub fn words(&self) -> String {
        let between = if self.attempt > 1 { " " } else { ": " };
        format!("{}{between}{}", self.operation, self.short_words())
    }

    /// The same text without the operation.
    pub fn short_words(&self) -> String {
        let (attempt, attempts) = (self.attempt, self.attempts);
        let seconds = self.silent_seconds;
        let since = if seconds >= LONG_SECONDS {
            format!(", waiting {seconds} s")
        } else {
            String::new()
        };
        match self.kind {
            Some(kind) => {
                let words = kind.words();
                format!("attempt {attempt} of {attempts}: {words}{since}")
            }
            None if attempt > 1 => format!("attempt {attempt} of {attempts}{since}"),
            None if self.is_answering => format!("answer incomplete for {seconds} s"),
            None => format!("no answer for {seconds} s"),
        }
    }
}

/// True if another attempt follows. A throttled read is not retried here: it waits in the scheduler.
fn is_tried_again(operation: &str, kind: ErrorKind) -> bool {
    match kind {
        ErrorKind::Unreachable | ErrorKind::NoAnswer | ErrorKind::ServerFault => true,
        ErrorKind::Throttled => operation.starts_with("Create"),
        ErrorKind::AccessDenied
        | ErrorKind::ExpiredCredentials
        | ErrorKind::NoCredentials
        | ErrorKind::BadCredentials
        | ErrorKind::NotFound
        | ErrorKind::NotSent
        | ErrorKind::Refused
        | ErrorKind::Unreadable
        | ErrorKind::TooLarge
        | ErrorKind::NotServed
        | ErrorKind::EndlessPages
        | ErrorKind::ReadOnly => false,
    }
}
