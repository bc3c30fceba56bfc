//! The file of a snapshot and its account. A file with any other content is never overwritten.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SnapshotError;
use crate::disk;
use crate::domain::plural::counted;
use crate::domain::region::partition_of;
use crate::domain::{Arn, DefinitionKind};
use crate::sandbox::account::Versioned;
use crate::sandbox::{Account, MAX_FILE, account_file};

#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    pub file: &'a Path,
    /// Whether contents that only the existing file has may be overwritten.
    pub replace: bool,
}

/// The account that is read, and its endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotOrigin {
    /// Twelve digits; empty while unknown.
    pub account: String,
    pub partition: String,
    pub region: String,
    /// `None` for the endpoints of AWS.
    pub endpoint: Option<String>,
}

impl SnapshotOrigin {
    /// An account with only its region known.
    pub fn in_region(region: &str, endpoint: Option<String>) -> Self {
        Self {
            account: String::new(),
            partition: partition_of(region).to_owned(),
            region: region.to_owned(),
            endpoint,
        }
    }

    /// Takes partition, region and account from an ARN. Servers such as moto write a region of their own.
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

    /// The ARN of a path in this account.
    pub(super) fn arn(&self, path: &str) -> String {
        let (partition, region, account) = (&self.partition, &self.region, &self.account);
        format!("arn:{partition}:greengrass:{region}:{account}:/greengrass/{path}")
    }
}

/// The file that keeps everything read until the snapshot is complete.
pub fn partial_of(file: &Path) -> PathBuf {
    file.with_added_extension("partial")
}

/// Refuses a file that cannot be written or is not a snapshot. Returns the existing snapshot.
pub(super) fn check(file: &Path) -> Result<Option<Account>, SnapshotError> {
    let refused = |why: String| Err(SnapshotError::Target(format!("{}: {why}", file.display())));
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    if file.file_name().is_none() || file.is_dir() {
        return refused("this is a folder; name a file".to_owned());
    }
    if !folder.unwrap_or(Path::new(".")).is_dir() {
        return refused("there is no such folder".to_owned());
    }
    match disk::read(file, MAX_FILE) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => refused(error.to_string()),
        Ok(bytes) => match account_file::read(&bytes) {
            Ok(account) => Ok(Some(account)),
            Err(damage) => refused(format!(
                "it exists and is not a snapshot ({damage}); nothing was written, name another file"
            )),
        },
    }
}

/// Refuses to overwrite the snapshot of another account.
pub(super) fn check_same(
    file: &Path,
    existing: Option<&Account>,
    origin: &SnapshotOrigin,
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

/// Refuses to overwrite a file with contents that the account does not have. They were created in the file,
/// deleted from the account, or could not be read this time.
pub(super) fn check_nothing_lost(
    file: &Path,
    existing: &Account,
    new: &Account,
) -> Result<(), SnapshotError> {
    let (mut groups, mut group_versions) = (0, 0);
    for group in existing.groups().iter() {
        let of_new = new.group(&group.metadata().id);
        groups += usize::from(of_new.is_none());
        group_versions += missing_versions(group, of_new);
    }
    let (mut definitions, mut definition_versions) = (0, 0);
    for kind in DefinitionKind::ALL {
        for definition in existing.definitions(kind).iter() {
            let of_new = new.definition(kind, &definition.metadata().id);
            definitions += usize::from(of_new.is_none());
            definition_versions += missing_versions(definition, of_new);
        }
    }
    let parts = [
        (groups, "group"),
        (group_versions, "group version"),
        (definitions, "definition"),
        (definition_versions, "definition version"),
    ];
    let lost = parts.into_iter().filter(|(count, _)| *count > 0);
    let lost: Vec<String> = lost.map(|(count, noun)| counted(count, noun)).collect();
    if lost.is_empty() {
        return Ok(());
    }
    Err(SnapshotError::Target(format!(
        "{} also holds {} that this snapshot does not have; nothing was written. \
         Give --replace to lose them, or name another file; everything read is kept for the next run",
        file.display(),
        lost.join(", ")
    )))
}

fn missing_versions<H>(existing: &Versioned<H>, new: Option<&Versioned<H>>) -> usize {
    let is_missing = |id: &str| new.is_none_or(|versioned| versioned.version(id).is_none());
    existing
        .versions()
        .filter(|version| is_missing(&version.id))
        .count()
}
