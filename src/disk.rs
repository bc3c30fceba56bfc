//! Files on disk: regular ones only, opened without blocking, replaced atomically, and locked until dropped.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Write};
use std::ops::{Deref, DerefMut};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::io::Errno;

/// The mode of a new file: readable and writable by its owner.
pub const OWNER_ONLY: u32 = 0o600;

/// Opens a regular file. Anything else is an error, since a pipe or a device could block forever.
pub fn open(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let nonblocking = OFlags::NONBLOCK.bits().cast_signed();
    let file = options
        .custom_flags(nonblocking)
        .mode(OWNER_ONLY)
        .open(path)?;
    let kind = file.metadata()?.file_type();
    match (kind.is_file(), kind.is_dir()) {
        (true, _) => Ok(file),
        (_, true) => Err(Errno::ISDIR.into()),
        _ => Err(io::Error::other("it is not a regular file")),
    }
}

/// A locked file, unlocked when it is dropped.
///
/// Closing would not be enough: between fork and exec, a child process has every file of its parent open.
#[derive(Debug)]
pub struct LockedFile(File);

/// Waits for the lock of `file`.
#[expect(
    clippy::disallowed_methods,
    reason = "the file is unlocked when it is dropped"
)]
pub fn lock(file: File) -> io::Result<LockedFile> {
    file.lock()?;
    Ok(LockedFile(file))
}

/// Locks `file`, or returns it if another program holds its lock.
#[expect(
    clippy::disallowed_methods,
    reason = "the file is unlocked when it is dropped"
)]
pub fn try_lock(file: File) -> io::Result<Result<LockedFile, File>> {
    match file.try_lock() {
        Ok(()) => Ok(Ok(LockedFile(file))),
        Err(TryLockError::WouldBlock) => Ok(Err(file)),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        _ = self.0.unlock();
    }
}

impl Deref for LockedFile {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for LockedFile {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

/// Reads a regular file of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open(OpenOptions::new().read(true), path)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let message = format!("it is larger than {limit} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Replaces the file at `path`, or creates it, as [`put`] does. An existing file keeps its mode.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mode = match path.metadata() {
        Ok(old) => old.permissions().mode() & 0o7777,
        Err(_) => OWNER_ONLY,
    };
    put(path, bytes, |file| {
        file.set_permissions(Permissions::from_mode(mode))
    })?;
    sync_folder(folder_of(path))
}

/// Writes a new file and renames it to `path`; `prepare` gives it its owner and mode.
///
/// After a power failure the path has either its old or its new content. Two programs must not do this at the
/// same time: the content is first in [`beside`], and a file that a killed program left there is removed.
pub fn put(
    path: &Path,
    bytes: &[u8],
    prepare: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<File> {
    let beside = beside(path);
    if let Err(error) = fs::remove_file(&beside)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    let written = open(OpenOptions::new().write(true).create_new(true), &beside);
    let renamed = written.and_then(|mut file| {
        prepare(&file)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        Ok(file)
    });
    // The first error is reported; the next call removes a file that is left.
    renamed.inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// The path at which [`put`] writes the new content: `.NAME.new`.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    path.with_file_name(name)
}

/// Creates the file at `path`, which must not exist.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = open(OpenOptions::new().write(true).create_new(true), path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes changes to the entries of a folder durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// The folder that `path` is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    }
}
