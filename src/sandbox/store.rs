//! The account file on disk: written whole beside the old one, then put in its place.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::account::Account;
use super::account_file::{self, DamagedAccount};
use crate::disk;

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
        let text = disk::read(&real, LARGEST_FILE).map_err(|source| {
            if source.kind() == io::ErrorKind::FileTooLarge {
                let path = path.to_owned();
                return OpenError::TooLarge { path };
            }
            unreadable(source)
        })?;
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
        disk::replace(&self.path, account_file::write(account).as_bytes())?;
        self.seen = Stamp::of(&self.path)?;
        Ok(())
    }
}

/// Writes an account to a file of its own, new or in place of an old one, which is never left half written.
pub fn write_account(path: &Path, account: &Account) -> io::Result<()> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    disk::replace(&real, account_file::write(account).as_bytes())
}
