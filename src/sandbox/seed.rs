//! The demo account: a plant with its press lines, paint shop and warehouse, as it is kept in `assets`.

use super::account::Account;
use super::account_file;

/// `assets/demo-account.json`, as packed by the build script.
const DEMO_ACCOUNT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/demo-account.zlib"));

/// A fresh copy of the demo account.
#[expect(
    clippy::expect_used,
    reason = "the file is part of the program, and a test reads it"
)]
pub(super) fn demo_account() -> Account {
    let file = miniz_oxide::inflate::decompress_to_vec_zlib(DEMO_ACCOUNT);
    let account = file.map(|file| account_file::read(&file));
    account
        .expect("what was packed comes out")
        .expect("the demo account is sound")
}
