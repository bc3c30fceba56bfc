//! The system's clock, the default of a sandbox.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::Timestamp;

/// A sandbox's source of time.
pub type Clock = fn() -> Timestamp;

/// The time of this machine.
#[expect(
    clippy::disallowed_methods,
    reason = "the sandbox plays a service, which has a clock of its own"
)]
pub(super) fn system() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let milliseconds = since.map_or(0, |since| since.as_millis());
    Timestamp::from_milliseconds(i64::try_from(milliseconds).unwrap_or(i64::MAX))
}
