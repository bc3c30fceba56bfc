//! The terminal from the user's view, and its cost in bytes.

mod bytes;
mod capabilities;
mod changes;
mod clipboard;
mod frames;
mod input;
mod keys;
mod list;
mod mode;
mod multiplexer;
mod replay;
mod terminals;
mod ui;
