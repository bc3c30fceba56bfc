//! Pairs the items of two contents by id.

use std::collections::{HashMap, VecDeque};

use crate::domain::content::Item;

/// The indices of the items of two contents, paired by id.
pub(super) struct Pairs {
    /// Old and new index of each common item, in the new order.
    pub(super) both: Vec<(usize, usize)>,
    /// New indices of the items that only the new content has.
    pub(super) added: Vec<usize>,
    /// Old indices of the items that only the old content has.
    pub(super) removed: Vec<usize>,
}

impl Pairs {
    pub(super) fn between<T: Item>(old: &[T], new: &[T]) -> Self {
        let mut indices: HashMap<&str, VecDeque<usize>> = HashMap::with_capacity(old.len());
        for (index, item) in old.iter().enumerate() {
            indices.entry(item.id()).or_default().push_back(index);
        }
        let mut both = Vec::with_capacity(new.len());
        let mut added = Vec::new();
        for (new_index, item) in new.iter().enumerate() {
            match indices.get_mut(item.id()).and_then(VecDeque::pop_front) {
                Some(old_index) => both.push((old_index, new_index)),
                None => added.push(new_index),
            }
        }
        let mut removed: Vec<usize> = indices.into_values().flatten().collect();
        removed.sort_unstable();
        Self {
            both,
            added,
            removed,
        }
    }

    /// The old indices in their new order; `None` if the order is unchanged.
    pub(super) fn order(&self) -> Option<Vec<usize>> {
        let order = || self.both.iter().map(|(old, _)| *old);
        (!order().is_sorted()).then(|| order().collect())
    }
}
