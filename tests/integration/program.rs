//! The real program in a real terminal, from its arguments to its exit status.

mod journey;
