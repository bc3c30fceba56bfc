//! The sandbox, as the SDK and other clients see it, and the demo account.

mod demo_account;
mod file;
mod judges;
mod plant;
mod serve;
mod service;
