//! The partial file of a snapshot: one line per fact, so that an interrupted run can continue.

use std::fs::OpenOptions;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SnapshotError;
use super::known::Known;
use super::record::Record;
use super::target::SnapshotOrigin;
use crate::disk::{self, LockedFile};

const FORMAT: &str = "greengroup-partial-snapshot/1";
const FOREIGN: &str = "it is not an unfinished snapshot; move it away";

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Heading {
    format: String,
    #[serde(flatten)]
    origin: SnapshotOrigin,
}

/// The locked file, and everything read so far.
#[derive(Debug)]
pub(super) struct Partial {
    file: LockedFile,
    path: PathBuf,
    pub(super) known: Known,
}

impl Partial {
    /// Opens or creates the file, and reads the facts of an earlier run.
    pub(super) fn open(path: &Path, origin: &SnapshotOrigin) -> Result<Self, SnapshotError> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        let file = disk::open(&mut options, path).map_err(failed(path))?;
        let locked = disk::try_lock(file).map_err(failed(path))?;
        let file = locked.map_err(|_| refused(path, "another run is writing to it"))?;
        let mut partial = Self {
            file,
            path: path.to_owned(),
            known: Known::default(),
        };
        partial.read(origin)?;
        Ok(partial)
    }

    fn read(&mut self, origin: &SnapshotOrigin) -> Result<(), SnapshotError> {
        let mut text = Vec::new();
        self.file
            .read_to_end(&mut text)
            .map_err(failed(&self.path))?;
        let Some(end) = text.iter().position(|byte| *byte == b'\n') else {
            return self.begin(origin, &text);
        };
        let (heading, records) = text.split_at(end + 1);
        self.check_heading(heading, origin)?;
        let mut sound = heading.len();
        for line in records.split_inclusive(|byte| *byte == b'\n') {
            // The last line may be incomplete. After a damaged line, everything is read again.
            let record = line
                .strip_suffix(b"\n")
                .map(serde_json::from_slice::<Record>);
            let Some(Ok(record)) = record else { break };
            self.known.add(record);
            sound += line.len();
        }
        self.cut(sound)
    }

    /// Truncates only an incomplete first line of this program, never other content.
    fn begin(&mut self, origin: &SnapshotOrigin, found: &[u8]) -> Result<(), SnapshotError> {
        let heading = Heading {
            format: FORMAT.to_owned(),
            origin: origin.clone(),
        };
        let mut line = serde_json::to_vec(&heading).unwrap_or_default();
        if !line.starts_with(found) {
            return Err(refused(&self.path, FOREIGN));
        }
        line.push(b'\n');
        self.cut(0)?;
        self.file.write_all(&line).map_err(failed(&self.path))
    }

    fn check_heading(&self, line: &[u8], origin: &SnapshotOrigin) -> Result<(), SnapshotError> {
        let heading = serde_json::from_slice::<Heading>(line).ok();
        let Some(heading) = heading.filter(|heading| heading.format == FORMAT) else {
            return Err(refused(&self.path, FOREIGN));
        };
        if heading.origin == *origin {
            return Ok(());
        }
        let (account, region) = (heading.origin.account, heading.origin.region);
        let what = format!(
            "it is an unfinished snapshot of account {account} in {region}, not of this one; remove it, or name another file"
        );
        Err(refused(&self.path, &what))
    }

    fn cut(&mut self, length: usize) -> Result<(), SnapshotError> {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        let cut = self.file.set_len(length);
        cut.and_then(|()| self.file.seek(SeekFrom::End(0)).map(drop))
            .map_err(failed(&self.path))
    }

    /// Adds a fact, to the file only if a later run need not read it again.
    pub(super) fn add(&mut self, record: Record) -> Result<(), SnapshotError> {
        if !record.may_change() {
            let mut line = serde_json::to_vec(&record).unwrap_or_default();
            line.push(b'\n');
            self.file.write_all(&line).map_err(failed(&self.path))?;
        }
        self.known.add(record);
        Ok(())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn remove(self) -> Result<(), SnapshotError> {
        std::fs::remove_file(&self.path).map_err(failed(&self.path))
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> SnapshotError {
    let path = path.to_owned();
    |source| SnapshotError::File { path, source }
}

fn refused(path: &Path, why: &str) -> SnapshotError {
    SnapshotError::Target(format!("{}: {why}", path.display()))
}
