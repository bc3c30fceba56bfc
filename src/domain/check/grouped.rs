//! Grouping of values by key in one pass.

use std::collections::hash_map::{Entry, HashMap};
use std::collections::hash_set::HashSet;
use std::hash::Hash;

use foldhash::fast::RandomState;

/// The standard map with a hasher that is faster on short texts.
pub(super) type FastMap<K, V> = HashMap<K, V, RandomState>;

/// The standard set with the same hasher.
pub(super) type FastSet<K> = HashSet<K, RandomState>;

/// The values of each key, in the order in which the keys first appear.
pub(super) fn grouped<K, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Vec<(K, Vec<V>)>
where
    K: Hash + Eq + Clone,
{
    let mut groups: Vec<(K, Vec<V>)> = Vec::new();
    let mut places: FastMap<K, usize> = FastMap::default();
    for (key, value) in pairs {
        match places.entry(key) {
            Entry::Vacant(place) => {
                groups.push((place.key().clone(), vec![value]));
                place.insert(groups.len() - 1);
            }
            Entry::Occupied(place) => {
                if let Some((_, values)) = groups.get_mut(*place.get()) {
                    values.push(value);
                }
            }
        }
    }
    groups
}

/// The keys that appear more than once, with all their values.
///
/// Most often no key repeats. So only a key that is known to repeat gets a list.
pub(super) fn repeated<K, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Vec<(K, Vec<V>)>
where
    K: Hash + Eq + Clone,
{
    let pairs: Vec<(K, V)> = pairs.into_iter().collect();
    let mut seen: FastSet<&K> =
        FastSet::with_capacity_and_hasher(pairs.len(), RandomState::default());
    let keys = pairs.iter().map(|(key, _)| key);
    let again: FastSet<K> = keys.filter(|key| !seen.insert(key)).cloned().collect();
    if again.is_empty() {
        return Vec::new();
    }
    let repeated = pairs.into_iter().filter(|(key, _)| again.contains(key));
    grouped(repeated)
}

/// The maximum number of names in one sentence.
const MAX_LISTED: usize = 3;

/// `a`, `a and b`, `a, b, c and 4 more`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= MAX_LISTED => {
            format!("{} and {last}", first.join(", "))
        }
        _ => {
            let shown: Vec<&str> = names.iter().take(MAX_LISTED).map(String::as_str).collect();
            format!("{} and {} more", shown.join(", "), names.len() - MAX_LISTED)
        }
    }
}
