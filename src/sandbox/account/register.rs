//! An ordered list that is found by id and keeps its places when something is deleted.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::lineage::Lineage;

/// Groups, or definitions of one kind, in the order in which they were created.
///
/// A copy is cheap: what is not changed afterwards is shared.
#[derive(Debug, Clone)]
pub struct Register<H> {
    entries: BTreeMap<u64, Arc<Lineage<H>>>,
    places: HashMap<Arc<str>, u64>,
    /// The place of the next entry; places are never given twice, so a page token stays good.
    next: u64,
}

impl<H> Default for Register<H> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            places: HashMap::new(),
            next: 0,
        }
    }
}

impl<H> Register<H> {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every entry in the order of creation.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Lineage<H>> + ExactSizeIterator {
        self.entries.values().map(AsRef::as_ref)
    }

    pub fn get(&self, id: &str) -> Option<&Lineage<H>> {
        self.places
            .get(id)
            .and_then(|place| self.entries.get(place))
            .map(AsRef::as_ref)
    }

    /// The entries at `place` and after it, each with its place.
    pub(in crate::sandbox) fn starting_at(
        &self,
        place: u64,
    ) -> impl Iterator<Item = (u64, &Lineage<H>)> {
        self.entries
            .range(place..)
            .map(|(place, entry)| (*place, entry.as_ref()))
    }

    /// Adds an entry at the end; `false` where its id is taken.
    pub(super) fn add(&mut self, lineage: Lineage<H>) -> bool {
        let id = Arc::clone(&lineage.heading().id);
        if self.places.contains_key(&id) {
            return false;
        }
        self.places.insert(id, self.next);
        self.entries.insert(self.next, Arc::new(lineage));
        self.next += 1;
        true
    }

    pub(super) fn remove(&mut self, id: &str) -> bool {
        self.places
            .remove(id)
            .is_some_and(|place| self.entries.remove(&place).is_some())
    }
}

impl<H: Clone> Register<H> {
    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut Lineage<H>> {
        let place = self.places.get(id)?;
        self.entries.get_mut(place).map(Arc::make_mut)
    }
}
