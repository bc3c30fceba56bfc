//! Code without input or output: ARNs, contents, checks, differences, search.

mod arn;
pub(crate) mod cases;
mod check;
mod connector_table;
mod contents;
mod diff;
mod diff_properties;
mod failure_reasons;
mod fold;
mod fuzz_corpus;
mod mutations;
mod rebase;
mod search;
mod served;
pub(crate) mod sound;
