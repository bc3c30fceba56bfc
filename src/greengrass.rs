//! The one client of the service: domain values in, domain values out, and the AWS SDK in between.

mod client;
mod connect;
mod convert;
mod create;
mod definitions;
mod explain;
mod options;
mod pages;
mod transport;

pub use crate::domain::{Page, PageToken, PageWalk};
pub use client::Client;
pub use connect::{ConnectError, ConnectOptions, Connection, connect, profiles};
pub use options::{CallObserver, ClientOptions, Timeouts};
pub use pages::read_pages;
