//! The key of a draft and the name of its file, which is readable and unique.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::GroupId;
use crate::domain::endpoint::without_secrets;

const READABLE: usize = 24;
const HASH_BYTES: usize = 12;

/// The account, region, endpoint and group that a draft belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftKey {
    pub(in crate::runtime) account: String,
    pub(in crate::runtime) region: String,
    #[serde(default)]
    pub(in crate::runtime) endpoint: Option<String>,
    pub(super) group: GroupId,
}

impl DraftKey {
    /// `endpoint` is `None` for AWS's own; secrets in it are removed.
    pub fn new(account: &str, region: &str, endpoint: Option<&str>, group: GroupId) -> Self {
        Self {
            account: account.to_owned(),
            region: region.to_owned(),
            endpoint: endpoint.map(without_secrets),
            group,
        }
    }

    pub const fn group(&self) -> &GroupId {
        &self.group
    }

    /// True for the same group in the same region and endpoint, whatever the account.
    pub fn names_same_group(&self, other: &Self) -> bool {
        (&self.region, &self.endpoint, &self.group)
            == (&other.region, &other.endpoint, &other.group)
    }

    /// `111122223333-eu-central-1-9f8e21c0-4a5b…`: letters, digits and dashes only.
    pub(super) fn file_stem(&self) -> String {
        let mut stem = String::new();
        for part in [&self.account, &self.region, self.group.short()] {
            let plain = part
                .chars()
                .filter(|character| character.is_ascii_alphanumeric() || *character == '-');
            stem.extend(plain.take(READABLE));
            stem.push('-');
        }
        let digits = self.hash().flat_map(|byte| [byte >> 4, byte & 0xf]);
        stem.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
        stem.trim_start_matches('-').to_owned()
    }

    fn hash(&self) -> impl Iterator<Item = u8> {
        let mut hash = Sha256::new();
        let parts = [
            Some(self.account.as_str()),
            Some(self.region.as_str()),
            self.endpoint.as_deref(),
            Some(self.group.as_str()),
        ];
        for part in parts {
            // Each part has its length, so that different parts never result in the same text.
            let length = part.map_or(u64::MAX, |part| part.len() as u64);
            hash.update(length.to_be_bytes());
            hash.update(part.unwrap_or_default());
        }
        hash.finalize().into_iter().take(HASH_BYTES)
    }
}
