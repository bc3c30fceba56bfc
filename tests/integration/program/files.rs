//! The files that remain after the program: drafts, locks, history and log.

mod drafts;
mod history;
mod lock;
mod log;
mod paths;
mod texts;
