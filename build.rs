//! Compresses the repetitive demo account before it becomes part of the program.

#![expect(clippy::disallowed_macros, reason = "cargo reads what this prints")]

use std::path::Path;
use std::{env, fs, io};

const ACCOUNT: &str = "assets/demo-account.json";
/// The highest compression level of zlib.
const LEVEL: u8 = 10;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={ACCOUNT}");
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&fs::read(ACCOUNT)?, LEVEL);
    fs::write(Path::new(&folder).join("demo-account.zlib"), packed)
}
