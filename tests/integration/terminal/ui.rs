//! The drawn screens for states made only of events: no runtime, no service, no terminal.

mod account;
mod any_size;
mod exit_message;
mod long_names;
mod names;
mod offered;
mod overlays;
mod plant;
mod reading;
mod rebound;
mod scenes;
mod screens;
mod scrolling;
mod searching;
mod stage;
mod styles;
mod themes;
