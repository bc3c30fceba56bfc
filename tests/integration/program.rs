//! The real program in a real terminal, from its arguments to its exit status.

mod bytes_per_key;
mod config;
mod failed;
mod files;
pub(crate) mod journey;
mod killed;
mod other_servers;
mod prefilled;
mod readme;
mod refused;
mod restored;
mod snapshot;
mod subcommands;
mod terms;
mod trusted;
