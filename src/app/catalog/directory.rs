//! A list of the account, with the items that were read one by one.

use std::collections::HashMap;
use std::hash::Hash;

use crate::app::event::Answered;
use crate::app::remote::{Listing, Remote};
use crate::domain::{Page, PageToken};

/// The groups, or the definitions of one kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Directory<Id: Eq + Hash, T> {
    pub(super) list: Listing<T>,
    places: HashMap<Id, usize>,
    /// Items in no page of the list.
    pub(super) unlisted: HashMap<Id, T>,
    /// The state of the last read of an item by itself; its result is in [`Self::get`].
    pub(super) readings: HashMap<Id, Remote<()>>,
}

impl<Id: Eq + Hash, T> Default for Directory<Id, T> {
    fn default() -> Self {
        Self {
            list: Listing::default(),
            places: HashMap::new(),
            unlisted: HashMap::new(),
            readings: HashMap::new(),
        }
    }
}

impl<Id: Clone + Eq + Hash, T> Directory<Id, T> {
    pub(super) fn get(&self, id: &Id) -> Option<&T> {
        let place = self.places.get(id);
        let listed = place.and_then(|&place| self.list.items().get(place));
        listed.or_else(|| self.unlisted.get(id))
    }

    pub(super) fn listed_mut(&mut self, id: &Id) -> Option<&mut T> {
        let place = *self.places.get(id)?;
        self.list.items_mut().get_mut(place)
    }

    pub(super) fn reading(&self, id: &Id) -> &Remote<()> {
        self.readings.get(id).unwrap_or(&Remote::Unasked)
    }

    /// Stores a page of the list, without the items of earlier pages.
    pub(super) fn take_page(
        &mut self,
        operation: &str,
        token: Option<&PageToken>,
        answer: Answered<Page<T>>,
        id: fn(&T) -> &Id,
    ) {
        let answer = answer.map(|mut page| {
            let is_new = |item: &T| !self.places.contains_key(id(item));
            page.items.retain(is_new);
            page
        });
        let first = self.list.items().len();
        self.list.take(operation, token, answer);
        for (place, item) in self.list.items().iter().enumerate().skip(first) {
            self.places.insert(id(item).clone(), place);
            self.unlisted.remove(id(item));
        }
    }

    /// Stores an item read by itself. It is newer than the list, so it replaces the list's item.
    pub(super) fn take(&mut self, id: Id, answer: Answered<T>) {
        let reading = answer.map(|item| match self.listed_mut(&id) {
            Some(listed) => *listed = item,
            None => drop(self.unlisted.insert(id.clone(), item)),
        });
        self.readings.insert(id, reading.into());
    }
}
