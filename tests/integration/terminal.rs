//! The terminal as its user sees it, and the bytes that it costs.

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
mod pseudo;
mod replay;
mod terminals;
mod ui;
