//! The program from outside: keys in, screen out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod clipboard;
mod files;
mod input;
mod keys;
mod terminal;
