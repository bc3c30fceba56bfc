//! The demo account: a plant with its press lines, paint shop and warehouse, as it is kept in `assets`.

use super::account::Account;
use super::account_file;

const DEMO_ACCOUNT: &[u8] = include_bytes!("../../assets/demo-account.json");

/// A fresh copy of the demo account.
#[expect(
    clippy::expect_used,
    reason = "the file is part of the program, and a test reads it"
)]
pub(super) fn demo_account() -> Account {
    account_file::read(DEMO_ACCOUNT).expect("the demo account is sound")
}
