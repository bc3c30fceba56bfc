//! SHA-256 in hexadecimal digits.

use sha2::{Digest, Sha256};

/// The 64 digits of the hash of `text`.
pub(super) fn sha256(text: &str) -> String {
    let bytes = Sha256::digest(text);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
