//! `cargo fuzz run aws_files`: see `tests/integration/rules/fuzz_corpus/checks.rs`.
#![no_main]

#[path = "../../tests/integration/rules/fuzz_corpus/checks.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "each target uses one of the checks")]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::aws_files(bytes));
