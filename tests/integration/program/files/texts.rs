//! Texts saved by the user.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use greengroup::runtime::files::texts::save;
use tempfile::TempDir;

#[test]
fn saved_text_is_new_private_file() {
    let folder = TempDir::new().unwrap();
    let name = "function 88d2f00a -> ../etc/passwd";
    let files: Vec<_> = ["one", "two"]
        .map(|text| save(folder.path(), name, text).unwrap())
        .into();
    for (file, text) in files.iter().zip(["one\n", "two\n"]) {
        assert_eq!(
            fs::read_to_string(file).unwrap(),
            text,
            "nothing is overwritten"
        );
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(
            name.starts_with("greengroup-function-88d2f00a-etc-passwd-20"),
            "{name}"
        );
        assert_eq!(
            fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn unwritable_folder_is_reported() {
    let folder = TempDir::new().unwrap();
    assert!(save(&folder.path().join("absent"), "calls", "text").is_err());
}
