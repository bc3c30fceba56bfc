//! The common form of groups and definitions: metadata, and versions that never change.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::import::ImportError;

/// A group or a definition with all its versions.
///
/// `H` is the content of a version: slots for a group, JSON for a definition.
#[derive(Debug, Clone)]
pub struct Versioned<H> {
    pub(super) metadata: Metadata,
    /// Oldest first.
    versions: IndexMap<Arc<str>, Arc<Version<H>>>,
    latest: Option<usize>,
}

/// The members of a group or a definition, without its versions.
#[derive(Debug, Clone)]
pub struct Metadata {
    pub id: Arc<str>,
    pub arn: Arc<str>,
    /// Not unique; definitions may have none.
    pub name: Option<Arc<str>>,
    /// ISO-8601 in UTC, with milliseconds.
    pub created: Arc<str>,
    /// As `created`; changes with the name, not with new versions (AWS CLI examples of `list-groups`).
    pub updated: Arc<str>,
    pub tags: BTreeMap<String, String>,
}

/// One version, which never changes. An account file has it in this form.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub struct Version<H> {
    /// The version's own id.
    #[serde(rename = "Version")]
    pub id: Arc<str>,
    pub arn: Arc<str>,
    /// ISO-8601 in UTC, with milliseconds.
    #[serde(rename = "CreationTimestamp")]
    pub created: Arc<str>,
    #[serde(rename = "Definition")]
    pub holds: H,
}

impl<H> Version<H> {
    /// The version with another form of its content.
    pub(in crate::sandbox) fn map<D>(&self, form: impl FnOnce(&H) -> D) -> Version<D> {
        Version {
            id: Arc::clone(&self.id),
            arn: Arc::clone(&self.arn),
            created: Arc::clone(&self.created),
            holds: form(&self.holds),
        }
    }
}

impl<H> Versioned<H> {
    pub(super) fn new(metadata: Metadata) -> Self {
        Self {
            metadata,
            versions: IndexMap::new(),
            latest: None,
        }
    }

    pub const fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Every version, oldest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &Version<H>> + ExactSizeIterator {
        self.versions.values().map(AsRef::as_ref)
    }

    pub fn version(&self, id: &str) -> Option<&Version<H>> {
        self.versions.get(id).map(AsRef::as_ref)
    }

    /// The version that was created last; `None` if there is no version.
    pub fn latest(&self) -> Option<&Version<H>> {
        let (_, version) = self.versions.get_index(self.latest?)?;
        Some(version)
    }

    /// Adds a version, which becomes the latest, unless its id is taken.
    pub(super) fn add(&mut self, version: Version<H>) -> Result<(), ImportError> {
        if self.versions.contains_key(&version.id) {
            return Err(ImportError::DuplicateId(version.id));
        }
        self.latest = Some(self.versions.len());
        let id = Arc::clone(&version.id);
        self.versions.insert(id, Arc::new(version));
        Ok(())
    }

    /// Makes an earlier version the latest; `false` if it does not exist.
    pub(super) fn set_latest(&mut self, id: &str) -> bool {
        let index = self.versions.get_index_of(id);
        self.latest = index.or(self.latest);
        index.is_some()
    }
}
