//! The time and unused ids for a change to the account (seeded ids are for tests only).

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::Timestamp;

/// The time of one change and the source of its ids.
#[derive(Debug)]
pub struct Moment {
    pub now: Timestamp,
    pub ids: Ids,
}

impl Moment {
    /// Ids that never repeat, at `now`.
    pub const fn random(now: Timestamp) -> Self {
        Self {
            now,
            ids: Ids::Random,
        }
    }

    /// The same ids in the same order for the same `seed`, at `now`.
    pub const fn seeded(seed: u64, now: Timestamp) -> Self {
        Self {
            now,
            ids: Ids::Seeded(seed),
        }
    }

    /// The time as the service writes it: `2019-11-11T05:47:31.435Z`.
    pub(super) fn timestamp(&self) -> Arc<str> {
        self.now.iso().into()
    }
}

/// A sandbox's source of time.
pub type Clock = fn() -> Timestamp;

/// The time of this machine, the default of a sandbox.
#[expect(
    clippy::disallowed_methods,
    reason = "the sandbox plays a service, which has a clock of its own"
)]
pub(super) fn system_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let milliseconds = since.map_or(0, |since| since.as_millis());
    Timestamp::from_milliseconds(i64::try_from(milliseconds).unwrap_or(i64::MAX))
}

/// A source of ids in the form that the service gives them: lowercase UUIDs.
#[derive(Debug, Clone)]
pub enum Ids {
    Random,
    /// The state of a generator that repeats its ids when it is started from the same number.
    Seeded(u64),
}

impl Ids {
    /// Returns an unused id.
    pub fn fresh(&mut self) -> Arc<str> {
        let id = match self {
            Self::Random => uuid::Uuid::new_v4(),
            Self::Seeded(state) => {
                let (high, low) = (split_mix(state), split_mix(state));
                let bytes = (u128::from(high) << 64 | u128::from(low)).to_be_bytes();
                uuid::Builder::from_random_bytes(bytes).into_uuid()
            }
        };
        id.to_string().into()
    }
}

/// The next number of the SplitMix64 sequence (Steele, Lea and Flood, 2014).
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
