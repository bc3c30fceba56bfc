//! The request rate that the service allows, estimated from its throttling errors by an adaptive token
//! bucket.

use std::time::Duration;

use super::Timestamp;

/// The account's quota of 30 requests a second (AWS General Reference, Greengrass V1). The estimate never
/// exceeds it.
const QUOTA_PER_SECOND: f64 = 30.0;

/// The lowest estimate, in requests a second.
const MIN_PER_SECOND: f64 = 0.5;

/// A refusal lowers the estimate to this part of it. A measured rate replaces it if that is higher.
const SEARCH: f64 = 0.5;

/// The requests accepted between two refusals measure the rate, because the bucket was empty at both. After
/// slow growth it held almost one token, otherwise half a token on average.
const UNUSED: f64 = 0.5;

/// The estimate grows with the cube of the time since the last refusal. Growth is slow near the refused rate,
/// which may still be the limit, and fast later.
///
/// After this long, the estimate is 2.7 times as high. At 2 requests a second about one in 15 is refused, at
/// higher rates fewer.
const GROWTH_SECONDS: f64 = 12.0;

/// Paces the requests after a refusal that may be a single one. Up to this number, each accepted request lets
/// one follow at once. Each later one lets two follow: doubling must start small.
const CAREFUL: f64 = 2.0;

/// This many accepted requests prove that a refusal was an isolated one.
const PROVEN: f64 = 8.0;

/// The service counts as throttling for this long after a refusal.
const CALM_MILLISECONDS: i64 = 10_000;

/// The configured limit: the sustained rate, and the burst after a pause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RequestLimit {
    /// Requests a second; infinite for no limit.
    pub per_second: f64,
    pub burst: u32,
}

impl Default for RequestLimit {
    /// A third of the account's quota, because devices share it. The burst covers the first reads of a
    /// session.
    fn default() -> Self {
        Self {
            per_second: 10.0,
            burst: 20,
        }
    }
}

/// An estimate of the allowed rate. A refusal lowers it; it rises until the next refusal.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    limit: RequestLimit,
    per_second: f64,
    burst: f64,
    tokens: f64,
    filled: Timestamp,
    refusal: Option<Refusal>,
    /// `Retry-After` forbids requests before this time.
    closed_until: Timestamp,
}

/// The last refusal.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Refusal {
    at: Timestamp,
    /// The estimate after it, in requests a second.
    left: f64,
    basis: Basis,
    /// The number of accepted requests that were sent after it.
    accepted: f64,
}

impl Refusal {
    fn seconds_until(&self, now: Timestamp) -> f64 {
        seconds_between(self.at, now).max(f64::EPSILON)
    }
}

/// The evidence for the estimate after a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basis {
    /// None yet: the refusal may be a single one.
    MaybeSingle,
    /// No request was accepted between two refusals.
    Halved,
    /// The requests accepted between two refusals.
    Measured,
}

impl Rate {
    /// Begins at the limit, with a full bucket.
    pub fn new(limit: RequestLimit) -> Self {
        let limit = RequestLimit {
            per_second: limit.per_second.max(MIN_PER_SECOND),
            burst: limit.burst.max(1),
        };
        let burst = f64::from(limit.burst);
        Self {
            limit,
            per_second: limit.per_second,
            burst,
            tokens: burst,
            filled: Timestamp::from_milliseconds(0),
            refusal: None,
            closed_until: Timestamp::from_milliseconds(0),
        }
    }

    /// The estimate in requests a second, while the service throttles.
    pub fn throttled(&self, now: Timestamp) -> Option<f64> {
        let since = now.milliseconds() - self.quiet_since()?.milliseconds();
        (self.is_lowered() && since < CALM_MILLISECONDS).then_some(self.per_second)
    }

