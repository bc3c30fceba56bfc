//! The effects for the runtime, and unique numbers for timers.

use std::time::Duration;

use super::effect::{Effect, Timer};

/// Effects in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outbox {
    effects: Vec<Effect>,
    numbers: u32,
}

impl Outbox {
    pub fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub fn start_timer(&mut self, timer: Timer, after: Duration) {
        self.push(Effect::StartTimer(timer, after));
    }

    /// An unused number for a timer.
    pub const fn next_number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    pub fn take(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}
