//! The format of account files: `--sandbox=FILE`, snapshots and the demo account.
//!
//! ```json
//! {
//!   "format": "greengroup-account/1",
//!   "account": "111122223333", "partition": "aws", "region": "eu-central-1",
//!   "groups": [{
//!     "Id": "…", "Arn": "…", "Name": "…", "CreationTimestamp": "…", "LastUpdatedTimestamp": "…",
//!     "tags": {}, "LatestVersion": "…",
//!     "Versions": [{"Version": "…", "Arn": "…", "CreationTimestamp": "…",
//!                   "Definition": {"CoreDefinitionVersionArn": "…"}}],
//!     "Deployments": [{"DeploymentId": "…", "DeploymentArn": "…", "GroupArn": "… of the group version",
//!                      "DeploymentType": "…", "CreatedAt": "…", "DeploymentStatus": "…", "UpdatedAt": "…"}]
//!   }],
//!   "definitions": {"cores": [{
//!     "Id": "…", "Arn": "…", "Name": "…", "CreationTimestamp": "…", "LastUpdatedTimestamp": "…",
//!     "Versions": [{"Version": "…", "Arn": "…", "CreationTimestamp": "…",
//!                   "Definition": {"Cores": [{"Id": "…"}]}}]
//!   }], "devices": [], "functions": [], "connectors": [], "resources": [], "subscriptions": [], "loggers": []}
//! }
//! ```
//!
//! Members in capitals are the API's own. `Name`, `tags`, `LatestVersion` (if it is the last version) and
//! `Deployments` may be left out; versions and deployments are oldest first; unknown members are refused.
//!
//! A deployment can also have `ErrorMessage`, `ErrorDetails` and `ClientToken`. It reaches its
//! `DeploymentStatus` at its `UpdatedAt`. The file can also have `serviceRole` and, by group id,
//! `groupRoles`. Each role has `RoleArn` and `AssociatedAt`.

mod entries;
mod import;

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::account::Account;

/// The value of the `format` member.
const FORMAT: &str = "greengroup-account/1";

/// The first error in an account file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column} ({path}): {reason}")]
pub struct DamagedAccount {
    /// From 1.
    pub line: usize,
    /// From 1, in bytes.
    pub column: usize,
    /// The member: `groups[2].Versions[0].Arn`, or `the top`.
    pub path: String,
    pub reason: String,
}

#[derive(Deserialize)]
struct FormatOnly {
    format: Option<String>,
}

/// Reads an account file.
pub fn read(bytes: &[u8]) -> Result<Account, DamagedAccount> {
    let file: entries::File = serde_json::from_slice(bytes).map_err(|_| first_error(bytes))?;
    if file.format != FORMAT {
        return Err(wrong_format(bytes, Some(&file.format)));
    }
    file.into_account()
        .map_err(|bad| in_member(bytes, &bad.path, bad.reason))
}

/// The text of an account file.
pub fn write(account: &Account) -> String {
    // Serialization fails only for maps with keys that are not strings, and there are none.
    let mut text = serde_json::to_string_pretty(&entries::File::of(account)).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a file with an error again, more slowly, to find the path of the error.
fn first_error(bytes: &[u8]) -> DamagedAccount {
    if let Ok(FormatOnly { format }) = serde_json::from_slice(bytes)
        && format.as_deref() != Some(FORMAT)
    {
        return wrong_format(bytes, format.as_deref());
    }
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    let (path, error) = match serde_path_to_error::deserialize::<_, entries::File>(&mut parser) {
        Err(error) => (error.path().to_string(), error.into_inner()),
        Ok(_) => match parser.end() {
            Err(error) => (String::new(), error),
            Ok(()) => return in_member(bytes, "", "it cannot be read".to_owned()),
        },
    };
    let (line, column) = (error.line(), error.column());
    let reason = error.to_string();
    let position = format!(" at line {line} column {column}");
    DamagedAccount {
        line,
        column,
        path: match path.trim_end_matches(['.', '?']) {
            "" => "the top".to_owned(),
            known => known.to_owned(),
        },
        reason: reason.strip_suffix(&position).unwrap_or(&reason).to_owned(),
    }
}

fn wrong_format(bytes: &[u8], format: Option<&str>) -> DamagedAccount {
    let reason = match format {
        None => format!("the member is missing; it must be {FORMAT:?}"),
        Some(format) => format!("it is {format:?}, this program reads {FORMAT:?}"),
    };
    in_member(bytes, "format", reason)
}

fn in_member(bytes: &[u8], path: &str, reason: String) -> DamagedAccount {
    let (line, column) = line_and_column(bytes, start_of(bytes, path).unwrap_or(0));
    DamagedAccount {
        line,
        column,
        path: path.to_owned(),
        reason,
    }
}

/// The byte at which the value of the member at `path` begins: `groups[2].Versions[0].Arn`.
fn start_of(bytes: &[u8], path: &str) -> Option<usize> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        value = if let Some(index) = step.strip_suffix(']') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            items.get(index.parse::<usize>().ok()?)?
        } else {
            let members: HashMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
            members.get(step)?
        };
    }
    // Raw values are borrowed from the text.
    let offset = value.get().as_ptr().addr();
    offset.checked_sub(text.as_ptr().addr())
}

/// The line and the column, in bytes and both from 1, of the byte at `offset`.
fn line_and_column(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let line = 1 + memchr::memchr_iter(b'\n', before).count();
    (line, 1 + before.len() - line_start)
}
