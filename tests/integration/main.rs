//! Every test that needs more than one module: one binary, so that the SDK is linked once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::print_stdout,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a test may panic, and is not the program"
)]

mod check;
mod large_group;
mod rule_cases;
mod sandbox;
mod sdk;
mod search;
mod terminal;
mod ui;
