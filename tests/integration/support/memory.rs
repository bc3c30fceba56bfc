//! A folder for files that need no disk.

use std::path::PathBuf;

/// A folder in memory, if there is one.
pub(crate) fn memory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    }
}
