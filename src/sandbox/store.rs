//! The account file on disk: written whole beside the old one, then put in its place.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::account::Account;
use super::account_file::{self, DamagedAccount};

/// Mode of a file that was not there before: for its owner only.
const PRIVATE: u32 = 0o600;

/// A larger file is no account that anybody works on by hand.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// Why a file cannot be the sandbox.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "there is no account file {}; `greengroup snapshot FILE` makes one of an account, and --sandbox without a file opens the demo account", .path.display()
    )]
    Missing { path: PathBuf },
    #[error("the account file {} cannot be read: {source}; give a file that `greengroup snapshot` wrote", .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("the account file {} is larger than {} MiB, which is the most that is read", .path.display(), LARGEST_FILE >> 20)]
    TooLarge { path: PathBuf },
    #[error(
        "the account file {} is damaged at {source}; mend that place, or make the file anew with `greengroup snapshot`", .path.display()
    )]
    Damaged {
        path: PathBuf,
        source: DamagedAccount,
    },
}

/// A file that an account was read from and is saved to.
#[derive(Debug)]
pub(super) struct Store {
    /// With links followed, so that a link stays one.
    path: PathBuf,
    /// How the file looked when it was last read or written here.
    seen: Stamp,
}

/// What changes when somebody else writes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    bytes: u64,
    modified: (i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> io::Result<Self> {
        let metadata = path.metadata()?;
        Ok(Self {
            inode: metadata.ino(),
            bytes: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        })
    }
}

impl Store {
    /// Reads the account in the file at `path`.
    pub(super) fn open(path: &Path) -> Result<(Self, Account), OpenError> {
        let unreadable = |source: io::Error| {
            let path = path.to_owned();
            if source.kind() == io::ErrorKind::NotFound {
                return OpenError::Missing { path };
            }
            OpenError::Unreadable { path, source }
        };
        let real = path.canonicalize().map_err(unreadable)?;
        let seen = Stamp::of(&real).map_err(unreadable)?;
        let mut text = Vec::new();
        let file = File::open(&real).map_err(unreadable)?;
        let mut limited = file.take(LARGEST_FILE + 1);
        limited.read_to_end(&mut text).map_err(unreadable)?;
        if text.len() as u64 > LARGEST_FILE {
            let path = path.to_owned();
            return Err(OpenError::TooLarge { path });
        }
        let account = account_file::read(&text).map_err(|source| OpenError::Damaged {
            path: path.to_owned(),
            source,
        })?;
        Ok((Self { path: real, seen }, account))
    }

    /// Writes the account to the file, or leaves the file as it was.
    ///
    /// A file that somebody else wrote meanwhile is not written over.
    pub(super) fn save(&mut self, account: &Account) -> io::Result<()> {
        if Stamp::of(&self.path)? != self.seen {
            return Err(io::Error::other(
                "somebody else has written to it since it was read",
            ));
        }
        write_whole(&self.path, account_file::write(account).as_bytes())?;
        self.seen = Stamp::of(&self.path)?;
        Ok(())
    }
}

/// Writes an account to a file of its own, new or in place of an old one, which is never left half written.
pub fn write_account(path: &Path, account: &Account) -> io::Result<()> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    write_whole(&real, account_file::write(account).as_bytes())
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::other("it is not the path of a file"))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.new", uuid::Uuid::new_v4()));
    let beside = folder.join(beside);
    let written = write_beside(&beside, path, bytes);
    if written.is_err() {
        // The error that is told is the first one; a file left over does no harm.
        drop(std::fs::remove_file(&beside));
    }
    written?;
    File::open(folder)?.sync_all()
}

fn write_beside(beside: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(PRIVATE)
        .open(beside)?;
    if let Ok(old) = path.metadata() {
        file.set_permissions(Permissions::from_mode(old.mode() & 0o7777))?;
    }
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}
