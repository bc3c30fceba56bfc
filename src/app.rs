//! What the person sees and does, as a pure state machine: events in, effects out.

pub mod key;
