//! Locked files.

use std::fs::File;

use greengroup::disk;

/// Between fork and exec, a child process has such a copy.
#[test]
fn dropped_lock_is_free_despite_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let open = || File::create(folder.path().join("file")).unwrap();
    let file = open();
    let _copy = file.try_clone().unwrap();
    let locked = disk::try_lock(file).unwrap().unwrap();
    assert!(disk::try_lock(open()).unwrap().is_err(), "not locked");
    drop(locked);
    assert!(disk::try_lock(open()).unwrap().is_ok());
}
