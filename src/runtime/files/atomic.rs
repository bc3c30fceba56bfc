//! Files that hold either what they held before or all of what was written, whenever the power goes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) const OWNER_READS_AND_WRITES: u32 = 0o600;

/// Replaces the file at `path`, or makes it, readable by its owner only.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let temporary = temporary_beside(path)?;
    let written = write_new(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        _ = fs::remove_file(&temporary);
    }
    written?;
    sync_folder(folder)
}

/// Makes the file at `path`, which must not be there yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(OWNER_READS_AND_WRITES)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes what happened to a folder's entries last.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    }
}

/// A name that neither another process nor another thread of this one uses.
fn temporary_beside(path: &Path) -> io::Result<PathBuf> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file name"))?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = format!(
        ".{}.{}.{count}.tmp",
        name.to_string_lossy(),
        super::super::clock::process_id()
    );
    Ok(path.with_file_name(temporary))
}
