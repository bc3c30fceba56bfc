//! What is drawn, for states made of events alone: no runtime, no service, no terminal.

mod account;
mod any_size;
mod farewells;
mod names;
mod overlays;
mod plant;
mod scenes;
mod screens;
mod stage;
mod styles;
mod themes;
