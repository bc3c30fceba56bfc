//! ARNs, parsed once and kept verbatim, so the program sends back exactly the text of the service.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::{DefinitionId, GroupId, GroupVersionId, is_new_id, short_id};
use super::kind::DefinitionKind;

/// The maximum length of an ARN; AWS's own limit is 2048 characters.
const MAX_ARN_BYTES: usize = 2048;

/// The six parts of any ARN, borrowed: `arn:partition:service:region:account:resource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arn<'a> {
    pub partition: &'a str,
    pub service: &'a str,
    /// Empty in the ARNs of system Lambda functions.
    pub region: &'a str,
    /// Empty in the ARNs of connectors and of system Lambda functions.
    pub account: &'a str,
    /// The text after the fifth colon, with its colons.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits `text` into six parts without checking them.
    pub fn split(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        Some(Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }

    /// The parts of a Greengrass ARN, and its resource path without the leading slash.
    ///
    /// AWS writes the slash (Service Authorization Reference, Greengrass V1); moto does not.
    fn greengrass(text: &'a str) -> Result<(Self, &'a str), ArnError> {
        if text.len() > MAX_ARN_BYTES {
            return Err(ArnError::TooLong);
        }
        let arn = Self::split(text).ok_or(ArnError::NotAnArn)?;
        let known_partition = matches!(arn.partition, "aws" | "aws-cn" | "aws-us-gov");
        if !known_partition {
            return Err(ArnError::Partition(arn.partition.to_owned()));
        }
        if arn.service != "greengrass" {
            return Err(ArnError::Service(arn.service.to_owned()));
        }
        let region_is_plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if arn.region.is_empty() || !arn.region.bytes().all(region_is_plain) {
            return Err(ArnError::Region(arn.region.to_owned()));
        }
        if arn.account.len() != 12 || !arn.account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ArnError::Account(arn.account.to_owned()));
        }
        Ok((arn, arn.resource.strip_prefix('/').unwrap_or(arn.resource)))
    }
}

/// The reason why a text is not the expected ARN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArnError {
    #[error("an ARN has six parts, arn:partition:greengrass:region:account:/greengrass/…")]
    NotAnArn,
    #[error("an ARN has at most {MAX_ARN_BYTES} bytes")]
    TooLong,
    #[error("{0:?} is not a partition; the partitions are aws, aws-cn and aws-us-gov")]
    Partition(String),
    #[error("{0:?} is not the service greengrass")]
    Service(String),
    #[error("{0:?} is not a region")]
    Region(String),
    #[error("{0:?} is not an account id of 12 digits")]
    Account(String),
    #[error("a definition's ARN names no version; one that ends in /versions/ID is needed")]
    NoVersion,
    #[error("{0:?} is not the path of a definition version")]
    Path(String),
}

/// The ARN of one immutable definition version, with the text of the service.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionVersionArn {
    text: Arc<str>,
    kind: DefinitionKind,
    definition_start: u16,
    definition_end: u16,
    version_start: u16,
}

impl DefinitionVersionArn {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The slot of this version, read from the ARN.
    pub const fn kind(&self) -> DefinitionKind {
        self.kind
    }

    /// The definition id.
    pub fn definition(&self) -> &str {
        self.text
            .get(self.definition_start.into()..self.definition_end.into())
            .unwrap_or_default()
    }

    /// The version id.
    pub fn version(&self) -> &str {
        self.text
            .get(self.version_start.into()..)
            .unwrap_or_default()
    }

    pub fn definition_id(&self) -> DefinitionId {
        DefinitionId::new(self.definition())
    }

    /// The first eight characters of the version id.
    pub fn short(&self) -> &str {
        short_id(self.version())
    }

    /// True for a version that a draft will create.
    pub fn is_new(&self) -> bool {
        is_new_id(self.version())
    }

    /// The ARN without the version id at its end.
    pub(super) fn up_to_version(&self) -> &str {
        self.text
            .get(..self.version_start.into())
            .unwrap_or_default()
    }

    /// The six parts of the ARN.
    pub fn parts(&self) -> Arn<'_> {
        Arn::split(&self.text).unwrap_or_default()
    }
}

impl FromStr for DefinitionVersionArn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (_, path) = Arn::greengrass(text)?;
        let wrong_path = || ArnError::Path(path.to_owned());
        let definition_path = path
            .strip_prefix("greengrass/definition/")
            .ok_or_else(wrong_path)?;
        let (segment, rest) = definition_path.split_once('/').ok_or_else(wrong_path)?;
        let kind = DefinitionKind::from_path_segment(segment).ok_or_else(wrong_path)?;
        let Some((definition, version)) = rest.split_once("/versions/") else {
            let is_definition = !rest.is_empty() && !rest.contains('/');
            return Err(if is_definition {
                ArnError::NoVersion
            } else {
                wrong_path()
            });
        };
        let is_id =
            |id: &str| !id.is_empty() && !id.contains('/') && !id.chars().any(char::is_control);
        if !is_id(definition) || !is_id(version) {
            return Err(wrong_path());
        }
        let offset =
            |from_end: usize| u16::try_from(text.len() - from_end).map_err(|_| ArnError::TooLong);
        Ok(Self {
            kind,
            definition_start: offset(rest.len())?,
            definition_end: offset(rest.len() - definition.len())?,
            version_start: offset(version.len())?,
            text: text.into(),
        })
    }
}

impl fmt::Display for DefinitionVersionArn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.text)
    }
}

impl fmt::Debug for DefinitionVersionArn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, formatter)
    }
}

impl Serialize for DefinitionVersionArn {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for DefinitionVersionArn {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The ids in the ARN of a group version; ListDeployments returns it as `GroupArn`.
pub fn group_version_ids(text: &str) -> Result<(GroupId, GroupVersionId), ArnError> {
    let (_, path) = Arn::greengrass(text)?;
    path.strip_prefix("greengrass/groups/")
        .and_then(|rest| rest.split_once("/versions/"))
        .filter(|(group, version)| {
            !group.is_empty() && !version.is_empty() && !version.contains('/')
        })
        .map(|(group, version)| (GroupId::new(group), GroupVersionId::new(version)))
        .ok_or_else(|| ArnError::Path(path.to_owned()))
}
