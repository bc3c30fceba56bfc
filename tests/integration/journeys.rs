//! Sessions in one process: keys in, screen out, over the sandbox, on virtual time.

mod acknowledgements;
mod assemble;
mod buttons;
mod commands;
mod connection;
mod deployment;
mod differences;
mod editing;
mod failures;
mod findings;
mod fixes;
mod group_versions;
mod guards;
mod hostile;
mod large_account;
pub(crate) mod launch;
mod loading;
mod moved_base;
mod order;
mod previews;
mod quitting;
mod review;
mod round_trips;
mod simulate;
mod throttled;
mod version_ages;
mod visibility;
