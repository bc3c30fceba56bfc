//! The real program in a real terminal, from its arguments to its exit status.

mod account_file;
mod blocked_files;
mod bytes_per_key;
mod config;
mod editor;
mod ending;
mod failed;
mod files;
pub(crate) mod journey;
mod killed;
mod lying_server;
mod other_servers;
mod prefilled;
mod random_bytes;
mod read_back;
mod readme;
mod refused;
mod restored;
mod snapshot;
mod subcommands;
mod terms;
mod trusted;
mod written;
