//! Every test that uses the crate from outside, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod check;
mod diff;
mod diff_properties;
mod large_group;
mod rebase;
mod rule_cases;
