//! Keeps a stray Enter from pressing a button: from pasted text, a held key, or fast typing.

use std::time::Duration;

use crate::domain::Timestamp;

/// The minimum time before Enter, both since the button appeared and since any other key.
const PAUSE_MILLISECONDS: i64 = 300;

/// The time for which Enter waits for a following key. The keys of a paste arrive faster.
pub(super) const HOLD: Duration = Duration::from_millis(60);

/// When the last key came, when the front view appeared, and the waiting Enter.
#[derive(Debug, Default)]
pub(super) struct EnterGuard {
    shown: Option<Timestamp>,
    last_input: Option<Timestamp>,
    held: Option<u32>,
}

impl EnterGuard {
    /// Records that another view is in front.
    pub(super) const fn shown(&mut self, now: Timestamp) {
        self.shown = Some(now);
    }

    /// Records a key or a paste. Returns true if it voids a waiting Enter.
    pub(super) const fn input(&mut self, now: Timestamp) -> bool {
        self.last_input = Some(now);
        self.held.take().is_some()
    }

    /// True if an Enter may now be meant for the button. Must be called before [`Self::input`].
    pub(super) fn allows(&self, now: Timestamp) -> bool {
        // The clock may have been set back.
        let is_past = |then: Timestamp| {
            let passed = now.milliseconds() - then.milliseconds();
            passed.abs() >= PAUSE_MILLISECONDS
        };
        self.shown.is_none_or(is_past) && self.last_input.is_none_or(is_past)
    }

    /// Starts the wait of this Enter.
    pub(super) const fn hold(&mut self, number: u32) {
        self.held = Some(number);
    }

    /// True if this Enter has waited and no key followed.
    pub(super) fn release(&mut self, number: u32) -> bool {
        let is_held = self.held == Some(number);
        self.held = self.held.filter(|_| !is_held);
        is_held
    }
}
