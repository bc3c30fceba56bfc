//! The log of calls: every attempt on the wire, newest last.

use std::collections::VecDeque;

use super::event::{Call, CallStage};

/// Older attempts are forgotten on the screen; the log file keeps them.
const MOST_CALLS: usize = 500;

/// The latest attempts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallLog {
    calls: VecDeque<Call>,
}

impl CallLog {
    /// Notes an attempt, or how it went on.
    pub fn observe(&mut self, call: Call) {
        if let Some(known) = self.calls.iter_mut().rev().find(|known| known.number == call.number) {
            *known = call;
            return;
        }
        if self.calls.len() == MOST_CALLS {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Call> + ExactSizeIterator {
        self.calls.iter()
    }

    /// Attempts that wait for their turn under the request rate.
    pub fn waiting(&self) -> usize {
        self.calls.iter().filter(|call| call.stage == CallStage::Waiting).count()
    }

    /// The last attempt that is not over, when it is not the first of its call.
    pub fn repeating(&self) -> Option<&Call> {
        self.calls
            .iter()
            .rev()
            .find(|call| call.attempt > 1 && !matches!(call.stage, CallStage::Ended { .. }))
    }
}
