//! Things that share a key, brought together in one pass.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// The values of each key, in the order in which the keys first appear.
pub(super) fn grouped<K, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Vec<(K, Vec<V>)>
where
    K: Hash + Eq + Clone,
{
    let mut groups: Vec<(K, Vec<V>)> = Vec::new();
    let mut places: HashMap<K, usize> = HashMap::new();
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
pub(super) fn repeated<K, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Vec<(K, Vec<V>)>
where
    K: Hash + Eq + Clone,
{
    let mut groups = grouped(pairs);
    groups.retain(|(_, values)| values.len() > 1);
    groups
}

/// `1 function`, `3 functions`.
pub(super) fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    }
}

/// A sentence holds no more names than this.
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
