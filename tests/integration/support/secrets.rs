//! Every secret in the tests contains one mark, and no output of the program contains it.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// Part of every secret; percent encoding does not change it.
const MARK: &str = "s3cr3t";

/// The encoding of a secret in `text`: plain or percent, base64, or a list of bytes.
pub(crate) fn secret_in(text: &str) -> Option<String> {
    let bytes: Vec<String> = MARK.bytes().map(|byte| byte.to_string()).collect();
    // The bytes before the mark determine its base64 form.
    let encoded = (0..3).map(|before| {
        let text = BASE64_STANDARD.encode([" ".repeat(before), MARK.to_owned()].concat());
        let (first, last) = ((before * 8).div_ceil(6), (before + MARK.len()) * 8 / 6);
        text[first..last].to_owned()
    });
    let mut forms = encoded.chain([MARK.to_owned(), bytes.join(", ")]);
    forms.find(|form| text.contains(form))
}

pub(crate) fn assert_no_secret(text: &str) {
    assert_eq!(secret_in(text), None, "\n{text}");
}

/// Checks every file that the program keeps below this home.
pub(crate) fn assert_no_secret_below(home: &Path) {
    assert_no_secret(&kept(&home.join(".local")));
}

/// The contents of every file below a folder.
pub(crate) fn kept(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let texts = paths.map(|path| {
        if path.is_dir() {
            return kept(&path);
        }
        // A test may have replaced a file by a pipe.
        let bytes = path.is_file().then(|| fs::read(&path).unwrap_or_default());
        String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn secret_is_found_in_every_form() {
    let secret = "s3cr3t/file+key";
    assert!(secret_in(&format!("a {secret} b")).is_some());
    assert!(secret_in("s3cr3t%2Ffile%2Bkey").is_some());
    for before in ["", "a", "ab", "abc"] {
        let encoded = BASE64_STANDARD.encode(format!("{before}{secret}"));
        assert!(secret_in(&encoded).is_some(), "{encoded}");
    }
    assert!(secret_in(&format!("{:?}", secret.as_bytes())).is_some());
    assert!(secret_in("nothing").is_none());
}
