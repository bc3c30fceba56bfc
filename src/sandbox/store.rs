//! The account file on disk. Programs that share it take turns by a lock on the file itself.
//!
//! A writer locks the file and reads it again if another program has changed it. It applies its change,
//! writes the full text to a temporary file, and renames that into place. The lock is valid only if the
//! locked inode is still at the path.

use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use tokio::task::JoinError;

use super::account::Account;
use super::account_file::{self, DamagedAccount};
use crate::disk::{self, LockedFile};

/// The largest account file in bytes. A change that would make the file larger is refused.
pub const MAX_FILE: u64 = 256 * 1024 * 1024;

/// The reason why a file cannot be opened as the sandbox.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "there is no account file {}; `greengroup snapshot FILE` writes one, `greengroup serve --empty FILE` begins an empty one, and --sandbox without a file opens the demo account", .path.display()
    )]
    Missing { path: PathBuf },
    #[error("the account file {} cannot be read: {source}; name a file that `greengroup snapshot` wrote", .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("the account file {} is larger than {} MiB, the most that is read", .path.display(), MAX_FILE >> 20)]
    TooLarge { path: PathBuf },
    #[error(
        "the account file {} is damaged at {source}; correct that place, or write the file again with `greengroup snapshot`", .path.display()
    )]
    Damaged {
        path: PathBuf,
        source: DamagedAccount,
    },
}

/// The reason why an account was not written; the file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another program made it unreadable.
    #[error("{0}")]
    Unreadable(#[from] OpenError),
    #[error("{} would be {bytes} bytes, more than the {} MiB that are read", .path.display(), limit >> 20)]
    TooLarge {
        path: PathBuf,
        bytes: u64,
        limit: u64,
    },
    #[error("{} has other names (hard links), which would keep the old content; copy it to a file of its own", .path.display())]
    HardLinked { path: PathBuf },
    #[error("{} belongs to another user, which writing would change ({source})", .path.display())]
    OtherOwner { path: PathBuf, source: io::Error },
    #[error("{} is a link to a file that does not exist", .path.display())]
    DanglingLink { path: PathBuf },
    #[error("{} exists", .path.display())]
    Exists { path: PathBuf },
    #[error("{}: {source}", .path.display())]
    Failed { path: PathBuf, source: io::Error },
    /// The task that wrote it panicked.
    #[error("{0}")]
    Panicked(#[from] JoinError),
}

/// Differs after another program has written the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    device: u64,
    inode: u64,
    bytes: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            bytes: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    const fn is_same_file(&self, other: &Self) -> bool {
        self.device == other.device && self.inode == other.inode
    }
}

/// A file from which the account is read and to which it is written.
#[derive(Debug, Clone)]
pub(super) struct Store {
    /// The user's path, for messages.
    given: PathBuf,
    /// The path with links resolved, so that a link remains a link.
    path: PathBuf,
}

impl Store {
    /// Reads the account in the file at `path`.
    pub(super) fn open(path: &Path) -> Result<(Self, Account, Stamp), OpenError> {
        let store = Self {
            given: path.to_owned(),
            path: path
                .canonicalize()
                .map_err(|error| unreadable(path, error))?,
        };
        let (account, stamp) = store.read()?;
        Ok((store, account, stamp))
    }

    /// The file's current stamp; `None` if the file does not exist.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        self.path.metadata().ok().as_ref().map(Stamp::of)
    }

    pub(super) fn read(&self) -> Result<(Account, Stamp), OpenError> {
        let file = disk::open(OpenOptions::new().read(true), &self.path);
        let file = file.map_err(|error| unreadable(&self.given, error))?;
        self.read_from(&file)
    }

    fn read_from(&self, file: &File) -> Result<(Account, Stamp), OpenError> {
        let unreadable = |error| unreadable(&self.given, error);
        let metadata = file.metadata().map_err(unreadable)?;
        if metadata.len() > MAX_FILE {
            let path = self.given.clone();
            return Err(OpenError::TooLarge { path });
        }
        let mut text = Vec::new();
        file.take(MAX_FILE)
            .read_to_end(&mut text)
            .map_err(unreadable)?;
        let account = account_file::read(&text).map_err(|source| OpenError::Damaged {
            path: self.given.clone(),
            source,
        })?;
        Ok((account, Stamp::of(&metadata)))
    }

    /// Locks the file and returns the account in it: `known`, or a newer one.
    pub(super) fn lock(
        &self,
        (account, known): (Account, Option<Stamp>),
    ) -> Result<Locked, WriteError> {
        let (file, stamp) = self.lock_file()?;
        let (account, stamp) = if Some(stamp) == known {
            (account, stamp)
        } else {
            self.read_from(&file)?
        };
        Ok(Locked {
            store: self.clone(),
            file,
            account,
            stamp,
        })
    }

    /// Waits for the lock on the file at the path.
    fn lock_file(&self) -> Result<(LockedFile, Stamp), WriteError> {
        let failed = failed(&self.given);
        loop {
            let file = disk::open(OpenOptions::new().read(true).write(true), &self.path);
            let file = file.and_then(disk::lock).map_err(failed)?;
            let locked = Stamp::of(&file.metadata().map_err(failed)?);
            let at_path = self.path.metadata().map_err(failed)?;
            // While this program waited, another one may have renamed a new file into place.
            if locked.is_same_file(&Stamp::of(&at_path)) {
                return Ok((file, locked));
            }
        }
    }
}

