//! The one client of the service: domain values in, domain values out, and the AWS SDK in between.

mod answer;
pub mod aws_files;
mod client;
mod connect;
mod convert;
mod create;
mod credentials_failure;
mod definitions;
mod environment;
mod error_chain;
mod explain;
mod fault;
mod options;
mod pages;
mod tls_advice;
mod transport;

pub use crate::domain::{Page, PageToken, PageWalk};
pub use client::Client;
pub use connect::{
    ConnectError, ConnectOptions, Connection, HELPER_ARGUMENT, ProxyVariable, connect, profiles,
    proxy_variables, run_in_own_session,
};
pub use environment::Environment;
pub use options::{CallObserver, ClientOptions, Timeouts};
pub use pages::read_pages;
