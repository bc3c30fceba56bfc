//! Shared by several subjects: drivers, servers, fixtures.

pub(crate) mod apply_diff;
pub(crate) mod canned_http;
pub(crate) mod disk;
pub(crate) mod hostile_server;
pub(crate) mod large_group;
pub(crate) mod made_account;
pub(crate) mod memory;
pub(crate) mod moto;
pub(crate) mod open_group;
pub(crate) mod program;
pub(crate) mod pty;
pub(crate) mod python;
pub(crate) mod sdk;
pub(crate) mod secrets;
pub(crate) mod served;
pub(crate) mod serving;
pub(crate) mod session;
pub(crate) mod small_account;
pub(crate) mod tmux;
pub(crate) mod tour;
