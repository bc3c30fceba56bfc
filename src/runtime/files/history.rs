//! The record of what was sent: a line before each request and a line with its outcome, never rewritten.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{FileError, atomic, without_credentials};
use crate::domain::printable::printable_json;
use crate::domain::{GroupId, GroupVersionId, Slots, Timestamp};

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Entry {
    Sending(Box<Sending>),
    Outcome(Box<Outcome>),
}

/// A CreateGroupVersion that is about to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    pub at: Timestamp,
    /// The ARN that STS answered, where it did.
    pub caller: Option<String>,
    pub region: String,
    /// Absent for AWS's own.
    pub endpoint: Option<String>,
    pub group: GroupId,
    pub base: Option<GroupVersionId>,
    pub old: Slots,
    pub new: Slots,
    pub client_token: String,
}

impl Sending {
    /// True for two requests to one group of one account.
    fn is_for_the_group_of(&self, other: &Self) -> bool {
        (&self.group, &self.region, &self.endpoint)
            == (&other.group, &other.region, &other.endpoint)
    }
}

/// What became of the request with the same client token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub at: Timestamp,
    pub client_token: String,
    pub request_id: Option<String>,
    #[serde(flatten)]
    pub result: OutcomeKind,
}

/// The three outcomes there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum OutcomeKind {
    Created {
        version: Option<String>,
        arn: Option<String>,
    },
    Failed {
        message: String,
    },
    Unknown {
        message: String,
    },
}

/// The file of the history.
#[derive(Debug, Clone)]
pub struct History {
    path: PathBuf,
}

impl History {
    pub const fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Appends one line and returns once it is on the disk.
    pub fn append(&self, entry: &Entry) -> Result<(), FileError> {
        self.try_append(entry).map_err(FileError::at(&self.path))
    }

    fn try_append(&self, entry: &Entry) -> io::Result<()> {
        let is_new = !self.path.exists();
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(atomic::OWNER_READS_AND_WRITES)
            .open(&self.path)?;
        let mut line = Vec::new();
        // A line that a crash cut short stays as it is; the next begins on its own.
        if ends_in_the_middle(&mut file)? {
            line.push(b'\n');
        }
        let text = serde_json::to_string(&safe(entry))?;
        line.extend_from_slice(printable_json(&text).as_bytes());
        line.push(b'\n');
        file.write_all(&line)?;
        file.sync_data()?;
        if is_new {
            atomic::sync_folder(atomic::folder_of(&self.path))?;
        }
        Ok(())
    }

    /// The last request to each group, where nobody knows what became of it: the program ended
    /// while it was under way, or its outcome stayed unknown. A later request to the group ends that.
    pub fn unsettled(&self) -> Result<Vec<Sending>, FileError> {
        let entries = read(&self.path).map_err(FileError::at(&self.path))?;
        let mut unsettled: Vec<Sending> = Vec::new();
        for entry in entries {
            match entry {
                Entry::Sending(sending) => {
                    unsettled.retain(|other| !other.is_for_the_group_of(&sending));
                    unsettled.push(*sending);
                }
                Entry::Outcome(outcome) => match outcome.result {
                    OutcomeKind::Created { .. } | OutcomeKind::Failed { .. } => {
                        unsettled.retain(|sent| sent.client_token != outcome.client_token);
                    }
                    OutcomeKind::Unknown { .. } => {}
                },
            }
        }
        Ok(unsettled)
    }
}

/// Without credentials that an address may carry.
fn safe(entry: &Entry) -> Entry {
    let mut safe = entry.clone();
    if let Entry::Sending(sending) = &mut safe {
        sending.endpoint = sending.endpoint.as_deref().map(without_credentials);
    }
    safe
}

fn ends_in_the_middle(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// The lines that can be read.
fn read(path: &Path) -> io::Result<Vec<Entry>> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        bytes => bytes?,
    };
    let lines = bytes.split(|&byte| byte == b'\n');
    Ok(lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect())
}
