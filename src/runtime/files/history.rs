//! The journal of sent requests: a line before each request and a line with its outcome.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::FileError;
use crate::disk::{self, LockedFile};
use crate::domain::endpoint::without_secrets;
use crate::domain::printable::printable_json;
use crate::domain::{DefinitionTarget, GroupId, GroupVersionId, Slots, Timestamp};

/// The size at which the file is rotated, and the maximum that is read.
const MAX_BYTES: u64 = 5 * 1024 * 1024;

/// A line is written in milliseconds; after this many attempts, the other program is assumed to hang.
const LOCK_ATTEMPTS: usize = 100;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Entry {
    Sending(Box<Sending>),
    Defining(Box<RecordedRequest<DefinitionChange>>),
    Deploying(Box<RecordedRequest<DeploymentChange>>),
    Outcome(Box<RecordedOutcome>),
}

/// A request for a group before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRequest<Change> {
    pub at: Timestamp,
    /// The caller's ARN, if STS returned it.
    pub caller: Option<String>,
    pub region: String,
    /// `None` for an endpoint of AWS.
    pub endpoint: Option<String>,
    pub group: GroupId,
    #[serde(flatten)]
    pub change: Change,
    pub client_token: String,
}

/// A CreateGroupVersion before it is sent.
pub type Sending = RecordedRequest<SlotsChange>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotsChange {
    pub base: Option<GroupVersionId>,
    pub old: Slots,
    pub new: Slots,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionChange {
    /// The API's name of the call.
    pub operation: String,
    pub target: DefinitionTarget,
    /// SHA-256 of the content's JSON, in hexadecimal digits.
    pub content_sha256: String,
}

/// A CreateDeployment or ResetDeployments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeploymentChange {
    /// The API's name of the call.
    pub operation: String,
    pub request: serde_json::Value,
}

impl Sending {
    /// True for two requests to one group of one account.
    fn is_for_the_group_of(&self, other: &Self) -> bool {
        (&self.group, &self.region, &self.endpoint)
            == (&other.group, &other.region, &other.endpoint)
    }
}

/// The outcome of the request with the same client token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedOutcome {
    pub at: Timestamp,
    pub client_token: String,
    pub request_id: Option<String>,
    #[serde(flatten)]
    pub result: OutcomeKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum OutcomeKind {
    Created {
        version: Option<String>,
        arn: Option<String>,
    },
    Started {
        deployment: String,
    },
    Failed {
        message: String,
    },
    Unknown {
        message: String,
    },
}

#[derive(Debug, Clone)]
pub struct History {
    path: PathBuf,
    max_bytes: u64,
}

impl History {
    pub const fn at(path: PathBuf) -> Self {
        Self::limited(path, MAX_BYTES)
    }

    /// Like [`Self::at`], with the size at which the file is rotated.
    pub const fn limited(path: PathBuf, max_bytes: u64) -> Self {
        Self { path, max_bytes }
    }

    /// Appends one line and returns when it is on the disk. A file that would become too large is first
    /// rotated to `….1`. Its requests without an outcome are copied to the new file.
    pub fn append(&self, entry: &Entry) -> Result<(), FileError> {
        self.try_append(entry).map_err(FileError::at(&self.path))
    }

    fn try_append(&self, entry: &Entry) -> io::Result<()> {
        let mut file = self.locked()?;
        let mut text = line(entry)?;
        let length = file.metadata()?.len();
        if length > 0 && length + text.len() as u64 > self.max_bytes {
            let carried_over = unsettled(self.tail(&mut file)?);
            let mut lines = Vec::new();
            for sending in carried_over {
                lines.extend(line(&Entry::Sending(Box::new(sending)))?);
            }
            lines.extend(text);
            self.keep_as_older()?;
            return disk::replace(&self.path, &lines);
        }
        // A line cut by a crash remains; the next one starts on a new line.
        if ends_within_a_line(&mut file)? {
            text.insert(0, b'\n');
        }
        file.write_all(&text)?;
        file.sync_data()?;
        if length == 0 {
            disk::sync_folder(disk::folder_of(&self.path))?;
        }
        Ok(())
    }

