//! Every test that needs more than one module: one binary, so that the SDK is linked once.
//!
//! | directory | subject |
//! |---|---|
//! | `journeys/` | sessions in one process: keys in, screen out, over the sandbox, on virtual time; `simulate` makes them from seeds |
//! | `client/` | the client: its requests, how it reads answers, retries, errors and connections |
//! | `terminal/` | what is drawn (`ui/`, with its snapshots), the bytes of a frame, keys, input, the clipboard, every terminal |
//! | `program/` | the real binary: arguments, exit statuses, files, subcommands, a whole session in a pseudo-terminal |
//! | `rules/` | code without input or output: ARNs, the checks and their cases, differences, rebase, search, the fuzz corpus |
//! | `sandbox/` | the sandbox and `serve` before the SDK, boto3 and the AWS CLI; the demo account and its generator |
//! | `repository/` | the repository itself: layers of the sources, generated documents and pictures, licences |
//! | `support/` | shared by several subjects: the driver of sessions (`session`), that of the real program (`program`, `pty`), servers, fixtures |

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::print_stdout,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    unreachable_pub,
    clippy::wildcard_enum_match_arm,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::match_same_arms,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    clippy::duration_suboptimal_units,
    reason = "a test may panic, and is not the program"
)]

mod client;
mod journeys;
mod program;
mod repository;
mod rules;
mod sandbox;
mod support;
mod terminal;
