//! Where a snapshot goes and of which account it is: nothing of another kind is ever overwritten.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SnapshotError;
use crate::disk;
use crate::domain::Arn;
use crate::domain::region::partition_of;
use crate::sandbox::{Account, LARGEST_FILE, account_file};

/// The account that is read, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Twelve digits; empty until it is known.
    pub account: String,
    pub partition: String,
    pub region: String,
    /// Absent for AWS's own.
    pub endpoint: Option<String>,
}

impl Origin {
    /// An account of which only the region is known yet.
    pub fn in_region(region: &str, endpoint: Option<String>) -> Self {
        Self {
            account: String::new(),
            partition: partition_of(region).to_owned(),
            region: region.to_owned(),
            endpoint,
        }
    }

    /// As the ARN says, which a server of its own writes with a region of its own.
    pub(super) fn of_arn(mut self, arn: &str) -> Option<Self> {
        let arn = Arn::split(arn)?;
        arn.partition.clone_into(&mut self.partition);
        arn.region.clone_into(&mut self.region);
        Some(self.of_account(arn.account.to_owned()))
    }

    pub(super) fn of_account(mut self, account: String) -> Self {
        self.account = account;
        self
    }

    /// The ARN of a path below this account.
    pub(super) fn arn(&self, path: &str) -> String {
        let (partition, region, account) = (&self.partition, &self.region, &self.account);
        format!("arn:{partition}:greengrass:{region}:{account}:/greengrass/{path}")
    }
}

/// Where what was read is kept until the snapshot is whole.
pub fn partial_of(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    file.with_file_name(name)
}

/// Refuses a file that cannot be written, or that is something else; gives the snapshot that is there.
pub(super) fn check(file: &Path) -> Result<Option<Account>, SnapshotError> {
    let refused = |why: String| Err(SnapshotError::Target(format!("{}: {why}", file.display())));
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    if file.file_name().is_none() || file.is_dir() {
        return refused("this is a folder; name a file".to_owned());
    }
    if !folder.unwrap_or(Path::new(".")).is_dir() {
        return refused("there is no such folder".to_owned());
    }
    match disk::read(file, LARGEST_FILE) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => refused(error.to_string()),
        Ok(bytes) => match account_file::read(&bytes) {
            Ok(account) => Ok(Some(account)),
            Err(damage) => refused(format!(
                "it is there already and is no snapshot ({damage}); nothing was written, name another file"
            )),
        },
    }
}

/// A snapshot is written over one of the same account only.
pub(super) fn check_same(
    file: &Path,
    existing: Option<&Account>,
    origin: &Origin,
) -> Result<(), SnapshotError> {
    match existing {
        Some(account) if account.id() != origin.account || account.region() != origin.region => {
            Err(SnapshotError::Target(format!(
                "{} holds account {} in {}, and this is {} in {}; nothing was written, name another file",
                file.display(),
                account.id(),
                account.region(),
                origin.account,
                origin.region
            )))
        }
        Some(_) | None => Ok(()),
    }
}
