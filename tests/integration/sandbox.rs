//! The sandbox from the view of the SDK and other clients, and the demo account.

mod around_groups;
mod demo_account;
mod file;
mod judges;
mod plant;
mod serve;
mod service;
