//! Keeps Enter from pressing a button that it was not meant for: pasted text, a held key, a fast typist.

use std::time::Duration;

use crate::domain::Timestamp;

/// How long a button must have been on screen, and how long no other key may have come before Enter.
const PAUSE_MILLISECONDS: i64 = 300;

/// How long Enter waits for a key that follows it; keys of one paste follow each other faster.
pub(super) const HOLD: Duration = Duration::from_millis(60);

/// When the last key came, since when the front view has been on screen, and the Enter that waits.
#[derive(Debug, Default)]
pub(super) struct EnterGuard {
    shown: Option<Timestamp>,
    last_input: Option<Timestamp>,
    held: Option<u32>,
}

impl EnterGuard {
    /// Another view is in front now.
    pub(super) const fn shown(&mut self, now: Timestamp) {
        self.shown = Some(now);
    }

    /// A key or a paste came. Returns true if an Enter was waiting, which is void now.
    pub(super) const fn input(&mut self, now: Timestamp) -> bool {
        self.last_input = Some(now);
        self.held.take().is_some()
    }

    /// True if an Enter that comes now may be meant for the button; call it before [`Self::input`].
    pub(super) fn allows(&self, now: Timestamp) -> bool {
        // The clock may be set back meanwhile.
        let is_past = |then: Timestamp| {
            let passed = now.milliseconds() - then.milliseconds();
            passed.abs() >= PAUSE_MILLISECONDS
        };
        self.shown.is_none_or(is_past) && self.last_input.is_none_or(is_past)
    }

    /// Lets an Enter of this number wait.
    pub(super) const fn hold(&mut self, number: u32) {
        self.held = Some(number);
    }

    /// True if the Enter of this number has waited and nothing followed it.
    pub(super) fn release(&mut self, number: u32) -> bool {
        let is_held = self.held == Some(number);
        self.held = self.held.filter(|_| !is_held);
        is_held
    }
}
