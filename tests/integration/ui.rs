//! What is drawn, for states made of events alone: no runtime, no service, no terminal.

mod account;

mod look;

mod scenes;

mod stage;
