//! `greengroup` assembles AWS IoT Greengrass V1 group versions by hand, in a terminal.
//!
//! The modules below stand in their order from the ground up: each may use those above it in this
//! list and none below (`app` uses `domain` and `search` alone). A test reads the order from here.

pub mod domain;

pub mod app;

pub mod runtime;
