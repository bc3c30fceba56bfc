//! The one client of the service: domain values in, domain values out, and the AWS SDK in between.

mod answer;
mod attempt;
mod attempt_failure;
pub mod aws_files;
mod client;
mod connect;
mod convert;
mod create;
mod create_definition;
mod credentials_failure;
mod definitions;
mod deploy;
mod environment;
mod error_chain;
mod explain;
mod options;
mod pages;
mod tls_advice;
mod transport;

pub use crate::domain::{Page, PageToken, PageWalk};
pub use client::Client;
pub use connect::{
    ConnectError, ConnectOptions, HELPER_ARGUMENT, ProxyVariable, ServiceConnection, connect,
    profiles, proxy_variables, run_in_own_session,
};
pub use environment::Environment;
pub use options::{CallObserver, ClientOptions, Timeouts};
pub use pages::read_pages;
