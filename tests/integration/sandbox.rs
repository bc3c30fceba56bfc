//! The sandbox, as the SDK and other clients see it, and the demo account.

mod around_groups;
mod demo_account;
mod file;
mod judges;
mod plant;
mod serve;
mod service;
