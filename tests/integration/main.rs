//! Every test that needs more than one module: one binary, so that the SDK is linked once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and may wait for programs that are not this one"
)]

mod aws_documents;
mod content_rules;
mod faults;
mod judges;
mod moto;
mod plant;
mod python;
mod sandbox;
mod sandbox_file;
mod sdk;
mod serve;
mod served;