/// A locked file with the account in it. Other programs wait until this value is dropped.
#[derive(Debug)]
pub(super) struct Locked {
    store: Store,
    file: LockedFile,
    pub(super) account: Account,
    pub(super) stamp: Stamp,
}

impl Locked {
    /// Writes the account to the file, or leaves the file as it was. The text has at most `limit` bytes.
    pub(super) fn write(self, account: &Account, limit: u64) -> Result<Stamp, WriteError> {
        let Store { given, path } = self.store;
        let text = text_of(account, &given, limit)?;
        let old = self.file.metadata().map_err(failed(&given))?;
        replace(&path, text.as_bytes(), Some(&old))
    }
}

fn unreadable(path: &Path, source: io::Error) -> OpenError {
    let path = path.to_owned();
    if source.kind() == io::ErrorKind::NotFound {
        return OpenError::Missing { path };
    }
    OpenError::Unreadable { path, source }
}

/// Adds the path to an error.
fn failed(path: &Path) -> impl Fn(io::Error) -> WriteError + Copy {
    move |source| {
        let path = path.to_owned();
        WriteError::Failed { path, source }
    }
}

fn text_of(account: &Account, path: &Path, limit: u64) -> Result<String, WriteError> {
    let text = account_file::write(account);
    let bytes = text.len() as u64;
    if bytes > limit {
        let path = path.to_owned();
        return Err(WriteError::TooLarge { path, bytes, limit });
    }
    Ok(text)
}

/// Writes an account to a file, new or existing. An existing file is replaced atomically.
pub fn write_account(path: &Path, account: &Account) -> Result<(), WriteError> {
    let text = text_of(account, path, MAX_FILE)?;
    let Ok(real) = path.canonicalize() else {
        if path.is_symlink() {
            let path = path.to_owned();
            return Err(WriteError::DanglingLink { path });
        }
        return replace(path, text.as_bytes(), None).map(drop);
    };
    let store = Store {
        given: path.to_owned(),
        path: real,
    };
    let (locked, _) = store.lock_file()?;
    let old = locked.metadata().map_err(failed(path))?;
    replace(&store.path, text.as_bytes(), Some(&old)).map(drop)
}

/// Writes an account to a file that must not exist yet.
pub fn create_account(path: &Path, account: &Account) -> Result<(), WriteError> {
    let failed = |source: io::Error| {
        if source.kind() == io::ErrorKind::AlreadyExists {
            let path = path.to_owned();
            return WriteError::Exists { path };
        }
        failed(path)(source)
    };
    disk::create(path, account_file::write(account).as_bytes()).map_err(failed)
}

/// Replaces `old`, with its owner and mode. The caller holds the lock on it.
fn replace(path: &Path, bytes: &[u8], old: Option<&Metadata>) -> Result<Stamp, WriteError> {
    if old.is_some_and(|old| old.nlink() > 1) {
        let path = path.to_owned();
        return Err(WriteError::HardLinked { path });
    }
    let mut is_other_owner = false;
    let prepare = |file: &File| {
        let Some(old) = old else { return Ok(()) };
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            let changed = fchown(file, Some(old.uid()), Some(old.gid()));
            changed.inspect_err(|_| is_other_owner = true)?;
        }
        file.set_permissions(Permissions::from_mode(old.mode() & 0o7777))
    };
    let file = disk::put(path, bytes, prepare).map_err(|source| {
        if is_other_owner {
            let path = path.to_owned();
            return WriteError::OtherOwner { path, source };
        }
        failed(&disk::beside(path))(source)
    })?;
    // The change is in the file already, so an error of this step is not reported as a failure. A folder
    // without read permission cannot be opened. Syncing the file again then also commits the rename on file
    // systems with a journal.
    drop(disk::sync_folder(disk::folder_of(path)).or_else(|_| file.sync_all()));
    let metadata = file.metadata().map_err(failed(path))?;
    Ok(Stamp::of(&metadata))
}
