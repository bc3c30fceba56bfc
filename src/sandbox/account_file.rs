//! An account as a JSON file: the format of `--sandbox=FILE`, of snapshots and of the demo account.
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
//! Members in capitals are the API's own. `Name`, `tags`, `LatestVersion` (where it is the last version) and
//! `Deployments` may be left out; versions and deployments stand oldest first; unknown members are refused.

mod entries;
mod place;
mod takeover;

use serde::Deserialize;

use super::account::Account;

/// What the `format` member says.
pub const FORMAT: &str = "greengroup-account/1";

/// What is wrong with an account file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column} ({path}): {what}")]
pub struct DamagedAccount {
    /// From 1.
    pub line: usize,
    /// From 1, in bytes.
    pub column: usize,
    /// Which member it is, such as `groups[2].Versions[0].Arn`; `the top` for the file as a whole.
    pub path: String,
    pub what: String,
}

#[derive(Deserialize)]
struct FormatOnly {
    format: Option<String>,
}

/// Reads an account file.
pub fn read(bytes: &[u8]) -> Result<Account, DamagedAccount> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (line, column) = place::line_and_column(bytes, error.valid_up_to());
        DamagedAccount {
            line,
            column,
            path: place::path_at(bytes, error.valid_up_to()),
            what: "the bytes here are not UTF-8".to_owned(),
        }
    })?;
    let FormatOnly { format } = serde_json::from_str(text).map_err(|error| at(bytes, &error))?;
    if format.as_deref() != Some(FORMAT) {
        let what = match format {
            None => format!("the member is missing; it must be {FORMAT:?}"),
            Some(format) => format!("it is {format:?}, this program reads {FORMAT:?}"),
        };
        return Err(in_member(bytes, "format", what));
    }
    let file: entries::File = serde_json::from_str(text).map_err(|error| at(bytes, &error))?;
    file.into_account()
        .map_err(|bad| in_member(bytes, &bad.path, bad.what))
}

/// The whole text of an account file.
pub fn write(account: &Account) -> String {
    // Only maps with keys that are no strings cannot be written, and there are none.
    let mut text = serde_json::to_string_pretty(&entries::File::of(account)).unwrap_or_default();
    text.push('\n');
    text
}

fn at(bytes: &[u8], error: &serde_json::Error) -> DamagedAccount {
    let (line, column) = (error.line(), error.column());
    let what = error.to_string();
    let place = format!(" at line {line} column {column}");
    DamagedAccount {
        line,
        column,
        path: place::path_at(bytes, place::offset(bytes, line, column)),
        what: what.strip_suffix(&place).unwrap_or(&what).to_owned(),
    }
}

fn in_member(bytes: &[u8], path: &str, what: String) -> DamagedAccount {
    let (line, column) = place::line_and_column(bytes, place::start_of(bytes, path).unwrap_or(0));
    DamagedAccount {
        line,
        column,
        path: path.to_owned(),
        what,
    }
}
