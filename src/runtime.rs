//! Connects terminal, files, clock and AWS with the app's state.

pub mod ask;
pub mod change;
pub mod clipboard;
pub mod clock;
pub mod config;
pub mod connection;
pub mod editor;
pub mod ending;
mod file_work;
pub mod files;
pub mod input;
pub mod journal;
pub mod receipt;
pub mod run;
pub mod signals;
pub mod snapshot;
pub mod terminal;
pub mod worker;
