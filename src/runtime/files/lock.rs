//! A lock that gives a draft to one program at a time, until it is dropped.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::FileError;
use crate::disk::{self, LockedFile};
use crate::domain::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    #[serde(rename = "pid")]
    pub process_id: u32,
    pub since: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error("{}", held_by(.0.as_ref()))]
    Held(Option<Holder>),
    #[error(transparent)]
    File(#[from] FileError),
}

fn held_by(holder: Option<&Holder>) -> String {
    match holder {
        Some(Holder { process_id, since }) => {
            format!("another greengroup (process {process_id}) has this group open since {since}")
        }
        None => "another greengroup has this group open".to_owned(),
    }
}

/// A lock, held until it is dropped. The file remains: otherwise two programs could lock two files of the
/// same name.
#[derive(Debug)]
pub struct Lock {
    _file: LockedFile,
}

impl Lock {
    /// Takes the lock, or returns its holder; never waits.
    pub fn take(path: &Path, holder: &Holder) -> Result<Self, LockError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = disk::open(&mut options, path).map_err(FileError::at(path))?;
        let mut file = match disk::try_lock(file).map_err(FileError::at(path))? {
            Ok(file) => file,
            Err(mut held) => return Err(LockError::Held(read(&mut held))),
        };
        write(&mut file, holder).map_err(FileError::at(path))?;
        Ok(Self { _file: file })
    }
}

fn read(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.take(1024).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

fn write(file: &mut File, holder: &Holder) -> io::Result<()> {
    let text = serde_json::to_string(holder)?;
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())
}
