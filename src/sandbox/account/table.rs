//! Groups, or definitions of one kind, by id.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::import::ImportError;
use super::versioned::Versioned;

/// Entries in order of their ids, as the service lists them (AWS CLI examples of `list-groups`,
/// `list-core-definitions`).
///
/// A clone is cheap, because unchanged entries are shared.
#[derive(Debug, Clone)]
pub struct Table<H>(BTreeMap<Arc<str>, Arc<Versioned<H>>>);

impl<H> Default for Table<H> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<H> Table<H> {
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Versioned<H>> + ExactSizeIterator {
        self.0.values().map(AsRef::as_ref)
    }

    pub fn get(&self, id: &str) -> Option<&Versioned<H>> {
        self.0.get(id).map(AsRef::as_ref)
    }

    /// The entries from this id on. The entry itself may have been deleted in the meantime.
    pub(in crate::sandbox) fn starting_at<'a>(
        &'a self,
        id: &str,
    ) -> impl Iterator<Item = &'a Versioned<H>> + use<'a, H> {
        let range = (Bound::Included(id), Bound::Unbounded);
        self.0
            .range::<str, _>(range)
            .map(|(_, entry)| entry.as_ref())
    }

    /// Adds an entry unless its id is taken.
    pub(super) fn add(&mut self, entry: Versioned<H>) -> Result<(), ImportError> {
        let id = Arc::clone(&entry.metadata().id);
        if self.0.contains_key(&id) {
            return Err(ImportError::DuplicateId(id));
        }
        self.0.insert(id, Arc::new(entry));
        Ok(())
    }

    pub(super) fn remove(&mut self, id: &str) -> bool {
        self.0.remove(id).is_some()
    }
}

impl<H: Clone> Table<H> {
    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut Versioned<H>> {
        self.0.get_mut(id).map(Arc::make_mut)
    }
}
