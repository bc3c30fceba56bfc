//! The clock of a session.

use greengroup::domain::Timestamp;
use greengroup::runtime::clock;
use tokio::time::Instant;

/// Milliseconds between two keys, so that Enter is never too soon.
const KEYS_APART: i64 = 300;

/// How the clock of a session advances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// Follows the virtual time of tokio, which tests pause.
    Passes,
    /// Advances at each key only, so that ages stay.
    AtKeys,
    /// For real connections and for comparisons with a real process.
    OfThisMachine,
}

#[derive(Debug, Clone, Copy)]
pub struct Clock {
    begun: Timestamp,
    started: Instant,
    time: Time,
    /// Milliseconds of the pauses between keys.
    pressed_apart: i64,
}

impl Clock {
    /// Shows `begun` now, unless it is this machine's.
    pub fn new(begun: Timestamp, time: Time) -> Self {
        Self::started_at(Instant::now(), begun, time)
    }

    /// Showed `begun` at `started`.
    pub const fn started_at(started: Instant, begun: Timestamp, time: Time) -> Self {
        Self {
            begun,
            started,
            time,
            pressed_apart: 0,
        }
    }

    pub fn now(&self) -> Timestamp {
        let begun = self.begun.milliseconds();
        let passed = match self.time {
            Time::Passes => i64::try_from(self.started.elapsed().as_millis()).unwrap(),
            Time::AtKeys => 0,
            Time::OfThisMachine => clock::now().milliseconds() - begun,
        };
        Timestamp::from_milliseconds(begun + passed + self.pressed_apart)
    }

    /// Advances in this way from now on.
    pub const fn keep(&mut self, time: Time) {
        self.time = time;
    }

    /// Adds a pause between keys if the clock does not follow the virtual time.
    pub fn come_apart(&mut self) {
        if self.time != Time::Passes {
            self.pressed_apart += KEYS_APART;
        }
    }
}
