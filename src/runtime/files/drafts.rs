//! Saved drafts: one file for each account, region, endpoint and group.

mod key;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::FileError;
use super::lock::{Holder, Lock, LockError};
use crate::disk;
use crate::domain::printable::printable_json;
use crate::domain::{Draft, Timestamp};
pub use key::DraftKey;

const FORMAT: u32 = 1;
const MAX_BYTES: u64 = 16 * 1024 * 1024;
const ENDING: &str = "json";
const LOCK_ENDING: &str = "lock";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedDraft {
    pub key: DraftKey,
    pub saved: Timestamp,
    pub draft: Draft,
}

#[derive(Serialize, Deserialize)]
struct Envelope<Body> {
    format: u32,
    #[serde(flatten)]
    body: Body,
}

/// A file that could not be parsed: it was renamed, not deleted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the draft in {} could not be read ({why}); it was kept as {}", was.display(), now.display())]
pub struct PutAside {
    pub was: PathBuf,
    pub now: PathBuf,
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Nothing,
    Draft(Box<SavedDraft>),
    Damaged(PutAside),
}

#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// `folder` must exist: [`super::Paths::prepare`] creates it.
    pub const fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Saves a draft; it replaces the one with the same key.
    pub fn save(&self, saved: &SavedDraft) -> Result<(), FileError> {
        let path = self.path(&saved.key);
        let envelope = Envelope {
            format: FORMAT,
            body: saved,
        };
        let text = serde_json::to_string_pretty(&envelope)
            .map_err(|error| FileError::at(&path)(error.into()))?;
        disk::replace(&path, printable_json(&text).as_bytes()).map_err(FileError::at(&path))
    }

    /// Reads the draft with this key. A damaged file is renamed, with `now` in its name.
    pub fn load(&self, key: &DraftKey, now: Timestamp) -> Result<Found, FileError> {
        let path = self.path(key);
        let read = read(&path).map_err(FileError::at(&path))?;
        let checked = match read {
            None => return Ok(Found::Nothing),
            Some(Ok(saved)) if saved.key != *key => Err("it is another group's".to_owned()),
            Some(read) => read,
        };
        match checked {
            Ok(saved) => Ok(Found::Draft(saved)),
            Err(why) => quarantined(path, why, now).map(Found::Damaged),
        }
    }

    /// Every readable draft, in no order; damaged files are left in place.
    pub fn all(&self) -> impl Iterator<Item = Box<SavedDraft>> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        let drafts = paths.filter(|path| path.extension().is_some_and(|ending| ending == ENDING));
        drafts.filter_map(|path| read(&path).ok()??.ok())
    }

    /// Removes the draft with this key after its version was created.
    pub fn remove(&self, key: &DraftKey) -> Result<(), FileError> {
        let path = self.path(key);
        let removed = match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            removed => removed,
        };
        removed
            .and_then(|()| disk::sync_folder(&self.folder))
            .map_err(FileError::at(path))
    }

    /// Keeps other programs from using a draft while the lock is held.
    pub fn lock(&self, key: &DraftKey, holder: &Holder) -> Result<Lock, LockError> {
        Lock::take(&self.path(key).with_extension(LOCK_ENDING), holder)
    }

    fn path(&self, key: &DraftKey) -> PathBuf {
        self.folder.join(key.file_stem()).with_extension(ENDING)
    }
}

/// The draft in a file, or its parse error; `None` without a file.
fn read(path: &Path) -> io::Result<Option<Result<Box<SavedDraft>, String>>> {
    match disk::read(path, MAX_BYTES) {
        Ok(bytes) => Ok(Some(parse(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Ok(Some(Err(error.to_string())))
        }
        Err(error) => Err(error),
    }
}

pub fn parse(bytes: &[u8]) -> Result<Box<SavedDraft>, String> {
    #[derive(Deserialize)]
    struct Format {
        format: u32,
    }
    let Format { format } =
        serde_json::from_slice(bytes).map_err(|error| format!("it is no draft: {error}"))?;
    if format != FORMAT {
        return Err(format!(
            "its format is {format}, and this program reads {FORMAT}"
        ));
    }
    let Envelope::<SavedDraft> { body, .. } =
        serde_json::from_slice(bytes).map_err(|error| format!("it is damaged: {error}"))?;
    if body.draft.group() != &body.key.group {
        return Err("the draft in it is another group's".to_owned());
    }
    Ok(Box::new(body))
}

fn quarantined(was: PathBuf, why: String, now: Timestamp) -> Result<PutAside, FileError> {
    let name = was.file_name().unwrap_or_default().to_string_lossy();
    let stamp = now.milliseconds();
    let mut aside = was.with_file_name(format!("{name}.damaged-{stamp}"));
    let mut count = 1;
    while aside.exists() {
        count += 1;
        aside = was.with_file_name(format!("{name}.damaged-{stamp}-{count}"));
    }
    fs::rename(&was, &aside).map_err(FileError::at(&was))?;
    Ok(PutAside {
        now: aside,
        was,
        why,
    })
}
