//! The credentials that sign: this program and the AWS CLI compared on the same files and environment.
//!
//! `cargo test --test integration identity -- --nocapture` prints the table.

mod account;
mod cases;
mod doctor;
mod judges;
mod secrets;
mod switching;
