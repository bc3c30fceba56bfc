//! Which item of one content is which item of the other.

use std::collections::{HashMap, VecDeque};

use crate::domain::content::Item;

/// The places of items in two contents, told by their ids.
pub(super) struct Pairs {
    /// Old and new place of the items that both have, in their new order.
    pub(super) both: Vec<(usize, usize)>,
    /// New places of the items that only the new content has.
    pub(super) added: Vec<usize>,
    /// Old places of the items that only the old content has.
    pub(super) removed: Vec<usize>,
}

impl Pairs {
    pub(super) fn between<T: Item>(old: &[T], new: &[T]) -> Self {
        let mut places: HashMap<&str, VecDeque<usize>> = HashMap::with_capacity(old.len());
        for (place, item) in old.iter().enumerate() {
            places.entry(item.id()).or_default().push_back(place);
        }
        let mut both = Vec::with_capacity(new.len());
        let mut added = Vec::new();
        for (new_place, item) in new.iter().enumerate() {
            match places.get_mut(item.id()).and_then(VecDeque::pop_front) {
                Some(old_place) => both.push((old_place, new_place)),
                None => added.push(new_place),
            }
        }
        let mut removed: Vec<usize> = places.into_values().flatten().collect();
        removed.sort_unstable();
        Self {
            both,
            added,
            removed,
        }
    }

    /// The old places in their new order, when that is another order.
    pub(super) fn order(&self) -> Option<Vec<usize>> {
        let order = || self.both.iter().map(|(old, _)| *old);
        (!order().is_sorted()).then(|| order().collect())
    }
}
