//! Insertion into sorted lists of row numbers.

use std::cmp::Ordering;

/// Inserts `added` into `sorted`.
pub(crate) fn insert_sorted(
    sorted: &mut Vec<u32>,
    mut added: Vec<u32>,
    compare: impl Fn(u32, u32) -> Ordering,
) {
    added.sort_unstable_by(|one, other| compare(*one, *other));
    let mut end = sorted.len();
    let mut free = end + added.len();
    sorted.resize(free, 0);
    for number in added.into_iter().rev() {
        let before = sorted.get(..end).unwrap_or_default();
        let place = before.partition_point(|other| compare(*other, number) == Ordering::Less);
        let moved = end - place;
        sorted.copy_within(place..end, free - moved);
        free -= moved + 1;
        end = place;
        if let Some(slot) = sorted.get_mut(free) {
            *slot = number;
        }
    }
}
