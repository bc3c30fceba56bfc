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
    unreachable_pub,
    clippy::wildcard_enum_match_arm,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::match_same_arms,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    clippy::duration_suboptimal_units,
    reason = "a test may panic, and is not the program"
)]

mod acknowledging;
mod ages;
mod architecture;
mod arn;
mod assemble;
mod aws_documents;
mod bytes;
mod canned;
mod check;
mod client;
mod clipboard;
mod config;
mod content_rules;
mod corpus;
mod demo;
mod diff;
mod diff_properties;
mod differences;
mod documents;
mod failures;
mod files;
mod group_versions;
mod guards;
mod hostile;
mod in_sight;
mod input;
mod journeys_elsewhere;
mod judges;
mod keys;
mod large_account;
mod large_group;
mod launch;
mod leaving;
mod licences;
mod loading;
mod moto;
mod moved_base;
mod open_group;
mod pictures;
mod plant;
mod program;
mod pty;
mod python;
mod rebase;
mod review;
mod round_trips;
mod rule_cases;
mod rules_served;
mod sandbox;
mod sandbox_file;
mod sdk;
mod search;
mod serve;
mod served;
mod session;
mod shown_findings;
mod simulate;
mod snapshot;
mod subcommands;
mod terminal;
mod terminals;
mod tmux;
mod tour;
mod ui;
