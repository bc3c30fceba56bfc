//! The request rate that the service allows, estimated from its refusals: a token bucket that adapts.

use std::time::Duration;

use super::Timestamp;

/// The account's quota (AWS General Reference, Greengrass V1: 30 requests a second); no more is ever assumed.
const QUOTA_PER_SECOND: f64 = 30.0;

/// The lowest estimate, in requests a second.
const MIN_PER_SECOND: f64 = 0.5;

/// What remains of the estimate at the first refusal, and while no request is accepted in between.
const SEARCH: f64 = 0.5;

/// The same if one request was accepted since the last refusal.
const DECREASE: f64 = 0.7;

/// This many accepted requests between two refusals measure the rate, as the bucket was empty at both.
const MEASURING: u32 = 2;

/// The measured rate is a little too low, since both ends of the time belong to refusals. One refusal in about
/// 13 requests follows from this and [`INCREASE`].
const CORRECTION: f64 = 1.05;

/// Growth of the estimate with each accepted request.
const INCREASE: f64 = 1.01;

/// The service counts as throttling for this long after a refusal.
const CALM_MILLISECONDS: i64 = 10_000;

/// A limit by configuration: the sustained rate, and how many requests may go out at once after a pause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RequestLimit {
    /// Requests a second; infinite for no limit.
    pub per_second: f64,
    pub burst: u32,
}

impl Default for RequestLimit {
    /// A third of the account's quota, because devices share it; the burst covers the first reads of a session.
    fn default() -> Self {
        Self {
            per_second: 10.0,
            burst: 20,
        }
    }
}

/// An estimate of the allowed rate: a refusal lowers it, accepted requests raise it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    limit: RequestLimit,
    per_second: f64,
    burst: f64,
    tokens: f64,
    filled: Timestamp,
    refused: Option<Timestamp>,
    /// How many requests were accepted that were sent after the last refusal.
    accepted: u32,
    /// `Retry-After` forbids requests until then.
    closed_until: Timestamp,
}

impl Rate {
    /// Begins at the limit, with a full bucket.
    pub fn new(limit: RequestLimit) -> Self {
        let burst = f64::from(limit.burst.max(1));
        let per_second = limit.per_second.max(MIN_PER_SECOND);
        Self {
            limit: RequestLimit {
                per_second,
                ..limit
            },
            per_second,
            burst,
            tokens: burst,
            filled: Timestamp::from_milliseconds(0),
            refused: None,
            accepted: 0,
            closed_until: Timestamp::from_milliseconds(0),
        }
    }

    /// The estimate in requests a second, while the service throttles.
    pub fn throttled(&self, now: Timestamp) -> Option<f64> {
        let refused = self.refused?;
        let since = now.milliseconds() - refused.milliseconds();
        let is_lower = self.per_second < self.limit.per_second;
        (is_lower && since < CALM_MILLISECONDS).then_some(self.per_second)
    }

    /// Takes the token of one request unless fewer than `reserve` would remain for more urgent ones.
    ///
    /// A bucket that is too small for the reserve keeps nothing back.
    pub fn take(&mut self, now: Timestamp, reserve: u32) -> bool {
        if self.per_second.is_infinite() {
            return true;
        }
        self.fill(now);
        if now < self.closed_until || self.tokens < self.needed(reserve) {
            return false;
        }
        self.tokens -= 1.0;
        true
    }

    /// Counts a request that does not wait for a token.
    pub fn spend(&mut self, now: Timestamp) {
        self.fill(now);
        self.tokens -= 1.0;
    }

    /// How long to wait until [`Self::take`] may succeed, at least a millisecond.
    pub fn wait(&self, now: Timestamp, reserve: u32) -> Duration {
        let missing = (self.needed(reserve) - self.tokens).max(0.0) / self.per_second;
        let closed = self.closed_until.milliseconds() - now.milliseconds();
        let closed = Duration::from_millis(u64::try_from(closed).unwrap_or(0));
        let filled = Duration::from_secs_f64(missing) + Duration::from_millis(1);
        filled.max(closed)
    }

    pub const fn is_limited(&self) -> bool {
        self.per_second.is_finite()
    }

    /// The service took a request that was sent at `sent`.
    pub fn accepted(&mut self, sent: Timestamp) {
        self.accepted += u32::from(self.refused.is_some_and(|refused| sent > refused));
        if self.per_second >= self.limit.per_second {
            return;
        }
        self.per_second = (self.per_second * INCREASE).min(self.limit.per_second);
        self.burst = (self.burst * INCREASE).min(f64::from(self.limit.burst.max(1)));
    }

    /// The service refused a request that was sent at `sent`; `retry_after` is its own word on when to return.
    ///
    /// Requests that were under way together share one refusal: only those sent after the last one lower the rate.
    pub fn refused(&mut self, sent: Timestamp, now: Timestamp, retry_after: Option<Duration>) {
        self.fill(now);
        self.tokens = self.tokens.min(0.0);
        self.burst = 1.0;
        if self.refused.is_none_or(|refused| sent > refused) {
            self.per_second = self.lowered(now).max(MIN_PER_SECOND);
            self.refused = Some(now);
            self.accepted = 0;
        }
        if let Some(after) = retry_after {
            let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
            let until = now.milliseconds().saturating_add(after);
            self.closed_until = self.closed_until.max(Timestamp::from_milliseconds(until));
        }
    }

    /// The estimate after a refusal: what was accepted since the last one, or a part of the earlier estimate.
    fn lowered(&self, now: Timestamp) -> f64 {
        let estimate = self.per_second.min(QUOTA_PER_SECOND);
        match (self.accepted, self.refused) {
            (0, _) | (_, None) => estimate * SEARCH,
            (accepted, Some(_)) if accepted < MEASURING => estimate * DECREASE,
            (accepted, Some(refused)) => {
                let seconds = seconds_between(refused, now).max(f64::EPSILON);
                estimate.min(f64::from(accepted) / seconds * CORRECTION)
            }
        }
    }

    fn needed(&self, reserve: u32) -> f64 {
        (1.0 + f64::from(reserve)).min(self.burst)
    }

    fn fill(&mut self, now: Timestamp) {
        let elapsed = seconds_between(self.filled, now);
        self.filled = now;
        if self.per_second.is_infinite() || elapsed <= 0.0 {
            return;
        }
        self.tokens = (self.tokens + elapsed * self.per_second).min(self.burst);
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a bucket that fills in seconds needs no exact centuries"
)]
fn seconds_between(one: Timestamp, other: Timestamp) -> f64 {
    (other.milliseconds() - one.milliseconds()) as f64 / 1000.0
}