    /// Takes the token of one request unless fewer than `reserve` would remain for more urgent ones.
    ///
    /// A bucket that is too small for the reserve keeps nothing back.
    pub fn take(&mut self, now: Timestamp, reserve: u32) -> bool {
        self.fill(now);
        if self.per_second.is_infinite() {
            return true;
        }
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

    /// Records that the service accepted a request sent at `sent`.
    pub fn accepted(&mut self, sent: Timestamp) {
        let Some(refusal) = self.refusal.as_mut().filter(|refusal| sent > refusal.at) else {
            return;
        };
        refusal.accepted += 1.0;
        if refusal.basis != Basis::MaybeSingle {
            return;
        }
        if refusal.accepted < PROVEN {
            let is_careful = refusal.accepted <= CAREFUL;
            self.tokens += if is_careful { 1.0 } else { 2.0 };
        } else {
            self.refusal = None;
            self.per_second = self.limit.per_second;
            self.burst = f64::from(self.limit.burst);
        }
    }

    /// Records that the service refused a request sent at `sent`, with its `Retry-After`.
    ///
    /// Concurrent requests share one refusal. Only a request sent after the last refusal lowers the rate and
    /// empties the bucket.
    pub fn refused(&mut self, sent: Timestamp, now: Timestamp, retry_after: Option<Duration>) {
        self.fill(now);
        let is_shared = self.refusal.is_some_and(|refusal| sent <= refusal.at);
        if !is_shared {
            self.refusal = Some(self.refusal_at(now));
        }
        self.grow(now);
        if !is_shared {
            self.tokens = self.tokens.min(0.0);
        }
        if let Some(after) = retry_after {
            let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
            let until = now.milliseconds().saturating_add(after);
            self.closed_until = self.closed_until.max(Timestamp::from_milliseconds(until));
        }
    }

    /// A new refusal. The estimate becomes the rate measured since the last one, or a part of itself.
    fn refusal_at(&self, at: Timestamp) -> Refusal {
        let estimate = self.per_second.min(QUOTA_PER_SECOND);
        let half = estimate * SEARCH;
        let (left, basis) = match self.refusal {
            None => (half, Basis::MaybeSingle),
            // Far fewer requests were sent than the estimate allows, so the last refusal is no evidence.
            Some(last) if estimate * last.seconds_until(at) > 2.0 * (last.accepted + 1.0) => {
                (half, Basis::MaybeSingle)
            }
            Some(last) if last.accepted < 1.0 => (half, Basis::Halved),
            Some(last) => {
                let (highest, unused) = match last.basis {
                    // An immediate second refusal fits any level of the bucket.
                    Basis::MaybeSingle => (self.limit.per_second.min(QUOTA_PER_SECOND), 0.0),
                    Basis::Halved => (estimate, UNUSED),
                    Basis::Measured => (estimate, 0.0),
                };
                let measured = (last.accepted + unused) / last.seconds_until(at);
                (measured.max(half).min(highest), Basis::Measured)
            }
        };
        Refusal {
            at,
            left: left.max(MIN_PER_SECOND),
            basis,
            accepted: 0.0,
        }
    }

    /// Raises the estimate by the time without a refusal.
    fn grow(&mut self, now: Timestamp) {
        if let (Some(refusal), Some(since)) = (self.refusal, self.quiet_since()) {
            let part = seconds_between(since, now).max(0.0) / GROWTH_SECONDS;
            let growth = part.powi(3).exp();
            self.per_second = (refusal.left * growth).min(self.limit.per_second);
            self.burst = growth.min(f64::from(self.limit.burst));
        }
    }

    /// The end of the last refusal, and of the pause that the service asked for.
    fn quiet_since(&self) -> Option<Timestamp> {
        self.refusal
            .map(|refusal| refusal.at.max(self.closed_until))
    }

    fn is_lowered(&self) -> bool {
        self.per_second < self.limit.per_second || self.burst < f64::from(self.limit.burst)
    }

    /// A lowered rate keeps no reserve: tokens come one by one, and the most urgent read takes the next.
    fn needed(&self, reserve: u32) -> f64 {
        let reserve = if self.is_lowered() { 0 } else { reserve };
        (1.0 + f64::from(reserve)).min(self.burst)
    }

    fn fill(&mut self, now: Timestamp) {
        self.grow(now);
        let elapsed = seconds_between(self.filled, now);
        self.filled = now;
        if self.per_second.is_infinite() || elapsed <= 0.0 {
            return;
        }
        let filled = self.tokens + elapsed * self.per_second;
        self.tokens = filled.min(self.burst.max(self.tokens));
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a bucket that fills in seconds needs no exact centuries"
)]
fn seconds_between(one: Timestamp, other: Timestamp) -> f64 {
    (other.milliseconds() - one.milliseconds()) as f64 / 1000.0
}