    /// The file, locked so that no other program rotates it.
    fn locked(&self) -> io::Result<LockedFile> {
        for _ in 0..LOCK_ATTEMPTS {
            let mut options = OpenOptions::new();
            options.read(true).append(true).create(true);
            let file = disk::open(&mut options, &self.path)?;
            let Ok(file) = disk::try_lock(file)? else {
                std::thread::park_timeout(LOCK_PAUSE);
                continue;
            };
            // Another program may have rotated the file between the two steps.
            let is_current = fs::metadata(&self.path)
                .is_ok_and(|current| file.metadata().is_ok_and(|own| own.ino() == current.ino()));
            if is_current {
                return Ok(file);
            }
        }
        let message = "another program keeps it locked";
        Err(io::Error::new(io::ErrorKind::WouldBlock, message))
    }

    /// Also keeps the file as `….1`. The file always exists: otherwise another program would create a new
    /// one, and its line would be lost.
    fn keep_as_older(&self) -> io::Result<()> {
        let older = self.older();
        _ = fs::remove_file(&older);
        fs::hard_link(&self.path, &older).or_else(|_| fs::copy(&self.path, &older).map(drop))
    }

    fn older(&self) -> PathBuf {
        self.path.with_added_extension("1")
    }

    /// The last request to each group, if its outcome is unknown. Either the program ended before the
    /// response, or the response was not conclusive. A later request to the group replaces it.
    pub fn unsettled(&self) -> Result<Vec<Sending>, FileError> {
        let read = |path: PathBuf| {
            let file = disk::open(OpenOptions::new().read(true), &path);
            file.and_then(|mut file| self.tail(&mut file))
                .map_err(FileError::at(path))
        };
        let entries = match read(self.path.clone()) {
            // A program ended during the rotation.
            Err(error) if is_absent(&error) => read(self.older()),
            entries => entries,
        };
        match entries {
            Err(error) if is_absent(&error) => Ok(Vec::new()),
            entries => entries.map(unsettled),
        }
    }

    /// The entries at the end of a file, up to the maximum size; unreadable lines are left out.
    fn tail(&self, file: &mut File) -> io::Result<Vec<Entry>> {
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(self.max_bytes)))?;
        let mut bytes = Vec::new();
        file.take(self.max_bytes).read_to_end(&mut bytes)?;
        let lines = bytes.split(|&byte| byte == b'\n');
        Ok(lines
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect())
    }
}

fn is_absent(error: &FileError) -> bool {
    error.source.kind() == io::ErrorKind::NotFound
}

fn unsettled(entries: Vec<Entry>) -> Vec<Sending> {
    let mut unsettled: Vec<Sending> = Vec::new();
    for entry in entries {
        match entry {
            Entry::Sending(sending) => {
                unsettled.retain(|other| !other.is_for_the_group_of(&sending));
                unsettled.push(*sending);
            }
            // Their outcome is visible in the lists of versions and deployments.
            Entry::Defining(_) | Entry::Deploying(_) => {}
            Entry::Outcome(outcome) => {
                if !matches!(outcome.result, OutcomeKind::Unknown { .. }) {
                    unsettled.retain(|sent| sent.client_token != outcome.client_token);
                }
            }
        }
    }
    unsettled
}

/// An entry as a line, without credentials in an endpoint.
fn line(entry: &Entry) -> io::Result<Vec<u8>> {
    let mut entry = entry.clone();
    let endpoint = match &mut entry {
        Entry::Sending(sending) => &mut sending.endpoint,
        Entry::Defining(defining) => &mut defining.endpoint,
        Entry::Deploying(deploying) => &mut deploying.endpoint,
        Entry::Outcome(_) => &mut None,
    };
    *endpoint = endpoint.as_deref().map(without_secrets);
    let text = serde_json::to_string(&entry)?;
    Ok(format!("{}\n", printable_json(&text)).into_bytes())
}

fn ends_within_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}
